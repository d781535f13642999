package dev.symphony.commandline.internal.command;

/** Quotes text for a shell. */
final class Shell {
  private Shell() {}

  /** The text as one word; as it is where no shell would take it apart. */
  static String quote(String text) {
    boolean plain = !text.isEmpty();
    for (int i = 0; i < text.length() && plain; i++) {
      char c = text.charAt(i);
      plain = isLetter(c) || isDigit(c) || "_-./:,+@%".indexOf(c) >= 0 || (c == '=' && i > 0);
    }
    return plain ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** Whether a shell can have a variable of this name. */
  static boolean isVariable(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean first = isLetter(c) || c == '_';
      if (!first && (i == 0 || !isDigit(c))) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
