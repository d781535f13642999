package dev.symphony.kube.internal.remote;

import java.util.concurrent.ThreadLocalRandom;

/** A word that one command in a container, and nothing else, has on its command line. */
final class Mark {
  private static final String BASE = "symphony-";

  private final long number = ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE;

  /** The word. */
  String text() {
    return BASE + number;
  }

  /** What comes before {@link #text}'s number. */
  String base() {
    return BASE;
  }

  /** Its number. */
  String number() {
    return String.valueOf(number);
  }
}
