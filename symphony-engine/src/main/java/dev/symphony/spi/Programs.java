package dev.symphony.spi;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds programs as a shell does. */
public final class Programs {
  private Programs() {}

  /** Why a program could not be started, in one line: newer Java runtimes add a page of advice. */
  public static String reason(IOException e) {
    String all = String.valueOf(e.getMessage());
    int end = all.indexOf('\n');
    return (end < 0 ? all : all.substring(0, end)).strip();
  }

  /** The search path of an environment, or what a login has. */
  public static String path(Map<String, String> environment) {
    return environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
  }

  /**
   * The first program of that name on the path; null where there is none. Empty and relative
   * entries are passed over: they would depend on the directory that the user happens to be in.
   */
  public static @Nullable Path find(String name, Map<String, String> environment) {
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
