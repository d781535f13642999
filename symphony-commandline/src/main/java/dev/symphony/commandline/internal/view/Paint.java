package dev.symphony.commandline.internal.view;

/** A colour of the terminal's own sixteen, so that the user's theme decides how it looks. */
public enum Paint {
  /** As other text. */
  PLAIN(""),
  /** Bright or heavy. */
  BOLD("1"),
  /** Less important. */
  DIM("2"),
  /** Failed. */
  RED("31"),
  /** Runs, or ended well. */
  GREEN("32"),
  /** About to, or cannot be told. */
  YELLOW("33"),
  /** One of many. */
  BLUE("34"),
  /** One of many. */
  MAGENTA("35"),
  /** One of many. */
  CYAN("36");

  private static final char ESCAPE = '\u001b';

  private final String code;

  Paint(String code) {
    this.code = code;
  }

  /** The text between the control sequences for this colour and for none. */
  public String on(String text) {
    return this == PLAIN || text.isEmpty()
        ? text
        : ESCAPE + "[" + code + "m" + text + ESCAPE + "[0m";
  }
}
