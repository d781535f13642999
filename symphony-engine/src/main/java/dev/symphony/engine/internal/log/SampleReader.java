package dev.symphony.engine.internal.log;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads what samples tell about one log: at these times it had these sizes.
 *
 * <p>Files are read one after the other as a stream (their format: {@link LogSampler}); kept is
 * only what concerns this log. Times are in milliseconds since 1970 and kept twice: {@link #order}
 * is counted by uptime on today's clock, so that it grows even where the clock was set back; {@link
 * #shown} is what the clock said then.
 */
final class SampleReader {
  private final int number;
  private final String bootNow;
  private final long bootMillis;
  private final long patience;

  int count;
  long[] size = new long[64];
  long[] order = new long[64];
  long[] shown = new long[64];

  /** Since when it is not known when the log grew to this size, as shown; -1 where it is known. */
  long[] since = new long[64];

  /** When a log was last sampled or everything had ended, as shown; 0 for never. */
  long lastShown;

  private long lastSize;
  private long lastUptime = -1;
  private String boot = "";

  /** The first entry of the boot being read, whose order is still an uptime. */
  private int bootBegin;

  /** What the last {@code !} or {@code =} said; cleared by the line that follows. */
  private boolean marked;

  private long known = -1;
  private boolean ended;

  /** The line being taken and where in it. */
  private byte[] line = new byte[8192];

  private int at;
  private int end;

  /**
   * @param number the log's number
   * @param bootNow this machine's boot id
   * @param bootMillis when this machine was booted
   * @param patience how many milliseconds without samples are nothing to speak of
   */
  SampleReader(int number, String bootNow, long bootMillis, long patience) {
    this.number = number;
    this.bootNow = bootNow;
    this.bootMillis = bootMillis;
    this.patience = patience;
  }

  /** Says when the log was still empty. */
  void begin(long uptime, long epoch) {
    lastUptime = uptime;
    lastShown = 1000 * epoch;
  }

  /** Reads a file of samples after those read before; a missing one is empty. */
  void read(Path file) throws IOException {
    int held = 0;
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      byte[] buffer = new byte[64 * 1024];
      for (int got = in.read(buffer); got > 0; got = in.read(buffer)) {
        int from = 0;
        for (int i = 0; i < got; i++) {
          if (buffer[i] == '\n') {
            hold(buffer, from, i, held);
            end = held + i - from;
            at = 0;
            take();
            held = 0;
            from = i + 1;
          }
        }
        hold(buffer, from, got, held);
        held += got - from;
      }
      // A last line without its newline is torn or just being written.
    } catch (FileNotFoundException none) {
      return;
    }
  }

  /** To be called after the last file. */
  void finish() {
    closeBoot();
    for (int i = 1; i < count; i++) {
      order[i] = Math.max(order[i], order[i - 1]);
    }
  }

  private void hold(byte[] buffer, int from, int to, int held) {
    if (held + to - from > line.length) {
      line = Arrays.copyOf(line, 2 * (held + to - from));
    }
    System.arraycopy(buffer, from, line, held, to - from);
  }

  private void take() {
    for (int i = 0; i < end; i++) {
      if (line[i] == '!') {
        at = i + 1;
        mark();
        return;
      }
    }
    if (end > 0 && line[0] == '=') {
      at = 2;
      long uptime = digits();
      if (uptime >= lastUptime && at == end) {
        lastShown += 10 * (uptime - lastUptime);
        lastUptime = uptime;
        ended = true;
      }
      return;
    }
    long uptime = digits();
    boolean space = skip(' ');
    long epoch = digits();
    if (uptime < 0 || !space || epoch < 0) {
      return;
    }
    while (skip(' ')) {
      long name = digits();
      boolean equals = skip('=');
      long value = digits();
      if (name < 0 || !equals || value < 0 || (at < end && line[at] != ' ')) {
        return; // torn
      }
      if (name == number) {
        sized(value, uptime, 1000 * epoch);
      }
    }
    lastUptime = uptime;
    lastShown = 1000 * epoch;
    marked = false;
    ended = false;
  }

  /** A mark, {@code ! BOOT UPTIME}: the time before the next line is not known. */
  private void mark() {
    skip(' ');
    int from = at;
    while (at < end && line[at] != ' ') {
      at++;
    }
    String name = new String(line, from, at - from, StandardCharsets.ISO_8859_1);
    skip(' ');
    known = digits();
    marked = true;
    if (!name.equals(boot) && !boot.isEmpty()) {
      closeBoot();
      lastUptime = -1;
    }
    boot = name;
  }

  private void sized(long value, long uptime, long epochMillis) {
    if (value < lastSize) {
      // Cut short by somebody: the offsets before mean nothing any more.
      count = 0;
      bootBegin = 0;
    }
    if (value > lastSize || (value < lastSize && value > 0)) {
      add(value, 10 * uptime, epochMillis, marked && !ended ? gap(uptime, epochMillis) : -1);
    }
    lastSize = value;
  }

  private long gap(long uptime, long epochMillis) {
    long from = known >= 0 ? known : lastUptime;
    boolean oneBoot = from >= 0 && from <= uptime;
    long length = oneBoot ? 10 * (uptime - from) : epochMillis - lastShown;
    if (length <= patience) {
      return -1;
    }
    return oneBoot ? epochMillis - length : lastShown;
  }

  void add(long newSize, long newOrder, long newShown, long newSince) {
    if (count == size.length) {
      size = Arrays.copyOf(size, 2 * count);
      order = Arrays.copyOf(order, 2 * count);
      shown = Arrays.copyOf(shown, 2 * count);
      since = Arrays.copyOf(since, 2 * count);
    }
    size[count] = newSize;
    order[count] = newOrder;
    shown[count] = newShown;
    since[count] = newSince;
    count++;
  }

  /** Turns the uptimes of one boot into times on today's clock. */
  private void closeBoot() {
    // What is shown was rounded down: rather a little too late than too early.
    long begin = lastShown + 999 - 10 * lastUptime;
    if (boot.equals("-")) {
      begin = 0; // no uptime on this system: it is the epoch
    } else if (boot.equals(bootNow) || boot.isEmpty()) {
      begin = bootMillis;
    }
    for (int i = bootBegin; i < count; i++) {
      order[i] += begin;
    }
    bootBegin = count;
  }

  /** The number at this place; -1 when there is none. */
  private long digits() {
    long value = 0;
    int from = at;
    while (at < end && line[at] >= '0' && line[at] <= '9' && at - from < 18) {
      value = 10 * value + (line[at++] - '0');
    }
    return at == from ? -1 : value;
  }

  private boolean skip(char c) {
    boolean there = at < end && line[at] == c;
    at += there ? 1 : 0;
    return there;
  }
}
