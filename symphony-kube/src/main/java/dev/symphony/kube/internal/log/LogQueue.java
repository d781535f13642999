package dev.symphony.kube.internal.log;

import dev.symphony.engine.LogStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands lines from the thread that reads them to the one that polls.
 *
 * <p>Bounded: the reader waits while about four megabytes lie there.
 */
final class LogQueue {
  private static final int CAPACITY = 4 << 20;

  /** Lines that came at one time. */
  private static final class Chunk {
    final byte[] bytes;
    final int length;
    final long epochMillis;

    Chunk(byte[] bytes, int length, long epochMillis) {
      this.bytes = bytes;
      this.length = length;
      this.epochMillis = epochMillis;
    }
  }

  private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
  private final List<String> notes = new ArrayList<>();
  private int bytes;
  private boolean ended;
  private boolean closed;
  private @Nullable RuntimeException failure;

  /**
   * Adds whole lines; waits while the queue is full.
   *
   * @param content belongs to the queue from now on
   * @throws InterruptedException also once the queue is closed
   */
  synchronized void add(byte[] content, int length, long epochMillis) throws InterruptedException {
    while (bytes >= CAPACITY && !closed) {
      wait();
    }
    if (closed) {
      throw new InterruptedException();
    }
    chunks.add(new Chunk(content, length, epochMillis));
    bytes += length;
    notifyAll();
  }

  /** Adds a line that is told beside the log. */
  synchronized void note(String line) {
    notes.add(line);
    notifyAll();
  }

  /** Nothing more comes; a failure is thrown once all lines have been taken. */
  synchronized void end(@Nullable RuntimeException why) {
    ended = true;
    failure = why;
    notifyAll();
  }

  /** Nobody polls any more. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * Passes on what is there.
   *
   * @param waitMillis how long to wait where nothing is
   * @param most about how many bytes at most
   * @return as {@link LogStream#poll}
   */
  int take(LogStream.Sink sink, long waitMillis, int most) throws IOException {
    int taken = 0;
    while (taken < most) {
      Chunk chunk = next(taken == 0 ? waitMillis : 0);
      if (chunk == null) {
        break;
      }
      sink.lines(chunk.bytes, 0, chunk.length, chunk.epochMillis);
      taken += chunk.length;
    }
    return taken > 0 ? taken : atEnd() ? -1 : 0;
  }

  private synchronized @Nullable Chunk next(long waitMillis) {
    long until = System.nanoTime() + waitMillis * 1_000_000;
    long left = waitMillis;
    try {
      while (chunks.isEmpty() && !ended && left > 0) {
        wait(left);
        left = (until - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Chunk chunk = chunks.poll();
    if (chunk != null) {
      bytes -= chunk.length;
      notifyAll();
    }
    return chunk;
  }

  private synchronized boolean atEnd() {
    if (!ended || !chunks.isEmpty()) {
      return false;
    }
    if (failure != null) {
      throw failure;
    }
    return true;
  }
}
