package dev.symphony.engine.internal.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The experiments of one cluster on disk, a directory each. */
final class RunStore {
  private final Path folder;

  RunStore(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  RunDirectory directory(String experiment) {
    return new RunDirectory(folder.resolve(experiment));
  }

  /** The directory of an experiment, or null where there is none. */
  @Nullable RunDirectory find(String experiment) {
    RunDirectory directory = directory(experiment);
    return Files.exists(directory.file("index")) ? directory : null;
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (name.charAt(0) != '.') {
          names.add(name);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return names;
    } catch (IOException e) {
      throw RunDirectory.failure("list", folder, e);
    }
    return names;
  }
}
