package dev.symphony.kube.internal.life;

import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.plan.PlannedExperiment;
import java.util.List;
import java.util.function.Consumer;

/** Makes the objects of a plan, all or none. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class Launcher {
  private final KubeApi api;
  private final Consumer<String> progress;

  /**
   * Launches through an API.
   *
   * @param progress told what a slow step waits for
   */
  public Launcher(KubeApi api, Consumer<String> progress) {
    this.api = api;
    this.progress = progress;
  }

  /**
   * Creates the holder, then the others, then the pods, many at once; on any refusal removes what
   * was made.
   *
   * @throws dev.symphony.engine.AlreadyExistsException where the name is taken
   */
  public void launch(PlannedExperiment plan) {
    throw new UnsupportedOperationException(api.description() + progress + plan);
  }

  /**
   * Has the server look at every object as far as it can without making any.
   *
   * @return what could not be looked at, a line each; empty for nothing
   * @throws dev.symphony.engine.SymphonyException with the server's refusals
   */
  public List<String> validate(PlannedExperiment plan) {
    throw new UnsupportedOperationException(String.valueOf(plan));
  }
}
