package dev.symphony.engine.promises;

/** Tries the local backend. */
interface OnLocal extends TestedBackend {
  @Override
  default String backend() {
    return "local";
  }
}
