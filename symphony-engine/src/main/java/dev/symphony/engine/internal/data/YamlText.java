package dev.symphony.engine.internal.data;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One YAML document in the making.
 *
 * <p>Careful with quotes: what a reader of YAML 1.1 would take for a number, a date or a truth is
 * quoted too. Lines are never folded.
 */
final class YamlText {
  /** Readers need not accept a longer name without the mark of a complex one. */
  private static final int LONGEST_NAME = 120;

  private static final Set<String> WORDS =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private final StringBuilder out = new StringBuilder();

  String document(@Nullable Object plain) {
    if (isFilled(plain)) {
      collection(plain, 0);
    } else if (plain instanceof String text) {
      // A block at the root would need an indentation of its own rules.
      inline(text);
      out.append('\n');
    } else {
      scalar(plain, 0);
      out.append('\n');
    }
    return out.toString();
  }

  /** Lines of a map or a list that is not empty; the first begins where the text stands. */
  private void collection(@Nullable Object plain, int indent) {
    boolean first = true;
    if (plain instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        indent(first, indent);
        first = false;
        name(DataWriter.name(entry.getKey()), indent);
        afterName(entry.getValue(), indent);
      }
    } else if (plain instanceof Iterable<?> list) {
      for (Object item : list) {
        indent(first, indent);
        first = false;
        out.append("- ");
        if (isFilled(item)) {
          collection(item, indent + 2);
        } else {
          scalar(item, indent);
          out.append('\n');
        }
      }
    }
  }

  private void name(String name, int indent) {
    int start = out.length();
    inline(name);
    if (out.length() - start > LONGEST_NAME) {
      out.insert(start, "? ").append('\n');
      indent(false, indent);
    }
    out.append(':');
  }

  private void afterName(@Nullable Object value, int indent) {
    if (isFilled(value)) {
      out.append('\n');
      indent(false, indent + 2);
      collection(value, indent + 2);
    } else {
      out.append(' ');
      scalar(value, indent);
      out.append('\n');
    }
  }

  private void indent(boolean there, int indent) {
    for (int i = there ? indent : 0; i < indent; i++) {
      out.append(' ');
    }
  }

  private static boolean isFilled(@Nullable Object plain) {
    if (plain instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    return plain instanceof Iterable<?> list && list.iterator().hasNext();
  }

  private void scalar(@Nullable Object plain, int indent) {
    if (plain == null || plain instanceof Boolean) {
      out.append(plain);
    } else if (plain instanceof String text) {
      if (isBlock(text)) {
        block(text, indent + 2);
      } else {
        inline(text);
      }
    } else if (plain instanceof Number number) {
      out.append(number(number));
    } else if (plain instanceof Map) {
      out.append("{}");
    } else if (plain instanceof Iterable) {
      out.append("[]");
    } else {
      throw DataWriter.notPlain(plain);
    }
  }

  private static String number(Number number) {
    double asDouble = number.doubleValue();
    if (Double.isNaN(asDouble)) {
      return ".nan";
    }
    if (Double.isInfinite(asDouble)) {
      return asDouble > 0 ? ".inf" : "-.inf";
    }
    return DataWriter.number(number);
  }

  // ---- text on one line

  private void inline(String text) {
    if (isBare(text)) {
      out.append(text);
    } else if (isPrintable(text) && hasToBeEscaped(text) && text.indexOf('\'') < 0) {
      out.append('\'').append(text).append('\'');
    } else {
      out.append('"');
      for (int i = 0; i < text.length(); i++) {
        escaped(text, i);
      }
      out.append('"');
    }
  }

  private static boolean hasToBeEscaped(String text) {
    return text.indexOf('"') >= 0 || text.indexOf('\\') >= 0;
  }

  /** Whether it needs no quotes, and no reader takes it for anything but text. */
  private static boolean isBare(String text) {
    if (text.isEmpty() || text.endsWith(" ") || text.endsWith(":")) {
      return false;
    }
    if (!beginsBare(text) && !isQuantity(text)) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      char before = text.charAt(i - 1);
      if (c < ' ' || c > '~' || (c == '#' && before == ' ') || (c == ' ' && before == ':')) {
        return false;
      }
    }
    return text.length() > 5 || !WORDS.contains(text.toLowerCase(Locale.ROOT));
  }

  private static boolean beginsBare(String text) {
    char first = text.charAt(0);
    char second = text.length() > 1 ? text.charAt(1) : 0;
    char third = text.length() > 2 ? text.charAt(2) : 0;
    return isLetter(first)
        || first == '_'
        || first == '/'
        || first == '$'
        || ((first == '.' || first == '~') && second == '/')
        || (first == '-' && (isLetter(second) || (second == '-' && isLetter(third))));
  }

  /** Digits and then letters, which is no number to any reader: {@code 10s}, {@code 512Mi}. */
  private static boolean isQuantity(String text) {
    int letters = 0;
    while (letters < text.length() && text.charAt(letters) >= '0' && text.charAt(letters) <= '9') {
      letters++;
    }
    boolean only = letters > 0 && letters < text.length();
    for (int i = letters; i < text.length() && only; i++) {
      only = isLetter(text.charAt(i));
    }
    return only;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPrintable(text, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPrintable(String text, int i) {
    char c = text.charAt(i);
    return (c >= ' ' && c <= '~')
        || (c > 0x9f
            && c < 0xfffe
            && c != '\u2028'
            && c != '\u2029'
            && c != '\ufeff'
            && !DataWriter.isLoneSurrogate(text, i));
  }

  private void escaped(String text, int i) {
    char c = text.charAt(i);
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (isPrintable(text, i)) {
          out.append(c);
        } else {
          DataWriter.appendUnit(out, c);
        }
      }
    }
  }

  // ---- text of several lines

  /** Whether it can stand line by line: printable, with something else than spaces in each line. */
  private static boolean isBlock(String text) {
    boolean hasBreak = false;
    boolean isBlank = true;
    int lineStart = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        if (isBlank && i > lineStart) {
          return false;
        }
        hasBreak = true;
        lineStart = i + 1;
        isBlank = true;
      } else if (c != '\t' && !isPrintable(text, i)) {
        return false;
      } else {
        isBlank &= c == ' ' || c == '\t';
      }
    }
    boolean endsBlank = isBlank && lineStart < text.length();
    return hasBreak && !endsBlank && !text.isBlank() && text.charAt(0) != '\n';
  }

  private void block(String text, int indent) {
    out.append('|');
    if (text.charAt(0) == ' ' || text.charAt(0) == '\t') {
      // Readers take the first line's spaces for indentation otherwise.
      out.append('2');
    }
    boolean ends = text.endsWith("\n");
    if (!ends) {
      out.append('-');
    } else if (text.endsWith("\n\n")) {
      out.append('+');
    }
    int start = 0;
    int last = ends ? text.length() - 1 : text.length();
    while (start <= last) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      out.append('\n');
      if (end > start) {
        indent(false, indent);
        out.append(text, start, end);
      }
      start = end + 1;
    }
  }
}
