package dev.symphony.tmux;

import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Where a tmux server listens.
 *
 * @param path the absolute path of the socket
 */
record TmuxSocket(Path path) {
  /** What fits into the kernel's address of a socket, its final zero byte aside. */
  private static final int MAX_BYTES = 107;

  TmuxSocket {
    int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (!path.isAbsolute()) {
      throw new UsageException("the socket of the tmux server must be an absolute path: " + path);
    }
    if (bytes > MAX_BYTES) {
      throw new UsageException(
          "the path of the tmux server's socket has "
              + bytes
              + " bytes, the system takes at most "
              + MAX_BYTES
              + ": "
              + path
              + "; choose a shorter one, or a server name instead of a path");
    }
  }

  /**
   * The socket that {@code tmux -L NAME} uses.
   *
   * @param name the server's name
   * @param environment where TMUX_TMPDIR is looked up
   */
  static TmuxSocket named(String name, Map<String, String> environment) {
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.startsWith(".")) {
      throw new UsageException("not a name of a tmux server: \"" + name + "\"");
    }
    if (name.equals("default")) {
      throw new UsageException(
          "the tmux server \"default\" is the user's own; choose another name, "
              + TmuxServer.USUAL_NAME
              + " is the usual one");
    }
    Path base = Path.of("/tmp");
    String chosen = environment.getOrDefault("TMUX_TMPDIR", "");
    if (!chosen.isEmpty() && Files.isDirectory(Path.of(chosen))) {
      base = Path.of(chosen).toAbsolutePath();
    }
    return new TmuxSocket(base.resolve("tmux-" + userId()).resolve(name));
  }

  private static long userId() {
    try {
      Path own = Path.of("/proc/self");
      if (Files.exists(own)) {
        return ((Number) Files.getAttribute(own, "unix:uid")).longValue();
      }
      Process process = new ProcessBuilder("id", "-u").start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Long.parseLong(said.strip());
    } catch (IOException | NumberFormatException e) {
      throw new SymphonyException("the user's number cannot be found out: " + e.getMessage(), e);
    }
  }

  /** The directory of the socket. */
  Path directory() {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  /** Makes the socket's directory, for the user alone; refuses one that others can write to. */
  void prepareDirectory() {
    Path directory = directory();
    try {
      try {
        Files.createDirectory(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (FileAlreadyExistsException e) {
        // As it should be after the first time.
      }
      PosixFileAttributes found =
          Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!found.isDirectory()) {
        throw new SymphonyException(directory + " is not a directory: remove it, please");
      }
      if (found.permissions().contains(PosixFilePermission.OTHERS_WRITE)
          || found.permissions().contains(PosixFilePermission.GROUP_WRITE)) {
        throw new SymphonyException(
            "others may write to "
                + directory
                + ", which is to hold the tmux server's socket: chmod 700 it, or choose another");
      }
    } catch (NoSuchFileException e) {
      throw new SymphonyException(
          "there is no directory " + directory.getParent() + " for the tmux server's socket", e);
    } catch (IOException e) {
      throw new SymphonyException(
          "the directory of the tmux server's socket cannot be made: " + e.getMessage(), e);
    }
  }

  /** The file that programs lock while they look whether a server must be started. */
  Path lockFile() {
    return directory().resolve("." + path.getFileName() + ".symphony-lock");
  }

  /** Whether the value of the variable TMUX is that of a pane of this server. */
  boolean isNamedBy(String tmuxVariable) {
    int comma = tmuxVariable.indexOf(',');
    String other = comma < 0 ? tmuxVariable : tmuxVariable.substring(0, comma);
    if (other.isEmpty()) {
      return false;
    }
    Path otherPath = Path.of(other);
    if (otherPath.equals(path)) {
      return true;
    }
    try {
      return Files.isSameFile(otherPath, path);
    } catch (IOException e) {
      return false;
    }
  }
}
