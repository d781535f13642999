package dev.symphony.kube.internal.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes tar archives that every tar reads: ustar, with GNU's way for long names. */
final class TarWriter {
  static final int BLOCK = 512;

  /** What tar reads at once; one that is shorter makes it wait. */
  private static final int RECORD = 20 * BLOCK;

  /** Takes bytes. */
  interface Sink {
    /** Takes all of them. */
    void write(byte[] bytes, int count) throws IOException;
  }

  private static final byte[] ZEROS = new byte[RECORD];

  private final Sink sink;
  private long written;

  TarWriter(Sink sink) {
    this.sink = sink;
  }

  /** How long an archive of entries is. */
  static long size(Iterable<TarEntry> entries) {
    long size = 2 * BLOCK;
    for (TarEntry entry : entries) {
      size += BLOCK + longName(entry.name()) + padded(entry.size());
      size += entry.target() == null ? 0 : longName(entry.target());
    }
    return (size + RECORD - 1) / RECORD * RECORD;
  }

  private static long longName(String name) {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    return length < 100 ? 0 : BLOCK + padded(length + 1);
  }

  private static long padded(long size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** Begins an entry, whose content follows by {@link #content}. */
  void begin(TarEntry entry) throws IOException {
    byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
    String target = entry.target() == null ? "" : entry.target();
    byte[] link = target.getBytes(StandardCharsets.UTF_8);
    extend('K', link);
    extend('L', name);
    header(name, entry.type(), entry.mode(), entry.modified(), entry.size(), link);
  }

  /** The content of the entry begun last, piece by piece. */
  void content(byte[] bytes, int count) throws IOException {
    put(bytes, count);
  }

  /** Ends the content. */
  void endContent() throws IOException {
    put(ZEROS, (int) (padded(written) - written));
  }

  /** Ends the archive. */
  void end() throws IOException {
    put(ZEROS, 2 * BLOCK);
    put(ZEROS, (int) ((RECORD - written % RECORD) % RECORD));
  }

  private void extend(char type, byte[] name) throws IOException {
    if (name.length >= 100) {
      byte[] whole = Arrays.copyOf(name, name.length + 1);
      header("././@LongLink".getBytes(StandardCharsets.US_ASCII), type, 0, 0, whole.length, ZEROS);
      put(whole, whole.length);
      endContent();
    }
  }

  private void header(byte[] name, char type, int mode, long modified, long size, byte[] link)
      throws IOException {
    byte[] header = new byte[BLOCK];
    System.arraycopy(name, 0, header, 0, Math.min(name.length, 99));
    octal(header, 100, 8, mode);
    octal(header, 108, 8, 0);
    octal(header, 116, 8, 0);
    number(header, 124, size);
    number(header, 136, Math.max(0, modified));
    Arrays.fill(header, 148, 156, (byte) ' ');
    header[156] = (byte) type;
    System.arraycopy(link, 0, header, 157, Math.min(link.length, 99));
    byte[] magic = "ustar  ".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(magic, 0, header, 257, magic.length);
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    octal(header, 148, 7, sum);
    put(header, BLOCK);
  }

  private static void octal(byte[] header, int at, int width, long value) {
    long rest = value;
    for (int i = at + width - 2; i >= at; i--) {
      header[i] = (byte) ('0' + (rest & 7));
      rest >>= 3;
    }
    header[at + width - 1] = 0;
  }

  /** In octal, or where that is too short in binary, as GNU has it. */
  private static void number(byte[] header, int at, long value) {
    if (value < 1L << 33) {
      octal(header, at, 12, value);
      return;
    }
    for (int i = 11; i > 3; i--) {
      header[at + i] = (byte) (value >> 8 * (11 - i));
    }
    header[at] = (byte) 0x80;
  }

  private void put(byte[] bytes, int count) throws IOException {
    if (count > 0) {
      sink.write(bytes, count);
      written += count;
    }
  }
}
