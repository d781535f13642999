package dev.symphony.engine.internal.data;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON text in the making. */
final class JsonText {
  private final StringBuilder out = new StringBuilder();
  private final boolean pretty;
  private int level;

  JsonText(boolean pretty) {
    this.pretty = pretty;
  }

  String document(@Nullable Object plain) {
    value(plain);
    return pretty ? out.append('\n').toString() : out.toString();
  }

  private void value(@Nullable Object plain) {
    if (plain == null || plain instanceof Boolean) {
      out.append(plain);
    } else if (plain instanceof String text) {
      string(text);
    } else if (plain instanceof Number number) {
      double asDouble = number.doubleValue();
      if (Double.isNaN(asDouble) || Double.isInfinite(asDouble)) {
        throw new IllegalArgumentException("JSON has no number " + number);
      }
      out.append(DataWriter.number(number));
    } else if (plain instanceof Map<?, ?> map) {
      map(map);
    } else if (plain instanceof Iterable<?> list) {
      list(list);
    } else {
      throw DataWriter.notPlain(plain);
    }
  }

  private void map(Map<?, ?> map) {
    out.append('{');
    level++;
    boolean first = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      separate(first);
      first = false;
      string(DataWriter.name(entry.getKey()));
      out.append(pretty ? ": " : ":");
      value(entry.getValue());
    }
    close(first, '}');
  }

  private void list(Iterable<?> list) {
    out.append('[');
    level++;
    boolean first = true;
    for (Object item : list) {
      separate(first);
      first = false;
      value(item);
    }
    close(first, ']');
  }

  private void separate(boolean first) {
    if (!first) {
      out.append(',');
    }
    newLine();
  }

  private void close(boolean empty, char bracket) {
    level--;
    if (!empty) {
      newLine();
    }
    out.append(bracket);
  }

  private void newLine() {
    if (pretty) {
      out.append('\n');
      for (int i = 0; i < level; i++) {
        out.append("  ");
      }
    }
  }

  private void string(String text) {
    out.append('"');
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\' && c < 0x7f) {
        continue;
      }
      // Control characters of Latin-1 and line separators would confuse terminals and old readers.
      boolean asItIs =
          c > 0x9f
              && c != '\u2028'
              && c != '\u2029'
              && c != '\ufeff'
              && !DataWriter.isLoneSurrogate(text, i);
      if (!asItIs) {
        out.append(text, start, i);
        escape(c);
        start = i + 1;
      }
    }
    out.append(text, start, text.length()).append('"');
  }

  private void escape(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> DataWriter.appendUnit(out, c);
    }
  }
}
