package dev.symphony.engine;

/** Where a process, or an experiment as a whole, stands. */
public enum State {
  /** Held back; the message says for what. */
  WAITING,
  /** Launched, and not running yet, or not running again yet. */
  PENDING,
  /** Runs. */
  RUNNING,
  /** Ended as it should. */
  SUCCEEDED,
  /** Ended by itself as it should not. */
  FAILED,
  /** Ended by Symphony or by the user. */
  STOPPED,
  /** Can never start. */
  SKIPPED,
  /** Cannot be told from here, which is not the same as ended. */
  UNKNOWN;

  /** Whether it has ended and will not run again by itself. */
  public boolean hasEnded() {
    return this == SUCCEEDED || this == FAILED || this == STOPPED || this == SKIPPED;
  }
}
