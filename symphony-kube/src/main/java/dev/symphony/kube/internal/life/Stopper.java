package dev.symphony.kube.internal.life;

import dev.symphony.engine.ProcessName;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.state.Observer;
import dev.symphony.kube.internal.state.Place;
import java.util.List;
import java.util.function.Consumer;

/** Ends pods and keeps them with their logs, and runs ended ones again. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class Stopper {
  private final KubeApi api;
  private final Observer observer;
  private final Consumer<String> progress;

  /** Acts through an API. */
  public Stopper(KubeApi api, Observer observer, Consumer<String> progress) {
    this.api = api;
    this.observer = observer;
    this.progress = progress;
  }

  /**
   * Ends the pods of these processes and waits until they have ended.
   *
   * @param by who stops, {@code user@host}
   * @param withoutGrace whether the grace period is left out
   * @return those that had not ended
   * @throws dev.symphony.engine.UsageException where part of a group's pod is named
   */
  public List<ProcessName> stop(
      Place place, List<ProcessName> processes, String by, boolean withoutGrace) {
    throw new UnsupportedOperationException(api.description() + observer + progress + place);
  }

  /**
   * Makes a new pod beside each ended one.
   *
   * @return those that were started
   * @throws dev.symphony.engine.UsageException where part of a group's pod is named
   */
  public List<ProcessName> start(Place place, List<ProcessName> processes) {
    throw new UnsupportedOperationException(String.valueOf(place));
  }
}
