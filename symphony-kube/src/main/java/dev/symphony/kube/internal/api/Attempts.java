package dev.symphony.kube.internal.api;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The attempts at one request: decides after each failure whether there is another. */
final class Attempts {
  private static final long FIRST_PAUSE = 100;
  private static final long LONGEST_PAUSE = 2000;

  /** A server that has just come up refuses whom it will know a moment later. */
  private static final Duration UNSETTLED = Duration.ofSeconds(10);

  private final Request request;
  private final Patience patience;
  private long begun;
  private long refusedSince;
  private int failures;
  private boolean perhapsDone;

  Attempts(Request request, Patience patience) {
    this.request = request;
    this.patience = patience;
  }

  /** Whether an attempt may have been carried out although it seemed to fail. */
  boolean perhapsDone() {
    return perhapsDone;
  }

  /**
   * Waits before the next attempt.
   *
   * @throws ApiException where there is none: what is to be told
   */
  void next(Failure failure) throws InterruptedException {
    long now = System.nanoTime();
    if (failures++ == 0) {
      begun = now;
    }
    if (failure.kind() != Failure.Kind.UNREACHABLE && failure.kind() != Failure.Kind.FINAL) {
      perhapsDone = true;
    }
    Duration left = patience.limit().minusNanos(now - begun);
    if (!isWorthwhile(failure, now) || left.isNegative()) {
      throw failure.told();
    }
    patience.waiting(failure);
    long pause = Math.min(pause(failure), Math.max(1, left.toMillis()));
    Thread.sleep(pause);
  }

  private boolean isWorthwhile(Failure failure, long now) {
    boolean great = patience.isGreat();
    return switch (failure.kind()) {
      case UNREACHABLE -> great;
      case SILENT -> great && request.repeatable();
      case LOST, BUSY -> request.repeatable();
      case FINAL -> great && patience.isDown() && isUnsettled(failure, now);
    };
  }

  private boolean isUnsettled(Failure failure, long now) {
    int status = failure.told().status();
    if (status != 401 && status != 403) {
      return false;
    }
    if (refusedSince == 0) {
      refusedSince = now;
    }
    return now - refusedSince < UNSETTLED.toNanos();
  }

  private long pause(Failure failure) {
    if (failure.retryAfter() > 0) {
      return failure.retryAfter() * 1000L;
    }
    long most = Math.min(FIRST_PAUSE << Math.min(failures - 1, 8), LONGEST_PAUSE);
    // Many who wait for the same must not come back at the same moment.
    return most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
  }
}
