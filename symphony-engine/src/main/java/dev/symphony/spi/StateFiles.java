package dev.symphony.spi;

import dev.symphony.engine.internal.data.AtomicFile;
import java.nio.file.Path;

/** Files of the state directory. */
public final class StateFiles {
  private StateFiles() {}

  /**
   * Makes a file hold exactly these bytes, whole or not at all, for its owner alone; folders that
   * are missing are made.
   *
   * @param file in a folder
   * @throws dev.symphony.engine.SymphonyException in one line, where it cannot be written
   */
  public static void write(Path file, byte[] bytes) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      AtomicFile.createDirectories(folder);
    }
    AtomicFile.write(file, bytes);
  }
}
