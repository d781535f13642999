package dev.symphony.kube.internal.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes what one request brings, whole lines at a time.
 *
 * <p>Lines with times in front lose them; those that an earlier request brought already are left
 * out, by their times and, within one nanosecond, by their number.
 */
final class LogReader {
  private static final int BLOCK = 64 * 1024;
  private static final byte[] GONE =
      "unable to retrieve container logs for ".getBytes(StandardCharsets.US_ASCII);

  private final LogQueue queue;
  private final boolean tellTimes;
  private String pod = "";
  private long lastNanos = LogTime.NONE;
  private int countAtLast;
  private long count;

  /**
   * Reads into a queue.
   *
   * @param tellTimes whether lines are passed on with their times
   */
  LogReader(LogQueue queue, boolean tellTimes) {
    this.queue = queue;
    this.tellTimes = tellTimes;
  }

  /**
   * A run of a pod begins. Runs of one pod follow each other in time, so that lines which come with
   * the wrong one of them, because it has ended meanwhile, are known; another pod may be on a node
   * with another clock.
   */
  void begin(String uid) {
    if (!uid.equals(pod)) {
      pod = uid;
      lastNanos = LogTime.NONE;
      countAtLast = 0;
    }
  }

  /** The time of the last line in nanoseconds since 1970; {@link LogTime#NONE} before any. */
  long lastNanos() {
    return lastNanos;
  }

  /** How many lines with times were passed on. */
  long lines() {
    return count;
  }

  /**
   * Reads lines without times to the end.
   *
   * @return false where the node says in the place of a log that it has none any more
   */
  boolean plain(InputStream in) throws IOException, InterruptedException {
    byte[] buffer = new byte[BLOCK];
    int length = 0;
    long total = 0;
    while (true) {
      int read = in.read(buffer, length, buffer.length - length);
      if (read < 0) {
        break;
      }
      length += read;
      total += read;
      int end = lastLineEnd(buffer, length - read, length);
      if (end > 0) {
        byte[] rest = new byte[Math.max(BLOCK, (length - end) * 2)];
        System.arraycopy(buffer, end, rest, 0, length - end);
        queue.add(buffer, end, -1);
        length -= end;
        buffer = rest;
      } else if (length == buffer.length) {
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
      }
    }
    if (total == length && isGone(buffer, length)) {
      return false;
    }
    if (length > 0) {
      queue.add(buffer, length, -1);
    }
    return true;
  }

  /** A node answers so, as if it were the log, for a container that it has removed. */
  private static boolean isGone(byte[] buffer, int length) {
    if (length < GONE.length) {
      return false;
    }
    for (int i = 0; i < GONE.length; i++) {
      if (buffer[i] != GONE[i]) {
        return false;
      }
    }
    return end(buffer, 0, length) < 0;
  }

  private static int lastLineEnd(byte[] buffer, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (buffer[i] == '\n') {
        return i + 1;
      }
    }
    return 0;
  }

  /**
   * Reads lines with times to the end; what came before a failure is passed on.
   *
   * @return false where the node says in the place of a log that it has none any more
   */
  boolean timed(InputStream in) throws IOException, InterruptedException {
    Lines lines = new Lines();
    byte[] buffer = new byte[BLOCK];
    int length = 0;
    int skipAtLast = countAtLast;
    long resumeAt = lastNanos;
    long total = 0;
    try {
      while (true) {
        int read = in.read(buffer, length, buffer.length - length);
        boolean end = read < 0;
        length += Math.max(0, read);
        total += Math.max(0, read);
        if (end && total == length && isGone(buffer, length)) {
          return false;
        }
        int from = 0;
        while (from < length) {
          int newline = end(buffer, from, length);
          if (newline < 0 && !end) {
            break;
          }
          int to = newline < 0 ? length : newline + 1;
          long nanos = time(buffer, from, to);
          if (nanos != LogTime.NONE && nanos < resumeAt) {
            from = to;
            continue;
          }
          if (nanos == resumeAt && nanos != LogTime.NONE && skipAtLast > 0) {
            skipAtLast--;
            from = to;
            continue;
          }
          note(nanos);
          count++;
          lines.add(buffer, nanos == LogTime.NONE ? from : content(buffer, from, to), to, nanos);
          from = to;
        }
        System.arraycopy(buffer, from, buffer, 0, length - from);
        length -= from;
        if (length == buffer.length) {
          buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        lines.flush();
        if (end) {
          return true;
        }
      }
    } catch (IOException e) {
      lines.flush();
      throw e;
    }
  }

  private void note(long nanos) {
    if (nanos == LogTime.NONE) {
      return;
    }
    countAtLast = nanos == lastNanos ? countAtLast + 1 : 1;
    lastNanos = nanos;
  }

  private static int end(byte[] buffer, int from, int to) {
    for (int i = from; i < to; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static long time(byte[] buffer, int from, int to) {
    int limit = Math.min(to, from + 40);
    for (int i = from; i < limit; i++) {
      if (buffer[i] == ' ') {
        return LogTime.parse(buffer, from, i);
      }
    }
    return LogTime.NONE;
  }

  private static int content(byte[] buffer, int from, int to) {
    int at = from;
    while (at < to && buffer[at] != ' ') {
      at++;
    }
    return Math.min(to, at + 1);
  }

  /** Collects lines; those of one second go together where times are told. */
  private final class Lines {
    private byte[] collected = new byte[BLOCK];
    private int length;
    private long millis = -1;

    void add(byte[] buffer, int from, int to, long nanos) throws InterruptedException {
      long now = !tellTimes || nanos == LogTime.NONE ? -1 : nanos / 1_000_000;
      if (length > 0 && (now != millis || length > BLOCK)) {
        flush();
      }
      millis = now;
      if (collected.length - length < to - from) {
        collected = Arrays.copyOf(collected, Math.max(collected.length * 2, length + to - from));
      }
      System.arraycopy(buffer, from, collected, length, to - from);
      length += to - from;
    }

    void flush() throws InterruptedException {
      if (length > 0) {
        byte[] full = collected;
        int size = length;
        collected = new byte[tellTimes ? 1024 : BLOCK];
        length = 0;
        queue.add(full, size, millis);
      }
    }
  }
}
