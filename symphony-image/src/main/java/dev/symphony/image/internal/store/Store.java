package dev.symphony.image.internal.store;

import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.RandomId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Small files that are remembered between launches, below {@code images} of the state directory.
 * Losing one costs time only.
 */
public final class Store {
  private final Path folder;

  /** Remembers below a state directory, which need not be there yet. */
  public Store(Path stateDirectory) {
    this.folder = stateDirectory.resolve("images");
  }

  /** What is remembered under a name; null for nothing. */
  public byte @Nullable [] read(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Remembers, whole or not at all. */
  public void write(String name, byte[] bytes) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path part = folder.resolve("." + RandomId.next() + ".tmp");
      try {
        Files.write(part, bytes);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new SymphonyException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
