package dev.symphony.kube.internal.life;

import dev.symphony.engine.AlreadyExistsException;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import dev.symphony.kube.internal.plan.PlannedExperiment;
import dev.symphony.kube.internal.state.Place;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Claims an experiment's name by creating what holds it. */
final class Claim {
  private static final int ATTEMPTS = 3;

  private final KubeApi api;
  private final PlannedExperiment plan;

  Claim(KubeApi api, PlannedExperiment plan) {
    this.api = api;
    this.plan = plan;
  }

  /**
   * Creates the holder.
   *
   * @throws AlreadyExistsException where the name is taken, by whom it may be
   */
  Place make() {
    Map<String, Object> made;
    try {
      made = create(Creation.STRICT);
    } catch (SymphonyException e) {
      if (Thread.interrupted()) {
        takeBack(e);
        Thread.currentThread().interrupt();
      }
      throw e;
    }
    String created = Tree.text(made, "metadata", "creationTimestamp");
    return new Place(
        plan.experiment(),
        plan.namespace(),
        plan.shared(),
        KubeObjects.uid(made),
        plan.launchId(),
        created == null ? Instant.EPOCH : Instant.parse(created),
        false,
        plan.holder());
  }

  /** The same without making anything. */
  void dryRun() {
    create(Creation.STRICT + "&dryRun=All");
  }

  private Map<String, Object> create(String query) {
    for (int attempt = 1; ; attempt++) {
      try {
        return api.create(
            KubeObjects.collection(plan.namespace(), plan.holder()) + query, plan.holder(), true);
      } catch (ApiException e) {
        if (e.status() != 409) {
          throw new SymphonyException(refused(e), e);
        }
        // One that went away in between leaves the name free.
        Map<String, Object> there = find();
        if (there != null || attempt == ATTEMPTS) {
          throw taken(there);
        }
      }
    }
  }

  /** The server may have made what an interrupted request asked for. */
  private void takeBack(SymphonyException interrupted) {
    try {
      Map<String, Object> there = api.find(path());
      if (there != null && KubeObjects.isOf(there, plan.launchId())) {
        api.delete(path(), KubeObjects.exactly(KubeObjects.uid(there)));
      }
    } catch (SymphonyException e) {
      interrupted.addSuppressed(e);
    }
  }

  private String path() {
    return plan.shared()
        ? KubeObjects.one(plan.namespace(), "configmaps", KubeObjects.name(plan.holder()))
        : KubeObjects.namespace(plan.namespace());
  }

  private @Nullable Map<String, Object> find() {
    try {
      return api.find(path());
    } catch (ApiException e) {
      if (e.status() == 403) {
        throw new AlreadyExistsException(
            what() + " exists and you may not see whose it is; choose another experiment name");
      }
      throw e;
    }
  }

  private AlreadyExistsException taken(@Nullable Map<String, Object> there) {
    String name = plan.experiment();
    if (there == null) {
      return new AlreadyExistsException(
          what() + " comes and goes; another program makes it too, or choose another name");
    }
    String holder = plan.shared() ? KubeObjects.experiment(there) : null;
    if (holder != null && !holder.equals(name)) {
      return new AlreadyExistsException(
          what() + " belongs to experiment " + holder + "; choose another experiment name");
    }
    if (!isExperiment(there)) {
      return new AlreadyExistsException(
          what() + " exists and is not Symphony's; choose another experiment name");
    }
    if (KubeObjects.isTerminating(there)) {
      return new AlreadyExistsException(
          "experiment " + name + " is still being deleted; wait until it is gone");
    }
    return new AlreadyExistsException(
        "experiment "
            + name
            + " exists already; delete it first, choose another name, or replace it with"
            + " --force");
  }

  private boolean isExperiment(Map<String, Object> there) {
    return plan.experiment().equals(KubeObjects.experiment(there))
        && KubeObjects.label(there, Names.LAUNCH) != null;
  }

  private String refused(ApiException e) {
    if (e.status() == 0 || e.status() == 401) {
      return String.valueOf(e.getMessage());
    }
    String text = "cannot create " + what() + ": " + e.getMessage();
    if (!plan.shared() && e.status() == 403) {
      text += "; to use a namespace that exists, give --namespace NAME";
    }
    return text;
  }

  private String what() {
    return plan.shared()
        ? KubeObjects.called(plan.holder(), plan.namespace())
        : "namespace " + plan.namespace();
  }
}
