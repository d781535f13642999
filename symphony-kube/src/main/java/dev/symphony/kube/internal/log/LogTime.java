package dev.symphony.kube.internal.log;

/** Reads the time that the node puts in front of each line, without making an object of it. */
final class LogTime {
  /** What is returned for bytes that are no time. */
  static final long NONE = Long.MIN_VALUE;

  private LogTime() {}

  /**
   * Nanoseconds since 1970 of {@code 2026-01-02T03:04:05.123456789Z}, fraction and offset as RFC
   * 3339 allows them.
   */
  static long parse(byte[] bytes, int from, int to) {
    if (to - from < 20 || bytes[from + 4] != '-' || bytes[from + 10] != 'T') {
      return NONE;
    }
    long days =
        days(digits(bytes, from, 4), digits(bytes, from + 5, 2), digits(bytes, from + 8, 2));
    long seconds =
        days * 86_400
            + digits(bytes, from + 11, 2) * 3600L
            + digits(bytes, from + 14, 2) * 60L
            + digits(bytes, from + 17, 2);
    int at = from + 19;
    long nanos = 0;
    if (bytes[at] == '.') {
      long unit = 100_000_000;
      for (at++; at < to && isDigit(bytes[at]); at++) {
        nanos += unit * (bytes[at] - '0');
        unit /= 10;
      }
    }
    if (at == to) {
      return NONE;
    }
    if (bytes[at] != 'Z') {
      if (to - at < 6) {
        return NONE;
      }
      long offset = digits(bytes, at + 1, 2) * 3600L + digits(bytes, at + 4, 2) * 60L;
      seconds -= bytes[at] == '-' ? -offset : offset;
    }
    return seconds * 1_000_000_000 + nanos;
  }

  private static int digits(byte[] bytes, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    return value;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** Days from 1970-01-01 in the Gregorian calendar, by counting years from March. */
  private static long days(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int m = month <= 2 ? month + 9 : month - 3;
    return 365L * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468;
  }
}
