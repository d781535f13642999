package dev.symphony.kube.internal.log;

import dev.symphony.engine.LogOptions;
import dev.symphony.engine.LogStream;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.state.Observer;
import dev.symphony.kube.internal.state.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Opens the logs of processes. */
public final class KubeLogs {
  private final KubeApi api;
  private final Observer observer;
  private final InstantSource clock;

  /** Reads through an API. */
  public KubeLogs(KubeApi api, Observer observer, InstantSource clock) {
    this.api = api;
    this.observer = observer;
    this.clock = clock;
  }

  /**
   * The log of a process: all its attempts one after the other. Nothing is asked before a poll,
   * except whether there is a previous attempt where that one is wanted.
   *
   * @throws SymphonyException where it is wanted and there is none
   */
  public LogStream open(Place place, ProcessName process, LogOptions options) {
    Duration age = options.since();
    Instant since = age == null ? null : clock.instant().minus(age);
    LogQueue queue = new LogQueue();
    LogSource source = new LogSource(api, observer, place, process, queue);
    LogWorker worker = new LogWorker(source, options, since, queue);
    if (options.previous()) {
      worker.requirePrevious();
    }
    return new KubeLogStream(queue, worker, options.follow());
  }
}
