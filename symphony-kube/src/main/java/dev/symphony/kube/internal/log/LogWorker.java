package dev.symphony.kube.internal.log;

import dev.symphony.engine.LogOptions;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.log.LogSource.Outcome;
import dev.symphony.kube.internal.state.Attempt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log of one process from the API server: the runs of all its attempts, one after the
 * other. A node keeps the last run of a container and the one before.
 */
final class LogWorker implements Runnable {
  /** How many logs are read at once; those that are followed do not count. */
  private static final Semaphore READERS = new Semaphore(16);

  /** One run of a container. */
  private record Run(Attempt attempt, boolean previous) {}

  private final LogSource source;
  private final LogOptions options;
  private final @Nullable Instant since;
  private final LogQueue queue;
  private final LogReader reader;

  LogWorker(LogSource source, LogOptions options, @Nullable Instant since, LogQueue queue) {
    this.source = source;
    this.options = options;
    this.since = since;
    this.queue = queue;
    this.reader = new LogReader(queue, options.timestamps());
  }

  /** The process. */
  @Override
  public String toString() {
    return source.process().toString();
  }

  @Override
  public void run() {
    try {
      work();
      queue.end(null);
    } catch (InterruptedException e) {
      queue.end(null);
    } catch (RuntimeException e) {
      queue.end(source.isClosed() ? null : e);
    }
  }

  /** Ends the request that is under way. */
  void close() {
    source.close();
  }

  /** Refuses a process that has run only once, where the attempt before is asked for. */
  void requirePrevious() {
    int count = 0;
    for (Attempt attempt : source.attempts()) {
      count += attempt.hasRun() ? attempt.restarts() + 1 : 0;
    }
    if (count < 2) {
      throw new SymphonyException(this + " has had only one attempt: there is no previous log");
    }
  }

  private void work() throws InterruptedException {
    List<Attempt> attempts = source.attempts();
    List<Run> runs = runs(attempts);
    if (options.previous()) {
      readPrevious(attempts, runs);
      return;
    }
    int[] tails = tails(runs);
    Attempt last = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
    if (last == null || runs.isEmpty() && !options.follow()) {
      source.tellWhyNotStarted();
    } else if (!options.follow()) {
      readAll(runs, tails);
    } else {
      int end = runs.size() - 1;
      boolean started = end >= 0 && runs.get(end).attempt().equals(last);
      readAll(started ? runs.subList(0, end) : runs, tails);
      new LogFollower(source, reader).follow(last, since, started ? tails[end] : -1);
    }
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
        source.tellLost(attempt.restarts() + 1 - kept, attempt);
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
    source.read(
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

  private void readPrevious(List<Attempt> attempts, List<Run> runs) throws InterruptedException {
    if (runs.size() < 2) {
      source.tellLost(1, attempts.get(attempts.size() - 1));
      return;
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
    if (tail < 0 && since == null) {
      source.tellRotation(run.attempt(), run.previous());
    }
    reader.begin(run.attempt().uid());
    LogRequest request =
        new LogRequest(run.attempt(), run.previous(), false, options.timestamps(), tail, since);
    Outcome outcome = source.read(request, options.timestamps() ? reader::timed : reader::plain);
    if (outcome == Outcome.ABSENT && run.previous() && (wantsAll() || options.previous())) {
      source.tellLost(1, run.attempt());
    }
  }
}
