package dev.symphony.kube.internal.remote;

import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.Problems;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** This machine's side of a copy. */
final class LocalFiles {
  private LocalFiles() {}

  /** A name beside a target that nobody else has, for what is not complete yet. */
  static Path beside(Path target) {
    return target.resolveSibling("." + target.getFileName() + ".symphony-" + unique());
  }

  static String unique() {
    return Long.toString(ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE, 36);
  }

  // ---- as a source

  /** The entries of a folder with the files they are made of, folders before what is in them. */
  static Map<TarEntry, Path> entries(Path folder) throws IOException {
    Map<TarEntry, Path> entries = new LinkedHashMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            Path name = folder.relativize(path);
            String text = name.toString().isEmpty() ? "./" : "./" + name + "/";
            entries.put(entry(text, TarEntry.FOLDER, path, attributes, 0, null), path);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            String name = "./" + folder.relativize(path);
            if (attributes.isSymbolicLink()) {
              String target = Files.readSymbolicLink(path).toString();
              entries.put(entry(name, TarEntry.LINK, path, attributes, 0, target), path);
            } else if (attributes.isRegularFile()) {
              entries.put(
                  entry(name, TarEntry.FILE, path, attributes, attributes.size(), null), path);
            } else {
              throw new SymphonyException(path + " is neither a file nor a folder");
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return entries;
  }

  private static TarEntry entry(
      String name,
      char type,
      Path path,
      BasicFileAttributes attributes,
      long size,
      @Nullable String target)
      throws IOException {
    long modified = attributes.lastModifiedTime().toMillis() / 1000;
    int mode = type == TarEntry.LINK ? 0777 : mode(path);
    return new TarEntry(name, type, mode, modified, size, target);
  }

  static int mode(Path path) throws IOException {
    String letters = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    int mode = 0;
    for (int i = 0; i < letters.length(); i++) {
      mode = mode << 1 | (letters.charAt(i) == '-' ? 0 : 1);
    }
    return mode;
  }

  // ---- as a target

  /** Sets permissions and the time where they are known. */
  static void dress(Path path, int mode, long modified) throws IOException {
    if (mode >= 0) {
      StringBuilder letters = new StringBuilder("rwxrwxrwx");
      for (int i = 0; i < 9; i++) {
        if ((mode & 0400 >> i) == 0) {
          letters.setCharAt(i, '-');
        }
      }
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(letters.toString()));
    }
    if (modified >= 0) {
      Files.setLastModifiedTime(path, FileTime.fromMillis(modified * 1000));
    }
  }

  /**
   * Unpacks an archive below a new folder, and nowhere else whatever it says.
   *
   * @return the checksums of its files by their names
   */
  static Map<String, Checksum> unpack(TarReader tar, Path folder) throws IOException {
    Map<String, Checksum> files = new LinkedHashMap<>();
    Map<Path, TarEntry> folders = new LinkedHashMap<>();
    Files.createDirectory(folder);
    for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
      Path path = within(folder, entry.name());
      switch (entry.type()) {
        case TarEntry.FOLDER -> {
          Files.createDirectories(path);
          folders.put(path, entry);
        }
        case TarEntry.FILE -> {
          files.put("./" + folder.relativize(path), write(tar, path));
          dress(path, entry.mode(), entry.modified());
        }
        case TarEntry.LINK -> Files.createSymbolicLink(path, Path.of(target(entry)));
        case TarEntry.HARD_LINK ->
            Files.copy(within(folder, target(entry)), path, StandardCopyOption.COPY_ATTRIBUTES);
        default -> {
          // A device or a pipe, of which nothing can be copied.
        }
      }
    }
    List<Map.Entry<Path, TarEntry>> reversed = new ArrayList<>(folders.entrySet());
    for (int i = reversed.size() - 1; i >= 0; i--) {
      TarEntry entry = reversed.get(i).getValue();
      dress(reversed.get(i).getKey(), entry.mode() | 0700, entry.modified());
    }
    return files;
  }

  private static String target(TarEntry entry) {
    String target = entry.target();
    return target == null ? "" : target;
  }

  /** A link that the archive made must not lead what follows it elsewhere. */
  private static Path within(Path folder, String name) throws IOException {
    Path path = folder.resolve(name).normalize();
    if (name.startsWith("/") || !path.startsWith(folder)) {
      throw new IOException("the archive names " + name + ", which is outside of it");
    }
    for (Path parent = path.getParent();
        parent != null && !parent.equals(folder) && parent.startsWith(folder);
        parent = parent.getParent()) {
      if (Files.isSymbolicLink(parent)) {
        throw new IOException("the archive names " + name + ", which is behind a link");
      }
    }
    return path;
  }

  private static Checksum write(TarReader tar, Path file) throws IOException {
    Checksum checksum = new Checksum();
    byte[] buffer = new byte[64 * 1024];
    try (OutputStream out = new FileOutputStream(file.toFile())) {
      for (int count = tar.content(buffer); count >= 0; count = tar.content(buffer)) {
        out.write(buffer, 0, count);
        checksum.update(buffer, 0, count);
      }
    }
    return checksum;
  }

  /** Moves what is complete to where it belongs; into a folder that is there, file by file. */
  static void place(Path complete, Path target) throws IOException {
    if (!Files.isDirectory(complete, LinkOption.NOFOLLOW_LINKS) || !Files.isDirectory(target)) {
      Files.move(
          complete, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    Files.walkFileTree(
        complete,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(target.resolve(complete.relativize(path).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.move(
                path,
                target.resolve(complete.relativize(path).toString()),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Removes a file or folder, if it is there. */
  static void remove(Path root) {
    try {
      if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
                throws IOException {
              Files.delete(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new SymphonyException("cannot remove " + root + ": " + Problems.reason(e), e);
    }
  }
}
