package dev.symphony.engine;

/** What was waited for did not happen in time: exit code 124. */
public final class TimedOutException extends SymphonyException {
  private static final long serialVersionUID = 1L;

  /** Creates one with what the user is to read. */
  public TimedOutException(String message) {
    super(message);
  }

  @Override
  public int exitCode() {
    return 124;
  }
}
