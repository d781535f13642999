package dev.symphony.engine.internal.run;

import dev.symphony.engine.AlreadyExistsException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The experiments of one cluster on disk, a directory each. */
final class RunStore {
  private static final int CLAIMS = 5;

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

  /**
   * Gives a prepared directory its name, which claims it: of several launches one succeeds.
   *
   * @throws AlreadyExistsException where the name is taken
   */
  void claim(Path prepared, String experiment) {
    Path target = folder.resolve(experiment);
    for (int attempt = 1; ; attempt++) {
      try {
        Files.move(prepared, target, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
        throw taken(experiment);
      } catch (FileSystemException e) {
        if (Files.exists(target)) {
          throw taken(experiment);
        }
        // Who had the name may just have given it back, as after a launch that failed.
        if (attempt == CLAIMS) {
          throw RunDirectory.failure("create", target, e);
        }
      } catch (IOException e) {
        throw RunDirectory.failure("create", target, e);
      }
    }
  }

  private static AlreadyExistsException taken(String experiment) {
    return new AlreadyExistsException(
        "experiment "
            + experiment
            + " exists already; delete it first, choose another name, or replace it with --force");
  }
}
