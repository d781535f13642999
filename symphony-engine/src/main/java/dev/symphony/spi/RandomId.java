package dev.symphony.spi;

import java.io.FileInputStream;
import java.io.IOException;
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
        return hex(bytes);
      }
    } catch (IOException e) {
      // A system without it.
    }
    return UUID.randomUUID().toString().replace("-", "");
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder(2 * bytes.length);
    for (byte b : bytes) {
      text.append(Character.forDigit((b >> 4) & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
    }
    return text.toString();
  }
}
