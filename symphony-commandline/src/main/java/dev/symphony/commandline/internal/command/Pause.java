package dev.symphony.commandline.internal.command;

/** Waits between two looks; a seam, so that tests need not. */
@FunctionalInterface
interface Pause {
  /**
   * Waits.
   *
   * @return whether to go on: false after an interrupt
   */
  boolean millis(long millis);

  /** Sleeps. A class, since the first lambda of a cold JVM would cost every {@code logs} 10 ms. */
  final class Sleep implements Pause {
    @Override
    public boolean millis(long millis) {
      try {
        Thread.sleep(millis);
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
