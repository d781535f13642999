package dev.symphony.commandline.internal.command;

/**
 * How the lines of logs are shown.
 *
 * @param prefixed whether each line says whose it is
 * @param timestamps whether each line says when it came
 * @param json whether each line becomes a JSON object, which says both
 */
public record LogStyle(boolean prefixed, boolean timestamps, boolean json) {
  /** Bytes as they are. */
  public static final LogStyle PLAIN = new LogStyle(false, false, false);

  /** With the process in front of each line. */
  public static final LogStyle PREFIXED = new LogStyle(true, false, false);
}
