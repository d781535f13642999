package dev.symphony.kube.internal.api;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long requests are repeated to a server that does not answer, and who hears of it: once when
 * it stops answering and once when it is back, however many requests wait at the same time. A
 * server that ends or begins answers some requests and refuses others: that is one outage.
 */
final class Patience {
  /** How long a server must have answered for its next silence to be told of. */
  private static final long SETTLED_NANOS = 10_000_000_000L;

  private final Duration limit;
  private final boolean whileDown;
  private final Consumer<String> told;
  private boolean down;
  private boolean silent;
  private boolean hasAnswered;
  private long answeredAt;

  private Patience(Duration limit, boolean whileDown, Consumer<String> told) {
    this.limit = limit;
    this.whileDown = whileDown;
    this.told = told;
  }

  /** For those who wait at a terminal: a busy server is asked again, a dead one is told at once. */
  static Patience little(Duration limit) {
    return new Patience(limit, false, line -> {});
  }

  /** For those who would rather wait for a server that is down. */
  static Patience great(Duration limit, Consumer<String> told) {
    return new Patience(limit, true, told);
  }

  /** How long one request is repeated after its first failure. */
  Duration limit() {
    return limit;
  }

  /** Whether a server that cannot be reached is waited for. */
  boolean isGreat() {
    return whileDown;
  }

  /** Whether the server does not answer at present, as far as is known. */
  synchronized boolean isDown() {
    return down;
  }

  /** Told of a failure that is waited out. */
  synchronized void waiting(Failure failure) {
    if (whileDown && !down && failure.kind() != Failure.Kind.BUSY) {
      down = true;
      silent = hasAnswered && System.nanoTime() - answeredAt < SETTLED_NANOS;
      if (!silent) {
        told.accept("the API server does not answer yet (" + failure.told().brief() + "); waiting");
      }
    }
  }

  /** Told of an answer. */
  synchronized void answered() {
    if (down) {
      down = false;
      hasAnswered = true;
      answeredAt = System.nanoTime();
      if (!silent) {
        told.accept("the API server answers again");
      }
    }
  }
}
