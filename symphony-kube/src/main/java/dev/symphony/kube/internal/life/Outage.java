package dev.symphony.kube.internal.life;

import dev.symphony.kube.internal.api.ApiException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Bears a server that goes away for up to a minute in the middle of something, and tells it once.
 *
 * <p>Used by several threads.
 */
final class Outage {
  private static final long LONGEST_SECONDS = 60;
  private static final long RECOVERY_SECONDS = 10;

  private final Consumer<String> progress;
  private @Nullable Long since;
  private @Nullable Long lastLost;

  Outage(Consumer<String> progress) {
    this.progress = progress;
  }

  /** Whether to ask again after this failure. */
  synchronized boolean bears(ApiException failure) {
    if (Thread.currentThread().isInterrupted()) {
      return false;
    }
    long now = System.nanoTime();
    if (failure.status() != 0) {
      return isRecovering(failure) && lastLost != null && isWithin(RECOVERY_SECONDS, lastLost, now);
    }
    if (since == null) {
      progress.accept(failure.getMessage() + "; trying again for up to " + LONGEST_SECONDS + " s");
      since = now;
    }
    lastLost = now;
    return isWithin(LONGEST_SECONDS, since, now);
  }

  /** Says that the server has answered. */
  synchronized void over() {
    since = null;
  }

  /** A server that has just come back refuses what it does not know yet. */
  private static boolean isRecovering(ApiException failure) {
    int status = failure.status();
    return status >= 500 || status == 429 || status == 401 || status == 403;
  }

  private static boolean isWithin(long seconds, long since, long now) {
    return now - since < TimeUnit.SECONDS.toNanos(seconds);
  }
}
