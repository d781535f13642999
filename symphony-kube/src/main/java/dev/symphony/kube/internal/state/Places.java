package dev.symphony.kube.internal.state;

import dev.symphony.kube.internal.api.KubeApi;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds experiments, and only those that Symphony launched. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class Places {
  private final KubeApi api;
  private final @Nullable String namespace;

  /** Looks at namespaces of experiments' own; or, where a namespace is given, at anchors in it. */
  public Places(KubeApi api, @Nullable String namespace) {
    this.api = api;
    this.namespace = namespace;
  }

  /** All experiments, in any order, those being deleted included. */
  public List<Place> list() {
    throw new UnsupportedOperationException(api.description() + namespace);
  }

  /** One experiment; null where there is none. */
  public @Nullable Place find(String experiment) {
    throw new UnsupportedOperationException(experiment);
  }

  /**
   * One experiment.
   *
   * @throws dev.symphony.engine.NotFoundException where there is none
   */
  public Place require(String experiment) {
    throw new UnsupportedOperationException(experiment);
  }
}
