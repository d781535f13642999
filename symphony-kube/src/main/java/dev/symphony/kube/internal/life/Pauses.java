package dev.symphony.kube.internal.life;

import dev.symphony.engine.SymphonyException;
import java.util.concurrent.TimeUnit;

/** Looks again and again: often at first, then every second; and knows how long it has waited. */
final class Pauses {
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  private final long began = System.nanoTime();
  private long pause = FIRST_PAUSE_MILLIS;
  private long nextWord;

  /**
   * Waits for what others do.
   *
   * @param firstWord after how many seconds a line should be told
   */
  Pauses(long firstWord) {
    nextWord = firstWord;
  }

  /** The seconds since it began. */
  long seconds() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
  }

  /** Whether a line is due; the next one is after so many seconds more. */
  boolean isWordDue(long secondsMore) {
    if (seconds() < nextWord) {
      return false;
    }
    nextWord = seconds() + secondsMore;
    return true;
  }

  /**
   * Waits a little.
   *
   * @throws SymphonyException where the thread is interrupted
   */
  void pause() {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SymphonyException("interrupted while waiting", e);
    }
    pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 5 / 4);
  }
}
