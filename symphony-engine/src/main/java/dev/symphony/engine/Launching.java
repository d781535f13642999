package dev.symphony.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of a launch that are the same on every backend. */
final class Launching {
  private static final int ATTEMPTS = 5;

  private Launching() {}

  static LaunchPlan launch(
      Cluster cluster, ExperimentSpec spec, LaunchOptions options, @Nullable Path folder) {
    if (options.dryRun()) {
      return cluster.plan(spec);
    }
    for (int attempt = 1; ; attempt++) {
      LaunchPlan plan = cluster.plan(spec);
      try {
        launch(cluster, plan, options, folder);
        return plan;
      } catch (PortTakenException e) {
        if (!e.chosen() || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  static List<LaunchPlan> launchBatch(
      Cluster cluster, List<? extends ExperimentSpec> experiments, LaunchOptions options) {
    for (ExperimentSpec experiment : experiments) {
      cluster.plan(experiment);
    }
    List<LaunchPlan> launched = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (ExperimentSpec experiment : experiments) {
      try {
        launched.add(cluster.launch(experiment, options));
      } catch (SymphonyException e) {
        throw new SymphonyException(
            "experiment "
                + experiment.getName()
                + ": "
                + e.getMessage()
                + (names.isEmpty() ? "" : " (launched before: " + String.join(", ", names) + ")"),
            e);
      }
      names.add(experiment.getName());
    }
    return launched;
  }

  static void launch(
      Cluster cluster, LaunchPlan plan, LaunchOptions options, @Nullable Path folder) {
    requireOwn(cluster, plan);
    if (options.dryRun()) {
      return;
    }
    if (!options.force() && cluster.exists(plan.experiment())) {
      throw new AlreadyExistsException(
          "experiment "
              + plan.experiment()
              + " exists already; delete it first, choose another name, or replace it with"
              + " --force");
    }
    SavedDeclaration saved = folder == null ? null : new SavedDeclaration(folder, plan);
    if (saved != null) {
      saved.refuseToOverwrite(options.force());
    }
    cluster.provide(plan);
    // Without force one that has come since is another's: the claim of the name refuses it.
    if (options.force() && cluster.exists(plan.experiment())) {
      try {
        cluster.delete(plan.experiment());
      } catch (NotFoundException e) {
        // Somebody else was faster, which is as good.
      }
    }
    cluster.create(plan);
    if (saved != null) {
      save(cluster, saved, plan.experiment());
    }
  }

  static void requireOwn(Cluster cluster, LaunchPlan plan) {
    if (!cluster.owns(plan)) {
      throw new SymphonyException(
          "the plan of experiment "
              + plan.experiment()
              + " was made by another cluster ("
              + plan.backend()
              + "); plan it on the one that launches it");
    }
  }

  /** All or nothing: what cannot be saved as the user wants it does not go on running. */
  private static void save(Cluster cluster, SavedDeclaration saved, String experiment) {
    try {
      saved.write();
    } catch (SymphonyException e) {
      try {
        cluster.delete(experiment);
      } catch (SymphonyException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }
}
