package dev.symphony.image.internal.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What is done to folders without ever following a link. */
final class Trees {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private Trees() {}

  /** What a folder holds, in order; nothing where there is no folder. */
  static List<Path> children(Path folder) throws IOException {
    if (!isFolder(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }

  static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Deletes a file, a link or a folder with all that it holds, and counts the files and links. */
  static int delete(Path path) throws IOException {
    if (!isFolder(path)) {
      return Files.deleteIfExists(path) ? 1 : 0;
    }
    int deleted = 0;
    for (Path child : children(path)) {
      deleted += delete(child);
    }
    Files.delete(path);
    return deleted;
  }

  /** Makes a folder, in place of whatever else has its name, that its owner may write to. */
  static void makeFolder(Path folder, Set<PosixFilePermission> wanted) throws IOException {
    if (!isFolder(folder)) {
      delete(folder);
      Files.createDirectory(folder);
    }
    Set<PosixFilePermission> permissions = EnumSet.copyOf(OWNER);
    permissions.addAll(wanted);
    if (!Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).equals(permissions)) {
      Files.setPosixFilePermissions(folder, permissions);
    }
  }
}
