package dev.symphony.kube.internal.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of an answer: its length known before, or told piece by piece, or up to the end. */
final class Body extends InputStream {
  private enum Kind {
    LENGTH,
    CHUNKS,
    UNTIL_END
  }

  private final WireInput in;
  private final Kind kind;
  private long left;
  private boolean begun;
  private boolean finished;

  private Body(WireInput in, Kind kind, long left) {
    this.in = in;
    this.kind = kind;
    this.left = left;
    this.finished = kind == Kind.LENGTH && left == 0;
  }

  static Body ofLength(WireInput in, long length) {
    return new Body(in, Kind.LENGTH, length);
  }

  static Body ofChunks(WireInput in) {
    return new Body(in, Kind.CHUNKS, 0);
  }

  static Body untilEnd(WireInput in) {
    return new Body(in, Kind.UNTIL_END, Long.MAX_VALUE);
  }

  /** Whether the end has been read, so that the connection stands before the next answer. */
  boolean isFinished() {
    return finished && kind != Kind.UNTIL_END;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!finished && left == 0) {
      nextChunk();
    }
    if (finished) {
      return -1;
    }
    int count = in.read(into, offset, (int) Math.min(length, left));
    if (count < 0) {
      finished = true;
      if (kind == Kind.UNTIL_END) {
        return -1;
      }
      throw new EOFException("the answer broke off");
    }
    left -= count;
    if (left == 0 && kind == Kind.LENGTH) {
      finished = true;
    }
    return count;
  }

  private void nextChunk() throws IOException {
    if (begun && !in.line().isEmpty()) {
      throw new IOException("the answer's pieces do not fit together");
    }
    begun = true;
    String size = in.line();
    int end = size.indexOf(';');
    try {
      left = Long.parseLong((end < 0 ? size : size.substring(0, end)).strip(), 16);
    } catch (NumberFormatException e) {
      throw new IOException("the answer's pieces do not fit together", e);
    }
    if (left == 0) {
      finished = true;
      while (!in.line().isEmpty()) {
        // Headers after the body, of which none is used.
      }
    }
  }
}
