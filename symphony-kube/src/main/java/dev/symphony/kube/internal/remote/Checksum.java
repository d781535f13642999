package dev.symphony.kube.internal.remote;

/** The checksum of POSIX {@code cksum}, which every container with a few tools can tell. */
final class Checksum {
  private static final int[] TABLE = new int[256];

  static {
    for (int i = 0; i < 256; i++) {
      int crc = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc < 0 ? crc << 1 ^ 0x04C11DB7 : crc << 1;
      }
      TABLE[i] = crc;
    }
  }

  private int crc;
  private long length;

  void update(byte[] bytes, int offset, int count) {
    int now = crc;
    for (int i = offset; i < offset + count; i++) {
      now = now << 8 ^ TABLE[(now >>> 24 ^ bytes[i]) & 0xff];
    }
    crc = now;
    length += count;
  }

  /** How many bytes there were. */
  long length() {
    return length;
  }

  /** What {@code cksum} prints for a file of these bytes: {@code 4294967295 0}. */
  String line() {
    int now = crc;
    for (long rest = length; rest != 0; rest >>>= 8) {
      now = now << 8 ^ TABLE[(now >>> 24 ^ (int) rest) & 0xff];
    }
    return (~now & 0xFFFFFFFFL) + " " + length;
  }
}
