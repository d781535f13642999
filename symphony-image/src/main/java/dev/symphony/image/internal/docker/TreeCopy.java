package dev.symphony.image.internal.docker;

import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.Problems;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Makes a copy equal to a file or folder, less what its {@code .dockerignore} excludes, and touches
 * only what differs: in kind, size, time of change or permissions. Links are copied as links.
 */
final class TreeCopy {
  private final Path source;
  private final Path target;
  private final Path omitted;
  private final Dockerignore ignored;

  private int copied;
  private int unchanged;
  private int removed;

  /**
   * What was done.
   *
   * @param copied files and links that were new or had changed
   * @param unchanged files and links that were as in the source
   * @param removed files and links that the source has no more
   */
  record Result(int copied, int unchanged, int removed) {}

  private TreeCopy(Path source, Path target, Path omitted) {
    this.source = source;
    this.target = target;
    this.omitted = omitted;
    this.ignored = Dockerignore.of(source);
  }

  /**
   * Copies.
   *
   * @param source a file or folder; a link stands for what it leads to
   * @param target in a folder that exists
   * @param omitted a folder that is passed over where the source holds it, without links
   */
  static Result copy(ContextSource source, Path target, Path omitted) {
    try {
      TreeCopy copy = new TreeCopy(source.path().toRealPath(), target, omitted);
      if (!copy.update("")) {
        throw new SymphonyException(
            problem(source, source.path(), "it is neither file nor folder"));
      }
      return new Result(copy.copied, copy.unchanged, copy.removed);
    } catch (NoSuchFileException e) {
      throw new NotFoundException(problem(source, Path.of(e.getFile()), Problems.reason(e)));
    } catch (IOException e) {
      String file = e instanceof FileSystemException f ? f.getFile() : null;
      Path where = file == null ? source.path() : Path.of(file);
      throw new SymphonyException(problem(source, where, Problems.reason(e)), e);
    }
  }

  private static String problem(ContextSource source, Path file, String reason) {
    return "context " + source.name() + ": cannot copy " + file + ": " + reason;
  }

  /** Brings a file or folder up to date; false where it does not belong to the copy. */
  private boolean update(String path) throws IOException {
    Path from = path.isEmpty() ? source : source.resolve(path);
    Path to = path.isEmpty() ? target : target.resolve(path);
    boolean excluded = !path.isEmpty() && ignored.excludes(path);
    PosixFileAttributes attributes = attributes(from);
    if (attributes.isDirectory()) {
      return !from.equals(omitted)
          && (!excluded || ignored.hasExceptions())
          && updateFolder(path, from, to, attributes, excluded);
    }
    if (excluded || attributes.isOther()) {
      return false;
    }
    if (attributes.isSymbolicLink() ? isSameLink(from, to) : isSameFile(attributes, to)) {
      unchanged++;
    } else {
      replace(from, to);
    }
    return true;
  }

  private boolean updateFolder(
      String path, Path from, Path to, PosixFileAttributes attributes, boolean excluded)
      throws IOException {
    Trees.makeFolder(to, attributes.permissions());
    Set<String> kept = new HashSet<>();
    for (Path child : Trees.children(from)) {
      String name = child.getFileName().toString();
      if (update(path.isEmpty() ? name : path + "/" + name)) {
        kept.add(name);
      }
    }
    for (Path child : Trees.children(to)) {
      if (!kept.contains(child.getFileName().toString())) {
        removed += Trees.delete(child);
      }
    }
    return !excluded || !kept.isEmpty();
  }

  private void replace(Path from, Path to) throws IOException {
    if (Trees.isFolder(to)) {
      removed += Trees.delete(to);
    }
    Files.copy(
        from,
        to,
        LinkOption.NOFOLLOW_LINKS,
        StandardCopyOption.COPY_ATTRIBUTES,
        StandardCopyOption.REPLACE_EXISTING);
    copied++;
  }

  private static boolean isSameLink(Path from, Path to) throws IOException {
    return Files.isSymbolicLink(to)
        && Files.readSymbolicLink(from).equals(Files.readSymbolicLink(to));
  }

  private static boolean isSameFile(PosixFileAttributes wanted, Path to) throws IOException {
    PosixFileAttributes found = Trees.exists(to) ? attributes(to) : null;
    return found != null
        && found.isRegularFile()
        && found.size() == wanted.size()
        && microseconds(found) == microseconds(wanted)
        && found.permissions().equals(wanted.permissions());
  }

  /** Not every file system keeps more. */
  private static long microseconds(PosixFileAttributes file) {
    return file.lastModifiedTime().to(TimeUnit.MICROSECONDS);
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
