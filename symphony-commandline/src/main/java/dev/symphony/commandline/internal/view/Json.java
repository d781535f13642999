package dev.symphony.commandline.internal.view;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes trees as JSON. A loop of our own: a library for it would take 40 ms of a cold start. */
public final class Json {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder text = new StringBuilder();
  private final boolean indented;

  private Json(boolean indented) {
    this.indented = indented;
  }

  /** The tree as one line with its end. */
  public static String line(Tree tree) {
    Json json = new Json(false);
    json.object(tree, 0);
    return json.text.append('\n').toString();
  }

  /** The tree as a document with one entry a line. */
  public static String document(Tree tree) {
    Json json = new Json(true);
    json.object(tree, 0);
    return json.text.append('\n').toString();
  }

  private void object(Tree tree, int depth) {
    boolean first = true;
    text.append('{');
    for (Map.Entry<String, @Nullable Object> entry : tree.entries().entrySet()) {
      separate(first, depth + 1);
      first = false;
      quote(text, entry.getKey());
      text.append(indented ? ": " : ":");
      value(entry.getValue(), depth + 1);
    }
    end(first, depth);
    text.append('}');
  }

  private void list(List<?> values, int depth) {
    boolean first = true;
    text.append('[');
    for (Object value : values) {
      separate(first, depth + 1);
      first = false;
      value(value, depth + 1);
    }
    end(first, depth);
    text.append(']');
  }

  private void value(@Nullable Object value, int depth) {
    if (value instanceof Tree tree) {
      object(tree, depth);
    } else if (value instanceof List<?> values) {
      list(values, depth);
    } else if (value instanceof String string) {
      quote(text, string);
    } else {
      text.append(value);
    }
  }

  private void separate(boolean first, int depth) {
    if (!first) {
      text.append(',');
    }
    newLine(depth);
  }

  private void end(boolean empty, int depth) {
    if (!empty) {
      newLine(depth);
    }
  }

  private void newLine(int depth) {
    if (indented) {
      text.append('\n');
      for (int i = 0; i < depth; i++) {
        text.append("  ");
      }
    }
  }

  /** Appends a string in quotes; control characters, of C1 and line separators too, are escaped. */
  static void quote(StringBuilder text, String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (isLoneSurrogate(value, i)) {
            text.append('\ufffd');
          } else if (Text.isControl(c) || c == '\u2028' || c == '\u2029' || c == '\ufeff') {
            text.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
              text.append(HEX.charAt((c >> shift) & 0xf));
            }
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  private static boolean isLoneSurrogate(String value, int index) {
    char c = value.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 == value.length() || !Character.isLowSurrogate(value.charAt(index + 1));
    }
    return Character.isLowSurrogate(c)
        && (index == 0 || !Character.isHighSurrogate(value.charAt(index - 1)));
  }
}
