package dev.symphony.kube.internal.log;

import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.LogOptions;
import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.state.Attempt;
import dev.symphony.kube.internal.state.Observer;
import dev.symphony.kube.internal.state.Place;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log of one process from the API server: the runs of all its attempts, one after the
 * other.
 *
 * <p>A node keeps the last run of a container and the one before. While it follows, a connection
 * that breaks and a log that is rotated are asked for again from the last line on, and lines that
 * come twice are left out.
 */
final class LogWorker implements Runnable {
  /** How many logs are read at once; those that are followed do not count. */
  private static final Semaphore READERS = new Semaphore(16);

  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 1000;
  private static final long QUIET_MILLIS = 3000;
  private static final long SECOND = 1_000_000_000;

  /** One run of a container. */
  private record Run(Attempt attempt, boolean previous) {}

  private final KubeApi api;
  private final Observer observer;
  private final Place place;
  private final ProcessName process;
  private final LogOptions options;
  private final @Nullable Instant since;
  private final LogQueue queue;
  private final LogReader reader;
  private volatile KubeApi.@Nullable Stream open;
  private volatile boolean closed;
  private boolean silent;

  LogWorker(
      KubeApi api,
      Observer observer,
      Place place,
      ProcessName process,
      LogOptions options,
      @Nullable Instant since,
      LogQueue queue) {
    this.api = api;
    this.observer = observer;
    this.place = place;
    this.process = process;
    this.options = options;
    this.since = since;
    this.queue = queue;
    this.reader = new LogReader(queue, options.timestamps());
  }

  /** The process. */
  @Override
  public String toString() {
    return process.toString();
  }

  @Override
  public void run() {
    try {
      work();
      queue.end(null);
    } catch (InterruptedException e) {
      queue.end(null);
    } catch (RuntimeException e) {
      queue.end(closed ? null : e);
    }
  }

  /** Ends the request that is under way. */
  void close() {
    closed = true;
    KubeApi.Stream stream = open;
    if (stream != null) {
      stream.close();
    }
  }

  private void work() throws InterruptedException {
    List<Attempt> attempts = options.follow() ? patientAttempts() : attempts();
    List<Run> runs = runs(attempts);
    if (options.previous()) {
      readPrevious(runs);
      return;
    }
    if (!options.follow()) {
      if (runs.isEmpty()) {
        tellWhyNotStarted();
      }
      readAll(runs, tails(runs));
      return;
    }
    Attempt last = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
    boolean started = !runs.isEmpty() && runs.get(runs.size() - 1).attempt().equals(last);
    int[] tails = tails(runs);
    readAll(started ? runs.subList(0, runs.size() - 1) : runs, tails);
    follow(last, started ? tails[runs.size() - 1] : -1);
  }

  // ---- what there is

  private List<Attempt> attempts() {
    return observer.attempts(place, process);
  }

  /** The runs that the cluster may still have, oldest first; says which it has not. */
  private List<Run> runs(List<Attempt> attempts) {
    List<Run> runs = new ArrayList<>();
    for (Attempt attempt : attempts) {
      if (!attempt.hasRun()) {
        continue;
      }
      boolean between = !attempt.running() && !attempt.ended();
      int kept = between || attempt.restarts() == 0 ? 1 : 2;
      if (attempt.restarts() + 1 > kept && wantsAll()) {
        noteLost(attempt.restarts() + 1 - kept, attempt);
      }
      if (kept == 2) {
        runs.add(new Run(attempt, true));
      }
      runs.add(new Run(attempt, false));
    }
    return runs;
  }

  private boolean wantsAll() {
    return options.tail() < 0 && options.since() == null && !options.previous();
  }

  private void noteLost(int count, Attempt attempt) {
    queue.note(
        "the log of "
            + (count == 1 ? "an earlier run" : count + " earlier runs")
            + " of "
            + attempt.pod()
            + " is gone: a node keeps the last two");
  }

  /** How many lines of each run make up the tail; -1 for all of it. */
  private int[] tails(List<Run> runs) throws InterruptedException {
    int[] tails = new int[runs.size()];
    int left = options.tail();
    for (int i = runs.size() - 1; i >= 0; i--) {
      tails[i] = left;
      if (left > 0 && i > 0) {
        left -= lines(runs.get(i), left);
      }
    }
    return tails;
  }

