package dev.symphony.kube.internal.life;

import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.state.Place;
import java.util.function.Consumer;

/** Removes all that an experiment has, and nothing else. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
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
   * Deletes exactly this experiment (by uid) and waits until it is gone.
   *
   * @param forgetOnly whether pods that run are left alone; refused here, with what to do instead
   */
  public void remove(Place place, boolean forgetOnly) {
    throw new UnsupportedOperationException(api.description() + progress + place + forgetOnly);
  }
}
