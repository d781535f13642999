package dev.symphony.engine.internal.data;

import org.jspecify.annotations.Nullable;

/**
 * Where a value stands.
 *
 * @param source the file, or what else errors call it
 * @param line the line it begins in, from 1
 * @param parent the map or list it is in; null at the root
 * @param name its name in a map; null in a list or at the root
 * @param nameLine the line of that name
 */
record Place(
    String source, int line, @Nullable DataNode parent, @Nullable String name, int nameLine) {

  /** The path of a field: {@code way.name}, or {@code way['odd name']}. */
  static String step(String way, String name) {
    if (!isSimple(name)) {
      return way + "['" + shown(name) + "']";
    }
    return way.isEmpty() ? name : way + "." + name;
  }

  private static boolean isSimple(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '_' && c != '-') {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** The text, short and on one line. */
  static String shown(String text) {
    StringBuilder out = new StringBuilder();
    int end = Math.min(text.length(), 40);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      out.append(Character.isISOControl(c) ? ' ' : c);
    }
    return end < text.length() ? out.append('…').toString() : out.toString();
  }
}
