package dev.symphony.engine.promises;

import java.nio.file.Path;

/** The backend that promises are tried on. */
public interface TestedBackend {
  /** Its name. */
  String backend();

  /** Skips the test where the backend cannot be had. */
  default void needs() {}

  /** Ends what the backend itself keeps running for clusters below a directory. */
  default void endBackend(Path root) throws Exception {}
}
