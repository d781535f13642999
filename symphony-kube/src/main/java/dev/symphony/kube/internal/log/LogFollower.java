package dev.symphony.kube.internal.log;

import dev.symphony.kube.internal.log.LogSource.Outcome;
import dev.symphony.kube.internal.state.Attempt;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows the runs of a process until it has ended for good.
 *
 * <p>A connection that breaks and a log that is rotated are asked for again from the last line on,
 * and lines that come twice are left out.
 */
final class LogFollower {
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long QUIET_MILLIS = 3000;
  private static final long SECOND = 1_000_000_000;

  private final LogSource source;
  private final LogReader reader;

  LogFollower(LogSource source, LogReader reader) {
    this.source = source;
    this.reader = reader;
  }

  /**
   * Follows from an attempt on.
   *
   * @param since only what came after, of its first run; null for all
   * @param tail how many lines of its first run before following begins; -1 for all
   */
  void follow(Attempt from, @Nullable Instant since, int tail) throws InterruptedException {
    Attempt attempt = from;
    Instant begin = since;
    int lines = tail;
    if (attempt.hasRun() && tail < 0 && since == null) {
      source.tellRotation(attempt, false);
    }
    while (attempt != null) {
      attempt = started(attempt);
      if (attempt == null || !attempt.hasRun()) {
        return;
      }
      reader.begin(attempt.uid());
      attempt = followRun(attempt, begin, lines);
      begin = null;
      lines = -1;
    }
  }

  /** Waits until the container has run; null where the process is gone, or will never run. */
  private @Nullable Attempt started(Attempt attempt) throws InterruptedException {
    Attempt now = attempt;
    long quietUntil = System.nanoTime() + QUIET_MILLIS * 1_000_000;
    boolean told = false;
    long pause = FIRST_PAUSE_MILLIS;
    while (now != null && !now.hasRun() && !now.ended()) {
      if (!told && System.nanoTime() > quietUntil) {
        told = true;
        source.tellWhyNotStarted();
      }
      pause = source.pause(pause);
      now = newest(source.attempts());
    }
    return now;
  }

  private static @Nullable Attempt newest(List<Attempt> attempts) {
    return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
  }

  /**
   * Follows one run until it has ended and all of it is read.
   *
   * @return what runs next; null for nothing
   */
  private @Nullable Attempt followRun(Attempt run, @Nullable Instant begin, int tail)
      throws InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      long before = reader.lines();
      source.readSome(request(run, true, false, begin, tail), reader::timed);
      source.requireOpen();
      List<Attempt> attempts = source.attempts();
      Attempt now = same(attempts, run);
      if (now == null) {
        return next(attempts, run);
      }
      if (isLater(now, run)) {
        catchUpBefore(run, now, begin, tail);
        return now;
      }
      if (!now.running()) {
        catchUp(run, false, begin, tail);
        return afterEnd(run);
      }
      pause = reader.lines() > before ? FIRST_PAUSE_MILLIS : source.pause(pause);
    }
  }

  /** The rest of a run after which others have begun already. */
  private void catchUpBefore(Attempt run, Attempt now, @Nullable Instant begin, int tail)
      throws InterruptedException {
    int missed = now.restarts() - run.restarts() - 1;
    boolean between = !now.running() && !now.ended();
    if (missed == 0 && !between) {
      catchUp(run, true, begin, tail);
    } else {
      source.tellHurry(run);
    }
    if (missed > 0) {
      source.tellLost(missed, now);
    }
  }

  /**
   * The rest of a run that has ended: read until nothing new comes, since a node may say that a
   * container has ended before its last lines are written.
   */
  private void catchUp(Attempt run, boolean previous, @Nullable Instant begin, int tail)
      throws InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      long before = reader.lines();
      Outcome outcome = source.readSome(request(run, false, previous, begin, tail), reader::timed);
      if (outcome == Outcome.ABSENT || outcome == Outcome.READ && reader.lines() == before) {
        return;
      }
      pause = source.pause(pause);
    }
  }

  /** Waits for what comes after the end of a run. */
  private @Nullable Attempt afterEnd(Attempt run) throws InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      List<Attempt> attempts = source.attempts();
      Attempt now = same(attempts, run);
      if (now != null && isLater(now, run)) {
        return now;
      }
      if (now == null || now.ended()) {
        return next(attempts, run);
      }
      pause = source.pause(pause);
    }
  }

  /**
   * Whether another run has begun. A container that is only being made counts as a restart already,
   * while its log is still that of the run before.
   */
  private static boolean isLater(Attempt now, Attempt run) {
    boolean begun = !Objects.equals(now.startedAt(), run.startedAt());
    return begun || now.restarts() > run.restarts() && (now.running() || now.ended());
  }

  private static @Nullable Attempt same(List<Attempt> attempts, Attempt wanted) {
    for (Attempt attempt : attempts) {
      if (attempt.uid().equals(wanted.uid())) {
        return attempt;
      }
    }
    return null;
  }

  private static @Nullable Attempt next(List<Attempt> attempts, Attempt after) {
    for (Attempt attempt : attempts) {
      if (attempt.number() > after.number()) {
        return attempt;
      }
    }
    return null;
  }

  private LogRequest request(
      Attempt run, boolean follow, boolean previous, @Nullable Instant begin, int tail) {
    long last = reader.lastNanos();
    return last == LogTime.NONE
        ? new LogRequest(run, previous, follow, true, tail, begin)
        : new LogRequest(
            run, previous, follow, true, -1, Instant.ofEpochSecond(Math.floorDiv(last, SECOND)));
  }
}
