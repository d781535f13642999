package dev.symphony.commandline.internal.view;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes trees as YAML 1.2 in block style; what could be read as anything but text is quoted. */
public final class Yaml {
  private static final Set<String> TAKEN =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private final StringBuilder text = new StringBuilder();

  private Yaml() {}

  /** The tree as a document. */
  public static String document(Tree tree) {
    Yaml yaml = new Yaml();
    if (tree.entries().isEmpty()) {
      return "{}\n";
    }
    yaml.entries(tree, 0, false);
    return yaml.text.toString();
  }

  /** Entries of an object; the first one stands where the cursor is if it follows a dash. */
  private void entries(Tree tree, int depth, boolean afterDash) {
    boolean indent = !afterDash;
    for (Map.Entry<String, @Nullable Object> entry : tree.entries().entrySet()) {
      if (indent) {
        indent(depth);
      }
      indent = true;
      scalar(entry.getKey());
      text.append(':');
      value(entry.getValue(), depth);
    }
  }

  private void value(@Nullable Object value, int depth) {
    if (value instanceof Tree tree && !tree.entries().isEmpty()) {
      text.append('\n');
      entries(tree, depth + 1, false);
    } else if (value instanceof List<?> values && !values.isEmpty()) {
      text.append('\n');
      for (Object item : values) {
        indent(depth);
        text.append('-');
        item(item, depth);
      }
    } else {
      text.append(' ');
      leaf(value);
    }
  }

  private void item(@Nullable Object item, int depth) {
    text.append(' ');
    if (item instanceof Tree tree && !tree.entries().isEmpty()) {
      entries(tree, depth + 1, true);
    } else {
      leaf(item);
    }
  }

  private void leaf(@Nullable Object value) {
    if (value instanceof Tree) {
      text.append("{}");
    } else if (value instanceof List<?>) {
      text.append("[]");
    } else if (value instanceof String string) {
      scalar(string);
    } else {
      text.append(value);
    }
    text.append('\n');
  }

  private void scalar(String value) {
    if (isPlain(value)) {
      text.append(value);
    } else {
      Json.quote(text, value);
    }
  }

  private void indent(int depth) {
    for (int i = 0; i < depth; i++) {
      text.append("  ");
    }
  }

  private static boolean isPlain(String value) {
    if (value.isEmpty() || TAKEN.contains(value.toLowerCase(Locale.ROOT))) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' || c == '_';
      boolean inside = (c >= '0' && c <= '9') || c == '-' || c == '.';
      if (!letter && (i == 0 || !inside)) {
        return false;
      }
    }
    return true;
  }
}
