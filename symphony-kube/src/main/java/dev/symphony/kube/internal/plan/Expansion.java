package dev.symphony.kube.internal.plan;

import java.util.ArrayList;
import java.util.List;

/** Keeps Kubernetes from reading {@code $(NAME)} and {@code $$} in commands and variables. */
final class Expansion {
  private Expansion() {}

  /**
   * The text that arrives as the given one. Doubled is each dollar that would begin something, and
   * one before a character outside ASCII, of which Kubernetes would take the first byte alone.
   */
  static String literal(String text) {
    int dollar = text.indexOf('$');
    if (dollar < 0) {
      return text;
    }
    StringBuilder literal = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : 'x';
      literal.append(c);
      if (c == '$' && (next == '$' || next == '(' || next > '~')) {
        literal.append('$');
      }
    }
    return literal.toString();
  }

  /** Whether Kubernetes would put no variable into a text. */
  static boolean isLiteral(String text) {
    for (int i = text.indexOf('$'); i >= 0 && i + 1 < text.length(); i = text.indexOf('$', i)) {
      if (text.charAt(i + 1) == '(') {
        return false;
      }
      i += 2;
    }
    return true;
  }

  /** What a literal arrives as. */
  static String plain(String literal) {
    return literal.replace("$$", "$");
  }

  /** The same of each. */
  static List<Object> literal(List<String> texts) {
    List<Object> literals = new ArrayList<>(texts.size());
    for (String text : texts) {
      literals.add(literal(text));
    }
    return literals;
  }
}
