package dev.symphony.kube.internal.log;

import dev.symphony.engine.LogOptions;
import dev.symphony.engine.LogStream;
import dev.symphony.engine.ProcessName;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.state.Observer;
import dev.symphony.kube.internal.state.Place;
import java.time.InstantSource;

/** Opens the logs of processes. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
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

  /** The log of a process: all its attempts one after the other. */
  public LogStream open(Place place, ProcessName process, LogOptions options) {
    throw new UnsupportedOperationException(
        api.description() + observer + clock.instant() + place + process + options);
  }
}
