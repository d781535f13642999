package dev.symphony.engine;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names of the fields in spec files, and how small values are spelled there. */
final class SpecFields {
  static final String NAME = "name";
  static final String PREAMBLE = "preamble";
  static final String SECRETS = "secrets";
  static final String GROUPS = "groups";
  static final String PROCESSES = "processes";
  static final String COMMAND = "command";
  static final String SHELL = "shell";
  static final String MAIN = "main";
  static final String ARGS = "args";
  static final String JVM_OPTIONS = "jvmOptions";
  static final String ENV = "env";
  static final String INHERIT_ENV = "inheritEnv";
  static final String PASS_ENV = "passEnv";
  static final String WORKING_DIRECTORY = "workingDirectory";
  static final String IMAGE = "image";
  static final String RESOURCES = "resources";
  static final String GRACE_PERIOD = "gracePeriod";
  static final String RESTART = "restart";
  static final String SUCCESS_EXIT_CODES = "successExitCodes";
  static final String BINDS = "binds";
  static final String CONNECTS = "connects";
  static final String EXPOSES = "exposes";
  static final String REPLICA = "replica";

  /** Names the fields of this level that held the value of a secret and were masked. */
  static final String MASKED = "masked";

  private SpecFields() {}

  /** {@code 10s} or {@code 1500ms} where that says it all, else as ISO 8601 does. */
  static String duration(Duration duration) {
    if (Duration.ofSeconds(duration.toSeconds()).equals(duration)) {
      return duration.toSeconds() + "s";
    }
    boolean isShort = duration.compareTo(Duration.ofDays(1)) < 0;
    return isShort && Duration.ofMillis(duration.toMillis()).equals(duration)
        ? duration.toMillis() + "ms"
        : duration.toString();
  }

  /** A number with {@code ms}, {@code s}, {@code m} or {@code h}, or ISO 8601; null for none. */
  static @Nullable Duration duration(String text) {
    int digits = 0;
    while (digits < text.length() && isDigit(text.charAt(digits))) {
      digits++;
    }
    try {
      if (digits == 0) {
        return text.startsWith("P") || text.startsWith("-P") ? Duration.parse(text) : null;
      }
      long number = Long.parseLong(text.substring(0, digits));
      return switch (text.substring(digits)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> null;
      };
    } catch (NumberFormatException | DateTimeParseException | ArithmeticException e) {
      return null;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** {@code never}, {@code on-failure} or {@code always}. */
  static String restart(RestartPolicy.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind of that spelling; null for none. */
  static RestartPolicy.@Nullable Kind restart(String text) {
    for (RestartPolicy.Kind kind : RestartPolicy.Kind.values()) {
      if (restart(kind).equals(text)) {
        return kind;
      }
    }
    return null;
  }
}
