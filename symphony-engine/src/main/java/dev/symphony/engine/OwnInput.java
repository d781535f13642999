package dev.symphony.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The standard input that this program was started with. */
final class OwnInput {
  private OwnInput() {}

  /**
   * Whether it was closed, as by {@code <&-}. Then descriptor 0 is the first file that Java opens
   * for itself, which holds its classes: neither this program nor what inherits it must read that.
   * Descriptors 1 and 2 are such files too, but open for reading only, so that writing fails as it
   * does on closed ones.
   */
  static boolean isClosed() {
    Path classes = Path.of(System.getProperty("java.home"), "lib", "modules");
    try {
      return Files.isSameFile(Path.of("/proc/self/fd/0"), classes);
    } catch (IOException e) {
      return false; // nothing took its place, or there is no /proc
    }
  }
}
