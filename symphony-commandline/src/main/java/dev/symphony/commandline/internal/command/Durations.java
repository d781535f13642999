package dev.symphony.commandline.internal.command;

import dev.symphony.engine.UsageException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads lengths of time as people type them. */
public final class Durations {
  private static final int LONGEST_NUMBER = 9;
  private static final long MILLIS_OF_SECOND = 1000;

  private Durations() {}

  /**
   * Reads {@code 30}, {@code 30s}, {@code 5m}, {@code 1.5h}, {@code 7d} or {@code 1h30m}; a number
   * alone is seconds.
   *
   * @param option what it was given for, such as {@code --since}, for the error
   */
  public static Duration parse(String option, String text) {
    long millis = 0;
    int at = 0;
    while (at < text.length()) {
      int end = endOfNumber(text, at);
      boolean bare = end == text.length() && at == 0;
      Double number = number(text.substring(at, end));
      long unit = bare ? MILLIS_OF_SECOND : end == text.length() ? 0 : unit(text.charAt(end));
      if (number == null || unit == 0) {
        throw refuse(option, text);
      }
      millis += Math.round(number * unit);
      at = end + 1;
    }
    if (text.isEmpty()) {
      throw refuse(option, text);
    }
    return Duration.ofMillis(millis);
  }

  private static long unit(char letter) {
    return switch (letter) {
      case 's' -> MILLIS_OF_SECOND;
      case 'm' -> 60 * MILLIS_OF_SECOND;
      case 'h' -> 3600 * MILLIS_OF_SECOND;
      case 'd' -> 24 * 3600 * MILLIS_OF_SECOND;
      default -> 0;
    };
  }

  private static int endOfNumber(String text, int from) {
    int end = from;
    while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    return end;
  }

  private static @Nullable Double number(String text) {
    int points = 0;
    for (int i = 0; i < text.length(); i++) {
      points += text.charAt(i) == '.' ? 1 : 0;
    }
    boolean usable =
        !text.isEmpty()
            && text.length() <= LONGEST_NUMBER
            && points <= 1
            && isDigit(text.charAt(0))
            && isDigit(text.charAt(text.length() - 1));
    return usable ? Double.valueOf(text) : null;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static UsageException refuse(String option, String text) {
    return new UsageException(
        option + " '" + text + "': write a number and a unit, as 30s, 5m, 2h or 7d");
  }
}
