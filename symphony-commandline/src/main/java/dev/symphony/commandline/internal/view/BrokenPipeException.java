package dev.symphony.commandline.internal.view;

/**
 * Whoever read our output has gone, as after {@code | head}: the command ends quietly.
 *
 * <p>Not an error to print; {@link #EXIT_CODE} is what other programs of Unix end with then.
 */
public final class BrokenPipeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** 128 and the number of SIGPIPE. */
  public static final int EXIT_CODE = 141;

  BrokenPipeException() {
    super("nobody reads the output any more", null, false, false);
  }
}
