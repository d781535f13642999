package dev.symphony.kube.internal.remote;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads tar archives: ustar, GNU's long names, and the names of pax. */
final class TarReader {
  private static final int BLOCK = TarWriter.BLOCK;
  private static final int LONGEST_EXTENSION = 1024 * 1024;

  private final InputStream in;
  private long left;
  private long padding;

  TarReader(InputStream in) {
    this.in = in;
  }

  /**
   * The next entry; null after the last.
   *
   * @throws IOException where the archive breaks off or is none
   */
  @Nullable TarEntry next() throws IOException {
    String name = null;
    String target = null;
    long size = -1;
    while (true) {
      in.skipNBytes(left + padding);
      byte[] header = in.readNBytes(BLOCK);
      if (header.length < BLOCK) {
        throw new EOFException("the archive breaks off");
      }
      if (isEmpty(header)) {
        left = 0;
        padding = 0;
        return null;
      }
      check(header);
      left = number(header, 124, 12);
      padding = (BLOCK - left % BLOCK) % BLOCK;
      char type = header[156] == 0 ? TarEntry.FILE : (char) header[156];
      switch (type) {
        case 'L' -> name = text(extension());
        case 'K' -> target = text(extension());
        case 'x' -> {
          String records = new String(extension(), StandardCharsets.UTF_8);
          name = record(records, "path", name);
          target = record(records, "linkpath", target);
          String told = record(records, "size", null);
          size = told == null ? size : Long.parseLong(told);
        }
        case 'g' -> extension();
        default -> {
          if (size >= 0) {
            left = size;
            padding = (BLOCK - left % BLOCK) % BLOCK;
          }
          return new TarEntry(
              name == null ? name(header) : name,
              type,
              (int) number(header, 100, 8) & 0777,
              number(header, 136, 12),
              left,
              target == null ? text(header, 157, 100) : target);
        }
      }
    }
  }

  /** Some of the content of the entry read last; -1 at its end. */
  int content(byte[] into) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = in.read(into, 0, (int) Math.min(into.length, left));
    if (count < 0) {
      throw new EOFException("the archive breaks off");
    }
    left -= count;
    return count;
  }

  private byte[] extension() throws IOException {
    if (left > LONGEST_EXTENSION) {
      throw new IOException("the archive has a name that is too long");
    }
    byte[] bytes = in.readNBytes((int) left);
    left = 0;
    return bytes;
  }

  private static String text(byte[] bytes) {
    return text(bytes, 0, bytes.length);
  }

  private static String text(byte[] bytes, int at, int length) {
    int end = at;
    while (end < at + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, at, end - at, StandardCharsets.UTF_8);
  }

  /** GNU's archives have times where those of the standard have the beginning of a long name. */
  private static String name(byte[] header) {
    String name = text(header, 0, 100);
    boolean standard = header[262] == 0;
    String prefix = standard ? text(header, 345, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** The value of a pax record, {@code 20 path=some/where\n}; another where there is none. */
  private static @Nullable String record(String records, String key, @Nullable String otherwise) {
    for (String line : records.split("\n", -1)) {
      int start = line.indexOf(' ') + 1;
      if (line.startsWith(key + "=", start)) {
        return line.substring(start + key.length() + 1);
      }
    }
    return otherwise;
  }

  private static boolean isEmpty(byte[] header) {
    for (byte b : header) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static void check(byte[] header) throws IOException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    if (sum != number(header, 148, 8)) {
      throw new IOException("what tar sends is no archive");
    }
  }

  private static long number(byte[] header, int at, int width) throws IOException {
    if ((header[at] & 0x80) != 0) {
      long value = 0;
      for (int i = at + width - 8; i < at + width; i++) {
        value = value << 8 | header[i] & 0xff;
      }
      return value;
    }
    String text = text(header, at, width).strip();
    try {
      return text.isEmpty() ? 0 : Long.parseLong(text, 8);
    } catch (NumberFormatException e) {
      throw new IOException("what tar sends is no archive", e);
    }
  }
}
