package dev.symphony.spi;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.UUID;

/** Names that nobody else chooses. */
public final class RandomId {
  private static final int BYTES = 16;

  private RandomId() {}

  /**
   * Thirty-two hexadecimal digits.
   *
   * <p>They come from the kernel: Java's own source of random numbers takes 10 ms to load, a tenth
   * of what a small launch has.
   */
  public static String next() {
    byte[] bytes = new byte[BYTES];
    try (FileInputStream in = new FileInputStream("/dev/urandom")) {
      if (in.readNBytes(bytes, 0, BYTES) == BYTES) {
        return HexFormat.of().formatHex(bytes);
      }
    } catch (IOException e) {
      // A system without it.
    }
    return UUID.randomUUID().toString().replace("-", "");
  }
}
