package dev.symphony.image.internal.content;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/**
 * Gzip without compression, the same bytes on every machine: what a compressor makes depends on the
 * zlib below the Java. Jars are compressed already.
 */
final class StoredGzip extends OutputStream {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255};
  private static final int LONGEST = 65535;

  private final OutputStream out;
  private final CRC32 crc = new CRC32();
  private final byte[] block = new byte[LONGEST];
  private int filled;
  private long length;

  StoredGzip(OutputStream out) throws IOException {
    this.out = out;
    out.write(HEADER);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    crc.update(bytes, offset, count);
    length += count;
    int from = offset;
    int left = count;
    while (left > 0) {
      if (filled == LONGEST) {
        writeBlock(false);
      }
      int part = Math.min(left, LONGEST - filled);
      System.arraycopy(bytes, from, block, filled, part);
      filled += part;
      from += part;
      left -= part;
    }
  }

  private void writeBlock(boolean last) throws IOException {
    out.write(last ? 1 : 0);
    writeLittleEndian(filled, 2);
    writeLittleEndian(~filled, 2);
    out.write(block, 0, filled);
    filled = 0;
  }

  private void writeLittleEndian(long value, int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >> (8 * i)) & 0xff);
    }
  }

  /** Ends the last block, and leaves what is below open. */
  void finish() throws IOException {
    writeBlock(true);
    writeLittleEndian(crc.getValue(), 4);
    writeLittleEndian(length, 4);
    out.flush();
  }
}
