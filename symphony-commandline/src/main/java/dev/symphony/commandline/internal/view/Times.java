package dev.symphony.commandline.internal.view;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Writes moments and lengths of time, without the formatters of java.time, which load slowly. */
public final class Times {
  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;
  private static final int DAY = 24 * HOUR;

  private Times() {}

  /**
   * A length of time in its largest unit with at most one decimal: {@code 12s}, {@code 3.2m},
   * {@code 5h}, {@code 23.2h}, {@code 3d}; never more than it is.
   */
  public static String age(Duration duration) {
    return age(duration.toSeconds());
  }

  private static String age(long atLeast) {
    long seconds = Math.max(0, atLeast);
    if (seconds < MINUTE) {
      return seconds + "s";
    }
    if (seconds < HOUR) {
      return inUnits(seconds, MINUTE, 'm');
    }
    return seconds < DAY ? inUnits(seconds, HOUR, 'h') : inUnits(seconds, DAY, 'd');
  }

  /** How long it is from one moment to another; empty where one is unknown. */
  public static String between(@Nullable Instant from, @Nullable Instant to) {
    return from == null || to == null
        ? ""
        : age(Math.floorDiv(to.toEpochMilli() - from.toEpochMilli(), 1000L));
  }

  /** ISO 8601 in UTC with milliseconds: {@code 2026-01-31T12:00:00.000Z}. */
  public static String iso(Instant instant) {
    return iso(instant, true);
  }

  /** ISO 8601 in UTC without milliseconds: {@code 2026-01-31T12:00:00Z}. */
  public static String isoSeconds(Instant instant) {
    return iso(instant, false);
  }

  private static String iso(Instant instant, boolean millis) {
    long epochMillis = instant.toEpochMilli();
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(Math.floorDiv(epochMillis, 1000L), 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(24);
    digits(text, time.getYear(), 4).append('-');
    digits(text, time.getMonthValue(), 2).append('-');
    digits(text, time.getDayOfMonth(), 2).append('T');
    digits(text, time.getHour(), 2).append(':');
    digits(text, time.getMinute(), 2).append(':');
    digits(text, time.getSecond(), 2);
    if (millis) {
      digits(text.append('.'), Math.floorMod(epochMillis, 1000), 3);
    }
    return text.append('Z').toString();
  }

  private static StringBuilder digits(StringBuilder text, int value, int count) {
    String digits = Integer.toString(value);
    for (int i = digits.length(); i < count; i++) {
      text.append('0');
    }
    return text.append(digits);
  }

  private static String inUnits(long seconds, int unit, char letter) {
    long tenths = seconds * 10 / unit;
    StringBuilder text = new StringBuilder().append(tenths / 10);
    if (tenths % 10 != 0) {
      text.append('.').append(tenths % 10);
    }
    return text.append(letter).toString();
  }
}
