package dev.symphony.example;

/** A failure that one line explains: a worker prints its message and ends with exit code 1. */
public class WorkerFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes a failure with the line to print. */
  public WorkerFailure(String message) {
    super(message);
  }
}
