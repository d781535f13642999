package dev.symphony.kube.internal.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** What comes over a connection, buffered, with lines. Its end is the connection's. */
final class WireInput extends InputStream {
  private static final int LONGEST_LINE = 64 * 1024;

  private final InputStream from;
  private final byte[] buffer = new byte[16 * 1024];
  private int at;
  private int end;
  private boolean touched;

  WireInput(InputStream from) {
    this.from = from;
  }

  /** Forgets that anything has been read. */
  void untouch() {
    touched = false;
  }

  /** Whether anything has been read since. */
  boolean isTouched() {
    return touched;
  }

  /** Waits for a byte, or the end. */
  void await() throws IOException {
    if (at == end) {
      fill();
    }
  }

  @Override
  public int read() throws IOException {
    return at < end || fill() ? buffer[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (at == end) {
      if (length >= buffer.length) {
        int count = from.read(into, offset, length);
        touched |= count > 0;
        return count;
      }
      if (!fill()) {
        return -1;
      }
    }
    int count = Math.min(length, end - at);
    System.arraycopy(buffer, at, into, offset, count);
    at += count;
    return count;
  }

  private boolean fill() throws IOException {
    int count = from.read(buffer, 0, buffer.length);
    at = 0;
    end = Math.max(0, count);
    touched |= count > 0;
    return count > 0;
  }

  /** The next line without its end. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int next = read();
      if (next < 0) {
        throw new EOFException("the connection ended");
      }
      if (next == '\n') {
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r'
            ? line.substring(0, length - 1)
            : line.toString();
      }
      if (line.length() == LONGEST_LINE) {
        throw new IOException("a line of the answer is too long");
      }
      line.append((char) next);
    }
  }

  /** Exactly so many bytes. */
  void readFully(byte[] into, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int count = read(into, offset + done, length - done);
      if (count < 0) {
        throw new EOFException("the connection ended");
      }
      done += count;
    }
  }
}
