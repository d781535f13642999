package dev.symphony.kube.internal.api;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param connect until a connection is there, its encryption included
 * @param word without a byte of an answer, until it is told what is waited for
 * @param answer without a byte of an answer that does not go on for ever
 * @param retry repeated, for a server that refuses for the moment
 */
record Limits(Duration connect, Duration word, Duration answer, Duration retry) {
  static final Limits USUAL =
      new Limits(
          Duration.ofMillis(2500),
          Duration.ofSeconds(3),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2));
}
