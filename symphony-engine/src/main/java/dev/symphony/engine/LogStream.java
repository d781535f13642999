package dev.symphony.engine;

import java.io.IOException;
import java.util.List;

/**
 * The log of one process, read once from front to back without blocking.
 *
 * <p>Polling lets one loop follow any number of processes. Not thread-safe.
 */
public interface LogStream extends AutoCloseable {
  /** Takes what a poll found. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes one or more whole lines.
     *
     * <p>The last line of a log may lack its newline. So may one that its process does not end for
     * a second while it is followed without times, and one longer than a quarter of a megabyte: the
     * rest of such a line comes at the beginning of a later call.
     *
     * @param bytes the buffer, valid during the call only
     * @param offset where the lines begin
     * @param length how many bytes they are, newlines included
     * @param epochMillis when they came, to about a second; -1 where unknown or not asked for
     */
    void lines(byte[] bytes, int offset, int length, long epochMillis) throws IOException;
  }

  /**
   * Passes on what is there now, at most about a megabyte.
   *
   * @return how many bytes were passed on, 0 when there is nothing now but more may come, -1 at the
   *     end
   */
  int poll(Sink sink) throws IOException;

  /**
   * What the reader should be told beside the log, a line each: stretches without times, what the
   * backend no longer has. Complete once {@link #poll} has begun; may be empty.
   */
  List<String> notes();

  @Override
  void close();
}
