package dev.symphony.kube.internal.api;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param connect until the server, or the proxy before it, has taken a connection
 * @param handshake until that is encrypted: what a busy server has as with client-go, where a dead
 *     one has not even taken the connection
 * @param word without a byte of an answer, or an encrypted connection, until it is told what is
 *     waited for
 * @param answer without a byte of an answer that does not go on for ever
 * @param retry repeated, for a server that refuses for the moment
 */
record Limits(
    Duration connect, Duration handshake, Duration word, Duration answer, Duration retry) {
  static final Limits USUAL =
      new Limits(
          Duration.ofMillis(2500),
          Duration.ofSeconds(10),
          Duration.ofSeconds(3),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2));
}
