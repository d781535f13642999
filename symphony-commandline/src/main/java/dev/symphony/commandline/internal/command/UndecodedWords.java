package dev.symphony.commandline.internal.command;

/** Words of the command line that Java could not decode. */
public final class UndecodedWords {
  private static final char REPLACEMENT = '\uFFFD';

  private UndecodedWords() {}

  /**
   * Warns where characters were lost: Java decodes words as the locale says, and puts U+FFFD for
   * each byte that the locale does not know. In a locale of UTF-8 it may have been typed.
   */
  public static void warn(Invocation in, String... typed) {
    for (String word : typed) {
      if (word.indexOf(REPLACEMENT) >= 0) {
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        if (!encoding.equals("UTF-8")) {
          in.warn(
              "characters of the command line are lost, which this locale ("
                  + encoding
                  + ") does not know: set LC_ALL=C.UTF-8");
        }
        return;
      }
    }
  }
}
