package dev.symphony.kube.internal.api;

/** Why one attempt at a request came to nothing. */
final class Failure extends Exception {
  private static final long serialVersionUID = 1L;

  /** What that says about another attempt. */
  enum Kind {
    /** No connection: nothing was asked. */
    UNREACHABLE,
    /** The connection broke, so that nobody knows whether it was done. */
    LOST,
    /** The server took it and was silent. */
    SILENT,
    /** The server cannot at the moment. */
    BUSY,
    /** An answer that stands. */
    FINAL
  }

  private final Kind kind;
  private final ApiException told;
  private final int retryAfter;

  Failure(Kind kind, ApiException told, int retryAfter) {
    super(told.getMessage(), told);
    this.kind = kind;
    this.told = told;
    this.retryAfter = retryAfter;
  }

  Kind kind() {
    return kind;
  }

  /** What the caller gets where there is no other attempt. */
  ApiException told() {
    return told;
  }

  /** Seconds that the server wants to be left alone; 0 for none told. */
  int retryAfter() {
    return retryAfter;
  }
}
