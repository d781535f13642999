package dev.symphony.commandline.internal.view;

import java.util.List;

/** Makes words from elsewhere safe to show. */
public final class Text {
  private Text() {}

  /** On one line and without control characters, so that no message can move the cursor. */
  public static String oneLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return replaceControls(text.strip());
      }
    }
    return text;
  }

  /** The words as a POSIX shell would have to be given them. */
  public static String shell(List<String> words) {
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      if (line.length() > 0) {
        line.append(' ');
      }
      line.append(shell(word));
    }
    return line.toString();
  }

  /** One word as a POSIX shell would have to be given it. */
  public static String shell(String word) {
    boolean plain = !word.isEmpty();
    for (int i = 0; i < word.length() && plain; i++) {
      char c = word.charAt(i);
      plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "_-./:=@%+,".indexOf(c) >= 0;
    }
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  static boolean isControl(char c) {
    return c < ' ' || (c >= 0x7f && c <= 0x9f);
  }

  private static String replaceControls(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line.append(isControl(c) ? ' ' : c);
    }
    return line.toString();
  }
}
