package dev.symphony.kube.internal.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An answer that goes on, read ahead by a thread of its own: an encrypted connection cannot say
 * whether a byte of its content has come, a buffer can.
 */
final class PumpedStream implements KubeApi.Stream {
  private static final int SIZE = 256 * 1024;
  private static final int MOST_AT_ONCE = 64 * 1024;

  /** Opens the answer and hands over its body piece by piece. */
  interface Source {
    /** Asks, and reads the answer into the stream until its end. */
    void run(PumpedStream stream);
  }

  private final InputStream body = new View();
  private final Thread thread;
  private final byte[] ring = new byte[SIZE];
  private int first;
  private int count;
  private boolean opened;
  private boolean ended;
  private boolean closed;
  private @Nullable ApiException failure;

  PumpedStream(Source source) {
    thread = new Thread(() -> run(source), "symphony-kube-stream");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Source source) {
    try {
      source.run(this);
      end(null);
    } catch (ApiException e) {
      end(e);
    } catch (RuntimeException e) {
      end(new ApiException(String.valueOf(e.getMessage()), 0, java.util.Map.of(), e));
    }
  }

  // ---- for the thread that reads ahead

  /** Reads a body whole. */
  void fill(InputStream from) throws IOException {
    opened();
    while (true) {
      int at;
      int space;
      synchronized (this) {
        while (count == SIZE && !closed) {
          waitFor(0);
        }
        if (closed) {
          return;
        }
        at = (first + count) % SIZE;
        space = Math.min(Math.min(SIZE - count, SIZE - at), MOST_AT_ONCE);
      }
      int got = from.read(ring, at, space);
      if (got < 0) {
        return;
      }
      synchronized (this) {
        count += got;
        notifyAll();
      }
    }
  }

  private synchronized void opened() {
    opened = true;
    notifyAll();
  }

  private synchronized void end(@Nullable ApiException why) {
    failure = why;
    ended = true;
    notifyAll();
  }

  @SuppressWarnings("WaitNotInLoop") // its callers loop
  private void waitFor(long millis) throws InterruptedIOException {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading from the API server");
    }
  }

  // ---- for the one who reads

  /**
   * Waits until the server has begun to answer, but not for long: some begin only with the first
   * byte of the body.
   *
   * @throws ApiException where it has refused
   */
  synchronized void awaitOpening(long millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      while (!opened && !ended) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return;
        }
        waitFor(left);
      }
    } catch (InterruptedIOException e) {
      close();
      throw new ApiException(String.valueOf(e.getMessage()), 0, java.util.Map.of(), e);
    }
    if (!opened && failure != null) {
      throw failure;
    }
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public synchronized boolean ready() {
    return count > 0 || ended || closed;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    thread.interrupt();
  }

  private synchronized int take(byte[] into, int offset, int length) throws IOException {
    while (count == 0) {
      if (closed) {
        throw new IOException("the stream is closed");
      }
      if (ended) {
        if (failure != null) {
          throw new IOException(failure.getMessage(), failure);
        }
        return -1;
      }
      waitFor(0);
    }
    int taken = Math.min(Math.min(length, count), SIZE - first);
    System.arraycopy(ring, first, into, offset, taken);
    first = (first + taken) % SIZE;
    count -= taken;
    notifyAll();
    return taken;
  }

  private synchronized int buffered() {
    return count;
  }

  private final class View extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return take(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return length == 0 ? 0 : take(into, offset, length);
    }

    @Override
    public int available() {
      return buffered();
    }

    @Override
    public void close() {
      PumpedStream.this.close();
    }
  }
}
