package dev.symphony.engine;

import org.jspecify.annotations.Nullable;

/**
 * Something that the user can mend: bad input, a missing thing, a machine that refuses.
 *
 * <p>The message is one line (or one line a problem) that names the thing, the reason and the next
 * step; a command line prints it as it is. Any other exception that leaves Symphony is a bug.
 */
public class SymphonyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates one with what the user is to read. */
  public SymphonyException(String message) {
    super(message);
  }

  /** Creates one with what the user is to read and what led to it. */
  public SymphonyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * The exit code that a command ends with when this is what ended it: 1 unless a child says
   * otherwise.
   */
  public int exitCode() {
    return 1;
  }
}
