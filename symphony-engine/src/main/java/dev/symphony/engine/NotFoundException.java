package dev.symphony.engine;

/** What was asked for does not exist: exit code 3. */
public final class NotFoundException extends SymphonyException {
  private static final long serialVersionUID = 1L;

  /** Creates one with what the user is to read. */
  public NotFoundException(String message) {
    super(message);
  }

  @Override
  public int exitCode() {
    return 3;
  }
}
