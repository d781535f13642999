package dev.symphony.engine.internal.data;

import dev.symphony.engine.SymphonyException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes a file whole or not at all, so that a reader sees the old content or the new one, whatever
 * kills the writer and whenever.
 */
public final class AtomicFile {
  private static final String TEMPORARY = ".tmp";
  private static final AtomicInteger COUNTER = new AtomicInteger();

  private static final Set<PosixFilePermission> OWNER_FILE =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final Set<PosixFilePermission> OWNER_DIRECTORY =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private AtomicFile() {}

  /**
   * Makes {@code file} hold exactly {@code bytes}, readable by its owner alone (0600), and returns
   * when the disk has them.
   *
   * <p>What is written lies beside the file under another name (see {@link #isTemporary}) until it
   * is complete; only a writer that is killed leaves it behind.
   *
   * @throws SymphonyException when it cannot be written: no space, no permission, no directory; the
   *     file is then as it was
   */
  public static void write(Path file, byte[] bytes) {
    Path target = file.toAbsolutePath();
    Path directory = target.getParent();
    Path name = target.getFileName();
    if (directory == null || name == null) {
      throw new SymphonyException("cannot write " + file + ": it is a directory");
    }
    try {
      Path temporary = createBeside(directory, name.toString());
      try {
        fill(temporary, bytes);
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException | RuntimeException | Error e) {
        deleteQuietly(temporary, e);
        throw e;
      }
      syncDirectory(directory);
    } catch (IOException e) {
      throw new SymphonyException("cannot write " + file + ": " + FileProblem.reason(e), e);
    }
  }

  /**
   * Creates {@code directory} and those above it that are missing, each for its owner alone (0700);
   * what exists stays as it is.
   *
   * @throws SymphonyException when one cannot be created, or is no directory
   */
  public static void createDirectories(Path directory) {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      createDirectories(parent);
    }
    try {
      Files.createDirectory(directory, ownerOnly(OWNER_DIRECTORY));
    } catch (FileAlreadyExistsException e) {
      // Another program may have been faster.
      if (!Files.isDirectory(directory)) {
        throw new SymphonyException(
            "cannot create the directory " + directory + ": a file of that name exists", e);
      }
    } catch (IOException e) {
      throw new SymphonyException(
          "cannot create the directory " + directory + ": " + FileProblem.reason(e), e);
    }
  }

  /** Whether the file is what a killed writer left behind, to be passed over in a listing. */
  public static boolean isTemporary(Path file) {
    Path name = file.getFileName();
    return name != null && name.toString().startsWith(".") && name.toString().endsWith(TEMPORARY);
  }

  private static Path createBeside(Path directory, String name) throws IOException {
    while (true) {
      // Not the pid: the first use of ProcessHandle costs a cold JVM as much as the write.
      String unique = Long.toHexString(System.nanoTime()) + "-" + COUNTER.incrementAndGet();
      try {
        return Files.createFile(
            directory.resolve("." + name + "." + unique + TEMPORARY), ownerOnly(OWNER_FILE));
      } catch (FileAlreadyExistsException e) {
        // Somebody else's: the next one.
      }
    }
  }

  /** By a stream, since an interrupted thread's channels refuse to write. */
  private static void fill(Path temporary, byte[] bytes) throws IOException {
    try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
      out.write(bytes);
      out.getFD().sync();
    }
  }

  private static void syncDirectory(Path directory) throws IOException {
    boolean interrupted = Thread.interrupted();
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (ClosedByInterruptException e) {
      // The file is there; only a power failure right now could undo the move.
      return;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> ownerOnly(Set<PosixFilePermission> mode) {
    return PosixFilePermissions.asFileAttribute(mode);
  }

  private static void deleteQuietly(Path temporary, Throwable because) {
    try {
      if (Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(temporary);
      }
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }
}
