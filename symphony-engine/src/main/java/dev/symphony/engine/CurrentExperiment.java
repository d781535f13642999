package dev.symphony.engine;

import dev.symphony.engine.internal.data.AtomicFile;
import dev.symphony.engine.internal.data.FileProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers which experiment is meant where none is named, for each cluster and program. */
final class CurrentExperiment {
  private final Path folder;
  private volatile String program = "symphony";

  CurrentExperiment(Path stateDirectory) {
    this.folder = stateDirectory.resolve("current");
  }

  void program(String name) {
    program = name;
  }

  void set(String cluster, String experiment) {
    AtomicFile.createDirectories(folder);
    AtomicFile.write(file(cluster), experiment.getBytes(StandardCharsets.UTF_8));
  }

  void forget(String cluster, String experiment) {
    if (experiment.equals(read(cluster))) {
      try {
        Files.deleteIfExists(file(cluster));
      } catch (IOException e) {
        throw new SymphonyException(
            "cannot remove " + file(cluster) + ": " + FileProblem.reason(e), e);
      }
    }
  }

  String get(String cluster, List<String> all) {
    String set = chosen(cluster, all);
    if (set != null) {
      return set;
    }
    if (all.size() == 1) {
      return all.get(0);
    }
    if (all.isEmpty()) {
      throw new NotFoundException("there is no experiment; launch one first");
    }
    throw new UsageException(
        "there are several experiments; name one, or choose with 'switch-experiment': "
            + String.join(", ", all));
  }

  @Nullable String chosen(String cluster, List<String> all) {
    String set = read(cluster);
    return set != null && all.contains(set) ? set : null;
  }

  private @Nullable String read(String cluster) {
    try {
      return Files.readString(file(cluster), StandardCharsets.UTF_8).strip();
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new SymphonyException("cannot read " + file(cluster) + ": " + FileProblem.reason(e), e);
    }
  }

  private Path file(String cluster) {
    return folder.resolve(cluster + "@" + fileName(program));
  }

  private static String fileName(String program) {
    StringBuilder name = new StringBuilder(program.length());
    for (int i = 0; i < program.length(); i++) {
      char c = program.charAt(i);
      name.append(c == '/' || c < ' ' ? '_' : c);
    }
    return name.toString();
  }
}
