package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.spi.ClusterContext;

/** Compiles an experiment for Kubernetes. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class Planner {
  private final Settings settings;
  private final ClusterContext context;

  /** Plans for one cluster. */
  public Planner(Settings settings, ClusterContext context) {
    this.settings = settings;
    this.context = context;
  }

  /**
   * Compiles.
   *
   * @throws dev.symphony.engine.SymphonyException with a line for each problem
   */
  public PlannedExperiment plan(ExperimentSpec spec) {
    throw new UnsupportedOperationException(settings.identity() + context.home() + spec);
  }
}
