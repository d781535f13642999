package dev.symphony.engine.internal.host;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the wrapper of a process has recorded last; {@code wrapper.sh} writes it.
 *
 * <p>The first line of the process's script, a comment of 160 bytes that is overwritten in place:
 * {@code #STATE ATTEMPT WPID WBY CPID CBY UP RESTARTS RC END RESULT BOOT E0 STATEATTEMPT}. STATE is
 * P (to be started), R (runs), B (waits before it runs again) or E (has ended); times are
 * hundredths of a second since boot, E0 the milliseconds from 1970 to the boot; WBY and CBY are
 * times at which wrapper and command had their pids, so that whatever has such a pid and started
 * later is another process; RESULT is o (success), f (failure), s (stopped) or -.
 */
public record ProcessRecord(
    char state,
    int attempt,
    int wrapper,
    long wrapperBy,
    int command,
    long commandBy,
    long up,
    int restarts,
    int code,
    long end,
    char result,
    String boot,
    long bootMillis) {

  /** Stands where no number is known. */
  public static final int NONE = -1;

  /** The length of a record in bytes. */
  public static final int SIZE = 160;

  private static final int FIELDS = 14;

  /** The record of a process that is about to be started. */
  public static String pending(int attempt, long uptime, String boot, long bootMillis) {
    StringBuilder text = new StringBuilder(SIZE);
    text.append("#P ").append(attempt).append(" 0 0 0 0 ").append(uptime);
    text.append(" 0 - - - ").append(boot).append(' ');
    text.append(bootMillis).append(" P").append(attempt);
    while (text.length() < SIZE - 1) {
      text.append(' ');
    }
    return text.append('\n').toString();
  }

  /** Reads a record; null where there is none, or none that makes sense. */
  public static @Nullable ProcessRecord read(String file, byte[] buffer) throws IOException {
    for (int attempt = 0; attempt < 3; attempt++) {
      int length;
      try (FileInputStream in = new FileInputStream(file)) {
        length = in.read(buffer, 0, SIZE);
      } catch (FileNotFoundException e) {
        return null;
      }
      ProcessRecord record = length <= 0 ? null : parse(buffer, length);
      if (record != null) {
        return record;
      }
    }
    return null;
  }

  /** When this attempt began, in seconds since 1970. */
  public long upEpoch() {
    return (bootMillis / 10 + up) / 100;
  }

  /** In one pass, since a cold program reads hundreds. */
  private static @Nullable ProcessRecord parse(byte[] bytes, int length) {
    int[] from = new int[FIELDS];
    int[] to = new int[FIELDS];
    long[] values = new long[FIELDS];
    int at = 1;
    for (int field = 0; field < FIELDS; field++) {
      while (at < length && bytes[at] == ' ') {
        at++;
      }
      from[field] = at;
      long value = 0;
      for (; at < length && bytes[at] > ' '; at++) {
        int digit = bytes[at] - '0';
        value = value < 0 || digit < 0 || digit > 9 ? NONE : 10 * value + digit;
      }
      if (at == from[field]) {
        return null;
      }
      to[field] = at;
      values[field] = value;
    }
    char state = (char) bytes[from[0]];
    boolean whole =
        bytes[from[13]] == bytes[from[0]] && number(bytes, from[13] + 1, to[13]) == values[1];
    if (bytes[0] != '#' || !whole || "PRBE".indexOf(state) < 0) {
      return null;
    }
    return new ProcessRecord(
        state,
        (int) values[1],
        (int) values[2],
        values[3],
        (int) values[4],
        values[5],
        values[6],
        (int) values[7],
        (int) values[8],
        values[9],
        (char) bytes[from[10]],
        ascii(bytes, from[11], to[11]),
        values[12]);
  }

  /** Text without a charset, whose way through {@code String} takes a cold program milliseconds. */
  @SuppressWarnings("deprecation")
  private static String ascii(byte[] bytes, int from, int to) {
    return new String(bytes, 0, from, to - from);
  }

  private static long number(byte[] bytes, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      value = 10 * value + digit;
    }
    return value;
  }
}
