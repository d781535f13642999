package dev.symphony.kube.internal.api;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** As much of the DER encoding as wrapping a private key takes. */
final class Der {
  static final int INTEGER = 0x02;
  static final int OCTETS = 0x04;
  static final int NULL = 0x05;
  static final int OBJECT_ID = 0x06;
  static final int SEQUENCE = 0x30;
  static final int CONTEXT_0 = 0xA0;

  private Der() {}

  /** One element. */
  static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length < 0x80) {
      out.write(length);
    } else {
      int bytes = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
      out.write(0x80 | bytes);
      for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        out.write(length >> shift);
      }
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  /** The content of the first element with this tag among those in a row; null for none. */
  static byte @Nullable [] find(byte[] row, int tag) {
    int at = 0;
    while (at + 2 <= row.length) {
      int found = row[at] & 0xff;
      int length = row[at + 1] & 0xff;
      at += 2;
      if (length > 0x80) {
        int bytes = length & 0x7f;
        length = 0;
        for (int i = 0; i < bytes && at < row.length; i++) {
          length = length << 8 | row[at++] & 0xff;
        }
      }
      if (length < 0 || length > row.length - at) {
        return null;
      }
      if (found == tag) {
        return java.util.Arrays.copyOfRange(row, at, at + length);
      }
      at += length;
    }
    return null;
  }
}
