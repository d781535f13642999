package dev.symphony.kube.internal.life;

import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.state.Place;
import java.util.function.Consumer;

/** Removes all that an experiment has, and nothing else. */
public final class Remover {
  private final KubeApi api;
  private final Consumer<String> progress;

  /**
   * Removes through an API.
   *
   * @param progress told what it waits for
   */
  public Remover(KubeApi api, Consumer<String> progress) {
    this.api = api;
    this.progress = progress;
  }

  /**
   * Deletes exactly this experiment (by uid) and waits until it is gone. Processes get SIGTERM and
   * their grace period. Nobody's finalizers are taken away: where one holds it up, that is told
   * every 15 s.
   *
   * @param forgetOnly whether pods that run are left alone; refused here, with what to do instead
   */
  public void remove(Place place, boolean forgetOnly) {
    if (forgetOnly) {
      throw new UsageException(
          "experiment "
              + place.experiment()
              + " is kept by the cluster alone: there is nothing to forget here; 'delete "
              + place.experiment()
              + "' ends and removes it");
    }
    removal(place).run(Long.MAX_VALUE);
  }

  /**
   * The same, waiting for so many seconds at most.
   *
   * @return whether it is gone; else the server goes on with it
   */
  boolean removeWithin(Place place, long seconds) {
    return removal(place).run(seconds);
  }

  /** Has the server delete it and waits for nothing. */
  void begin(Place place) {
    removal(place).begin();
  }

  private Removal removal(Place place) {
    if (place.shared()) {
      return new SharedRemoval(api, place, progress);
    }
    String namespace = place.namespace();
    if (namespace.equals("default") || namespace.startsWith("kube-")) {
      throw new SymphonyException("namespace " + namespace + " is Kubernetes' own; it stays");
    }
    return new NamespaceRemoval(api, place, progress);
  }
}
