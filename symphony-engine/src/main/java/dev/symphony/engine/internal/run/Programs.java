package dev.symphony.engine.internal.run;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds programs as a shell does. */
final class Programs {
  private Programs() {}

  /** The search path of an environment, or what a login has. */
  static String path(Map<String, String> environment) {
    return environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
  }

  /** The first program of that name on the path; null where there is none. */
  static @Nullable Path find(String name, Map<String, String> environment) {
    String path = path(environment);
    int from = 0;
    while (from <= path.length()) {
      int end = path.indexOf(File.pathSeparatorChar, from);
      end = end < 0 ? path.length() : end;
      if (end > from && path.charAt(from) == '/') {
        Path program = Path.of(path.substring(from, end), name);
        if (Files.isExecutable(program) && !Files.isDirectory(program)) {
          return program;
        }
      }
      from = end + 1;
    }
    return null;
  }
}
