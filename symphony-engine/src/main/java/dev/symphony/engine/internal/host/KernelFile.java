package dev.symphony.engine.internal.host;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the small files of {@code /proc} into one buffer that is used again and again.
 *
 * <p>Plain streams and bytes: a cold program asks about a thousand processes before it prints its
 * first line. Not safe for use by several threads.
 */
final class KernelFile {
  /** What was read last; only the first bytes, as many as {@link #read} said, mean anything. */
  byte[] bytes = new byte[4096];

  /** Reads a file whole and returns its length in bytes, or -1 where it cannot be read. */
  int read(String path) {
    try (FileInputStream in = new FileInputStream(path)) {
      int length = 0;
      while (true) {
        int count = in.read(bytes, length, bytes.length - length);
        if (count < 0) {
          return length;
        }
        length += count;
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, 4 * bytes.length);
        }
      }
    } catch (IOException gone) {
      return -1;
    }
  }

  /** Reads what the kernel hands out in one piece: one system call less than {@link #read}. */
  int readOnce(String path) {
    try (FileInputStream in = new FileInputStream(path)) {
      return in.read(bytes, 0, bytes.length);
    } catch (IOException gone) {
      return -1;
    }
  }
}
