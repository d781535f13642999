package dev.symphony.engine;

/** The user asked for something in words that cannot be taken: exit code 2. */
public final class UsageException extends SymphonyException {
  private static final long serialVersionUID = 1L;

  /** Creates one with what the user is to read. */
  public UsageException(String message) {
    super(message);
  }

  @Override
  public int exitCode() {
    return 2;
  }
}
