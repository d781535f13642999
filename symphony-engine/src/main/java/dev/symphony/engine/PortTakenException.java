package dev.symphony.engine;

/** A port that a plan needs is held by somebody else. */
public final class PortTakenException extends SymphonyException {
  private static final long serialVersionUID = 1L;

  private final boolean chosen;

  /**
   * Creates one with what the user is to read.
   *
   * @param chosen whether the port was chosen by the backend, so that planning again may help
   */
  public PortTakenException(String message, boolean chosen) {
    super(message);
    this.chosen = chosen;
  }

  /** Whether the port was chosen by the backend, so that planning again may help. */
  public boolean chosen() {
    return chosen;
  }
}
