package dev.symphony.tmux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds the tmux server that listens on a socket by asking the kernel: also when the socket's file
 * is gone or the server answers nobody.
 */
final class ListeningProcess {
  private ListeningProcess() {}

  /** The server's process id, or -1 where there is none or the system does not tell. */
  static long find(Path socket) {
    Set<String> descriptors = new HashSet<>();
    try {
      for (String line : Files.readAllLines(Path.of("/proc/net/unix"), StandardCharsets.UTF_8)) {
        // Num RefCount Protocol Flags Type St Inode Path; this flag is that of a listener.
        if (line.endsWith(" " + socket)) {
          String[] fields = line.split(" +", 8);
          if (fields.length == 8
              && fields[3].equals("00010000")
              && fields[7].equals(socket.toString())) {
            descriptors.add("socket:[" + fields[6] + "]");
          }
        }
      }
      if (descriptors.isEmpty()) {
        return -1;
      }
      try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
        for (Path process : processes) {
          if (isTmux(process) && holds(process, descriptors)) {
            return Long.parseLong(process.getFileName().toString());
          }
        }
      }
    } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
      // Not Linux, or /proc is closed to us: then nobody knows.
      return -1;
    }
    return -1;
  }

  private static boolean isTmux(Path process) {
    try {
      return Files.readString(process.resolve("comm")).startsWith("tmux");
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean holds(Path process, Set<String> descriptors) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : open) {
        if (descriptors.contains(destination(descriptor))) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Another user's, or it has just ended.
      return false;
    }
    return false;
  }

  /** Where a descriptor leads to; empty for one that was closed this moment, as servers do. */
  private static String destination(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException closed) {
      return "";
    }
  }

  /** Whether a signal has stopped a process, which then does nothing until SIGCONT. */
  static boolean isStopped(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/status")).contains("\nState:\tT");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * How many more descriptors a process may open.
   *
   * @return {@link Long#MAX_VALUE} where the system does not tell
   */
  static long freeDescriptors(long pid) {
    Path process = Path.of("/proc/" + pid);
    try {
      long limit = Long.MAX_VALUE;
      for (String line : Files.readAllLines(process.resolve("limits"))) {
        if (line.startsWith("Max open files")) {
          String limits = line.substring(14).strip();
          String soft = limits.substring(0, limits.indexOf(' '));
          limit = soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
        }
      }
      String[] open = process.resolve("fd").toFile().list();
      return open == null ? Long.MAX_VALUE : limit - open.length;
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }
}
