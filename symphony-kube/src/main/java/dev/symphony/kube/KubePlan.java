package dev.symphony.kube;

import dev.symphony.engine.LaunchPlan;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.kube.internal.plan.PlanText;
import dev.symphony.kube.internal.plan.PlannedExperiment;
import dev.symphony.kube.internal.plan.PlannedProcess;
import dev.symphony.kube.internal.plan.PlannedService;
import dev.symphony.spi.PreparedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A launch plan for Kubernetes: the exact list of objects. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class KubePlan implements LaunchPlan {
  private final String cluster;
  private final PlannedExperiment planned;
  private final @Nullable PreparedImage image;

  /**
   * A plan of one cluster.
   *
   * @param image what a registry must have before it is launched; null for nothing
   */
  KubePlan(String cluster, PlannedExperiment planned, @Nullable PreparedImage image) {
    this.cluster = cluster;
    this.planned = planned;
    this.image = image;
  }

  @Nullable PreparedImage image() {
    return image;
  }

  String cluster() {
    return cluster;
  }

  PlannedExperiment planned() {
    return planned;
  }

  @Override
  public String experiment() {
    return planned.experiment();
  }

  @Override
  public String backend() {
    return KubeCluster.BACKEND;
  }

  @Override
  public List<ProcessName> processNames() {
    List<ProcessName> names = new ArrayList<>();
    for (PlannedProcess process : planned.processes()) {
      names.add(process.name());
    }
    return names;
  }

  /** The services with their names within the cluster. */
  @Override
  public List<ServiceAddress> services() {
    List<ServiceAddress> addresses = new ArrayList<>();
    for (PlannedService service : planned.services()) {
      addresses.add(
          new ServiceAddress(
              service.name(),
              service.provider(),
              service.object() + "." + planned.namespace(),
              service.port(),
              service.exposed(),
              false));
    }
    return addresses;
  }

  @Override
  public Map<String, Object> declaration() {
    return planned.declaration();
  }

  /**
   * The objects in the order of their creation, as {@code kubectl apply -f} takes them; values of
   * secrets are masked, which a comment says.
   */
  @Override
  public String toYaml() {
    return PlanText.yaml(planned);
  }

  /** The experiment's name and the number of its processes. */
  @Override
  public String toString() {
    return "plan of " + experiment() + " for kube, " + planned.processes().size() + " processes";
  }
}
