package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.spi.ClusterContext;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Compiles an experiment for Kubernetes.
 *
 * <p>A group whose processes are to be restarted in different ways needs restart policies of single
 * containers, which Kubernetes has from 1.35 without asking for them.
 */
public final class Planner {
  private final Settings settings;
  private final ClusterContext context;
  private final OwnImage ownImage;
  private final Supplier<String> launchIds;

  /** Plans for one cluster, without an image of the class path. */
  public Planner(Settings settings, ClusterContext context) {
    this(settings, context, OwnImage.NONE);
  }

  /** Plans for one cluster. */
  public Planner(Settings settings, ClusterContext context, OwnImage ownImage) {
    this(settings, context, ownImage, () -> UUID.randomUUID().toString());
  }

  Planner(Settings settings, ClusterContext context, Supplier<String> launchIds) {
    this(settings, context, OwnImage.NONE, launchIds);
  }

  Planner(
      Settings settings, ClusterContext context, OwnImage ownImage, Supplier<String> launchIds) {
    this.settings = settings;
    this.context = context;
    this.ownImage = ownImage;
    this.launchIds = launchIds;
  }

  /**
   * Compiles.
   *
   * @throws dev.symphony.engine.SymphonyException with a line for each problem
   */
  public PlannedExperiment plan(ExperimentSpec spec) {
    return new Planning(settings, context, ownImage, launchIds.get(), spec).plan();
  }
}
