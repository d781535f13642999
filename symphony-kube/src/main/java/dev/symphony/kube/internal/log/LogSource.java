package dev.symphony.kube.internal.log;

import dev.symphony.engine.ExperimentStatus;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server has of the log of one process: one request at a time, which another thread
 * may end.
 */
final class LogSource {
  /** What is done with an answer. */
  interface Body {
    /** Reads to the end; false where there is no log. */
    boolean read(InputStream in) throws IOException, InterruptedException;
  }

  /** What became of a request. */
  enum Outcome {
    /** It was read to its end. */
    READ,
    /** It broke off: the rest may be asked for. */
    BROKEN,
    /** The node has no such log, or not yet. */
    ABSENT
  }

  private static final long LONGEST_PAUSE_MILLIS = 1000;

  private final KubeApi api;
  private final Observer observer;
  private final Place place;
  private final ProcessName process;
  private final LogQueue queue;
  private volatile KubeApi.@Nullable Stream open;
  private volatile boolean closed;

  LogSource(KubeApi api, Observer observer, Place place, ProcessName process, LogQueue queue) {
    this.api = api;
    this.observer = observer;
    this.place = place;
    this.process = process;
    this.queue = queue;
  }

  /** Whose log it is. */
  ProcessName process() {
    return process;
  }

  /** Ends the request that is under way, and all later ones. */
  void close() {
    closed = true;
    KubeApi.Stream stream = open;
    if (stream != null) {
      stream.close();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Ends the thread that reads, where nobody wants the log any more. */
  void requireOpen() throws InterruptedException {
    if (closed) {
      throw new InterruptedException();
    }
  }

  /** Waits; returns how long to wait the next time. */
  long pause(long millis) throws InterruptedException {
    requireOpen();
    Thread.sleep(millis);
    return Math.min(LONGEST_PAUSE_MILLIS, millis * 3 / 2);
  }

  /** The process's attempts, oldest first. */
  List<Attempt> attempts() {
    return observer.attempts(place, process);
  }

  /**
   * Reads one answer to its end.
   *
   * @throws ApiException where it breaks off
   */
  Outcome read(LogRequest request, Body body) throws InterruptedException {
    try {
      return perform(request, body);
    } catch (IOException e) {
      throw new ApiException(
          "the log of " + process + " broke off: " + e.getMessage(), 0, Map.of(), e);
    }
  }

  /** Reads what one answer brings; one that breaks off is no failure. */
  Outcome readSome(LogRequest request, Body body) throws InterruptedException {
    try {
      return perform(request, body);
    } catch (IOException e) {
      return Outcome.BROKEN;
    }
  }

  private Outcome perform(LogRequest request, Body body) throws IOException, InterruptedException {
    try (KubeApi.Stream stream = api.stream(request.path(place.namespace()))) {
      open = stream;
      requireOpen();
      return body.read(stream.body()) ? Outcome.READ : Outcome.ABSENT;
    } catch (IOException e) {
      requireOpen();
      throw e;
    } catch (ApiException e) {
      requireOpen();
      if (e.status() == 400 || e.status() == 404) {
        return Outcome.ABSENT;
      }
      throw e;
    } finally {
      open = null;
    }
  }

  /** Where a log begins later than its process, the node has thrown the beginning away. */
  void tellRotation(Attempt attempt, boolean previous) {
    String told = new Rotation(api, place.namespace(), attempt, previous).told();
    if (told != null) {
      queue.note(told);
    }
  }

  /** Says that runs of a pod are no longer on its node. */
  void tellLost(int count, Attempt attempt) {
    queue.note(
        "the log of "
            + (count == 1 ? "an earlier run" : count + " earlier runs")
            + " of "
            + attempt.pod()
            + " is gone: a node keeps the last two");
  }

  /** Says that the last lines of a run may not have been read. */
  void tellHurry(Attempt run) {
    queue.note(
        "the end of a run of " + run.pod() + " may be missing: it was restarted too quickly");
  }

  /** Says why there is no log. */
  void tellWhyNotStarted() {
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
