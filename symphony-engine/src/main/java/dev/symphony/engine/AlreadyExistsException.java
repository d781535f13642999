package dev.symphony.engine;

/** What was to be made exists already: exit code 4. */
public final class AlreadyExistsException extends SymphonyException {
  private static final long serialVersionUID = 1L;

  /** Creates one with what the user is to read. */
  public AlreadyExistsException(String message) {
    super(message);
  }

  @Override
  public int exitCode() {
    return 4;
  }
}
