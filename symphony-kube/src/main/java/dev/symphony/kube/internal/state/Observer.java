package dev.symphony.kube.internal.state;

import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.ProcessDescription;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.plan.StoredPlan;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the API says of experiments; changes nothing. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class Observer {
  private final KubeApi api;
  private final Places places;
  private final InstantSource clock;

  /** Observes through an API. */
  public Observer(KubeApi api, Places places, InstantSource clock) {
    this.api = api;
    this.places = places;
    this.clock = clock;
  }

  /** How an experiment is; null where there is none. */
  public @Nullable ExperimentStatus observe(String experiment) {
    throw new UnsupportedOperationException(
        api.description() + places + clock.instant() + experiment);
  }

  /** The attempts of one process in order; empty where it has no pod. */
  public List<Attempt> attempts(Place place, ProcessName process) {
    throw new UnsupportedOperationException(place + "" + process);
  }

  /** The plan that the cluster keeps. */
  public StoredPlan plan(Place place) {
    throw new UnsupportedOperationException(String.valueOf(place));
  }

  /** All there is to say of one process. */
  public ProcessDescription inspect(String experiment, ProcessName process) {
    throw new UnsupportedOperationException(experiment + process);
  }

  /** The services with their addresses. */
  public List<ServiceAddress> addresses(String experiment) {
    throw new UnsupportedOperationException(experiment);
  }
}