  private int lines(Run run, int most) throws InterruptedException {
    LogRequest request = new LogRequest(run.attempt(), run.previous(), false, false, most, since);
    int[] count = new int[1];
    read(
        request,
        in -> {
          byte[] buffer = new byte[64 * 1024];
          int last = '\n';
          for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            for (int i = 0; i < read; i++) {
              count[0] += buffer[i] == '\n' ? 1 : 0;
            }
            last = read > 0 ? buffer[read - 1] : last;
          }
          count[0] += last == '\n' ? 0 : 1;
          return true;
        });
    return Math.min(most, count[0]);
  }

  // ---- reading to the end

  private void readPrevious(List<Run> runs) throws InterruptedException {
    if (runs.size() < 2) {
      throw new NotFoundException("process " + process + " has no attempt before its last one");
    }
    readAll(runs.subList(runs.size() - 2, runs.size() - 1), new int[] {options.tail()});
  }

  private void readAll(List<Run> runs, int[] tails) throws InterruptedException {
    READERS.acquire();
    try {
      for (int i = 0; i < runs.size(); i++) {
        if (tails[i] != 0) {
          readRun(runs.get(i), tails[i]);
        }
      }
    } finally {
      READERS.release();
    }
  }

  private void readRun(Run run, int tail) throws InterruptedException {
    if (tail < 0 && since == null && !run.previous()) {
      tellRotation(run.attempt());
    }
    reader.begin(run.attempt().uid());
    LogRequest request =
        new LogRequest(run.attempt(), run.previous(), false, options.timestamps(), tail, since);
    boolean there = read(request, options.timestamps() ? reader::timed : reader::plain);
    if (!there && run.previous() && (wantsAll() || options.previous())) {
      noteLost(1, run.attempt());
    }
  }

  /** Where a log begins later than its process, the node has thrown the beginning away. */
  private void tellRotation(Attempt attempt) {
    String told = new Rotation(api, place.namespace(), attempt).told();
    if (told != null) {
      queue.note(told);
    }
  }

  /** What is done with an answer. */
  private interface Body {
    /** Reads to the end; false where there is no log. */
    boolean read(InputStream in) throws IOException, InterruptedException;
  }

  /**
   * Reads one answer to its end.
   *
   * @return false where the node has no such log
   */
  private boolean read(LogRequest request, Body body) throws InterruptedException {
    try (KubeApi.Stream stream = open(request)) {
      return body.read(stream.body());
    } catch (IOException e) {
      requireOpen();
      throw new ApiException(
          "the log of " + process + " broke off: " + e.getMessage(), 0, java.util.Map.of(), e);
    } catch (ApiException e) {
      if (e.status() == 400 || e.status() == 404) {
        return false;
      }
      throw e;
    } finally {
      open = null;
    }
  }

  private KubeApi.Stream open(LogRequest request) throws InterruptedException {
    KubeApi.Stream stream = api.stream(request.path(place.namespace()));
    open = stream;
    requireOpen();
    return stream;
  }

  private void requireOpen() throws InterruptedException {
    if (closed) {
      throw new InterruptedException();
    }
  }

  // ---- following

  private void follow(@Nullable Attempt from, int tail) throws InterruptedException {
    Attempt attempt = from == null ? firstAttempt() : from;
    Instant begin = since;
    int lines = tail;
    if (attempt != null && attempt.hasRun() && tail < 0 && since == null) {
      tellRotation(attempt);
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

  private @Nullable Attempt firstAttempt() throws InterruptedException {
    tellWhyNotStarted();
    return null;
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
        tellWhyNotStarted();
      }
      pause = pause(pause);
      now = newest(patientAttempts());
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
      followOnce(request(run, true, false, begin, tail));
      requireOpen();
      List<Attempt> attempts = patientAttempts();
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
      pause = reader.lines() > before ? FIRST_PAUSE_MILLIS : pause(pause);
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
      queue.note(
          "the end of a run of " + run.pod() + " may be missing: it was restarted too quickly");
    }
    if (missed > 0) {
      noteLost(missed, now);
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
      Outcome outcome = followOnce(request(run, false, previous, begin, tail));
      if (outcome == Outcome.ABSENT || outcome == Outcome.READ && reader.lines() == before) {
        return;
      }
      pause = pause(pause);
    }
  }

  /** Waits for what comes after the end of a run. */
  private @Nullable Attempt afterEnd(Attempt run) throws InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      List<Attempt> attempts = patientAttempts();
      Attempt now = same(attempts, run);
      if (now != null && isLater(now, run)) {
        return now;
      }
      if (now == null || now.ended()) {
        return next(attempts, run);
      }
      pause = pause(pause);
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

  /** What became of a request. */
  private enum Outcome {
    /** It was read to its end. */
    READ,
    /** It broke off, or the server did not answer: it may be asked again. */
    BROKEN,
    /** The node has no such log, or not yet. */
    ABSENT
  }

  private Outcome followOnce(LogRequest request) throws InterruptedException {
    try (KubeApi.Stream stream = open(request)) {
      boolean there = reader.timed(stream.body());
      answers();
      return there ? Outcome.READ : Outcome.ABSENT;
    } catch (IOException e) {
      requireOpen();
      return Outcome.BROKEN;
    } catch (ApiException e) {
      requireOpen();
      if (e.status() == 400 || e.status() == 404) {
        return Outcome.ABSENT;
      }
      if (mayPass(e)) {
        return Outcome.BROKEN;
      }
      throw e;
    } finally {
      open = null;
    }
  }

  /** The attempts, however long the API server does not answer. */
  private List<Attempt> patientAttempts() throws InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        List<Attempt> attempts = attempts();
        answers();
        return attempts;
      } catch (ApiException e) {
        requireOpen();
        if (!mayPass(e)) {
          throw e;
        }
        if (!silent) {
          silent = true;
          queue.note("waiting for the API server: " + e.getMessage());
        }
      }
      pause = pause(pause);
    }
  }

  private void answers() {
    if (silent) {
      silent = false;
      queue.note("the API server answers again");
    }
  }

  private static boolean mayPass(ApiException e) {
    return e.status() == 0 || e.status() == 429 || e.status() >= 500;
  }

  private long pause(long millis) throws InterruptedException {
    requireOpen();
    Thread.sleep(millis);
    return Math.min(LONGEST_PAUSE_MILLIS, millis * 3 / 2);
  }

  private void tellWhyNotStarted() {
    ExperimentStatus status = observer.observe(place.experiment());
    ProcessStatus now = status == null ? null : status.process(process);
    if (now == null) {
      return;
    }
    String reason = now.reason() == null ? "" : " (" + now.reason() + ")";
    String message = now.message() == null ? "" : ": " + now.message();
    String what =
        now.state() == State.UNKNOWN
            ? "its log is gone"
            : now.state().hasEnded() ? "it never ran" : "it has not started yet";
    queue.note(what + reason + message);
  }
}
