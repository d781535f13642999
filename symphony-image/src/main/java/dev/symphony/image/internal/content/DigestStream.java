package dev.symphony.image.internal.content;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Passes bytes on, and knows their number and digest. */
final class DigestStream extends OutputStream {
  private final OutputStream out;
  private final MessageDigest digest = Sha256.begin();
  private long count;

  DigestStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    digest.update(bytes, offset, length);
    count += length;
    out.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  long count() {
    return count;
  }

  /** Called once. */
  String hex() {
    return Sha256.hex(digest);
  }
}
