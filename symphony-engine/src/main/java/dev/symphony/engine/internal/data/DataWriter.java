package dev.symphony.engine.internal.data;

import org.jspecify.annotations.Nullable;

/**
 * Writes plain values as YAML or JSON: maps with names that are strings, lists (any {@link
 * Iterable}), strings, whole and other numbers, booleans and nulls.
 *
 * <p>{@link DataReader} reads back exactly what was written, whatever the strings hold. Anything
 * else than a plain value is a bug: {@link IllegalArgumentException}. No library is loaded.
 */
public final class DataWriter {
  private DataWriter() {}

  /** Block style, for people; text of several lines stands as it is where YAML can say it so. */
  public static String yaml(@Nullable Object plain) {
    return new YamlText().document(plain);
  }

  /**
   * One line, or two spaces a level where {@code pretty}; pretty text ends with a line break.
   *
   * @throws IllegalArgumentException also for infinity and what is not a number, which JSON cannot
   *     say
   */
  public static String json(@Nullable Object plain, boolean pretty) {
    return new JsonText(pretty).document(plain);
  }

  /** Whole numbers of any width, and the shortest decimal that is the same double. */
  static String number(Number number) {
    if (number instanceof Integer
        || number instanceof Long
        || number instanceof Short
        || number instanceof Byte) {
      return Long.toString(number.longValue());
    }
    if (number instanceof Double || number instanceof Float) {
      return Double.toString(number.doubleValue());
    }
    throw notPlain(number);
  }

  static String name(@Nullable Object key) {
    if (key instanceof String name) {
      return name;
    }
    throw notPlain(key);
  }

  static IllegalArgumentException notPlain(@Nullable Object value) {
    return new IllegalArgumentException(
        "not a plain value: " + (value == null ? "a null name" : value.getClass().getName()));
  }

  /** Appends {@code \}{@code u} and four digits. */
  static void appendUnit(StringBuilder out, char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(Character.forDigit((c >> shift) & 0xf, 16));
    }
  }

  /** Whether the character at {@code i} is half of a pair whose other half is missing. */
  static boolean isLoneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
