package dev.symphony.image.internal.store;

import dev.symphony.spi.StateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    } catch (IOException e) {
      return null; // It is found out anew.
    }
  }

  /** Remembers, whole or not at all. */
  public void write(String name, byte[] bytes) {
    StateFiles.write(folder.resolve(name), bytes);
  }
}
