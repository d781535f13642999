package dev.symphony.engine.promises;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the kernel says of processes, read without any of the code that is tested. */
public final class Pids {
  private static final Path PROC = Path.of("/proc");

  private Pids() {}

  /** The pid that a script wrote to a file, once it has. */
  public static long from(Path file) throws Exception {
    Eventually.that("a pid in " + file, () -> text(file).endsWith("\n"));
    return Long.parseLong(text(file).strip());
  }

  /** Whether a process runs; one that has ended and was not collected does not. */
  public static boolean alive(long pid) {
    String stat = text(PROC.resolve(pid + "/stat"));
    int name = stat.lastIndexOf(')');
    return name > 0 && stat.charAt(name + 2) != 'Z' && stat.charAt(name + 2) != 'X';
  }

  /** The pids of all that run and have a text in their arguments or their environment. */
  public static List<Long> mentioning(String text) {
    List<Long> found = new ArrayList<>();
    long self = ProcessHandle.current().pid();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        long pid = Long.parseLong(entry.getFileName().toString());
        boolean mentions =
            text(entry.resolve("cmdline")).contains(text)
                || text(entry.resolve("environ")).contains(text);
        if (mentions && pid != self && alive(pid)) {
          found.add(pid);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return found;
  }

  /** What is said of a process in {@code /proc/PID/status}, such as {@code SigIgn}. */
  public static String status(long pid, String field) {
    for (String line : text(PROC.resolve(pid + "/status")).split("\n")) {
      if (line.startsWith(field + ":")) {
        return line.substring(field.length() + 1).strip();
      }
    }
    return "";
  }

  /** Sends SIGKILL. */
  public static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** The text of a file, empty where there is none. */
  public static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException none) {
      return "";
    }
  }
}
