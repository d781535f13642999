package dev.symphony.kube.internal.plan;

import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes Service objects. */
final class ServiceWriter {
  private final Scope scope;
  private final Settings settings;

  ServiceWriter(Scope scope, Settings settings) {
    this.scope = scope;
    this.settings = settings;
  }

  /** The label of a pod that provides a service, and its value. */
  static String role(boolean bound) {
    return bound ? "bind" : "expose";
  }

  /**
   * Writes one.
   *
   * @param pod who provides it. A pod with several containers is not ready once one of them has
   *     ended, but what the others provide must stay reachable
   */
  Map<String, Object> write(PlannedService service, PodShape pod, boolean bound, boolean headless) {
    Map<String, Object> object = scope.make("Service", service.name(), Names.KIND, "service");
    Map<String, Object> annotations = new LinkedHashMap<>();
    if (service.isPublic()) {
      annotations.putAll(settings.serviceAnnotations());
    }
    annotations.put(Names.SERVICE, service.name());
    annotations.put(Names.PROVIDER, service.provider().toString());
    Tree.make(object, "metadata").put("annotations", annotations);

    Map<String, Object> spec = Tree.make(object, "spec");
    spec.put("type", service.isPublic() ? "LoadBalancer" : "ClusterIP");
    if (headless) {
      spec.put("clusterIP", "None");
    }
    if (headless || pod.processes().size() > 1) {
      spec.put("publishNotReadyAddresses", true);
    }
    if (service.isPublic() && !settings.sourceRanges().isEmpty()) {
      spec.put("loadBalancerSourceRanges", settings.sourceRanges());
    }
    spec.put(
        "selector",
        Tree.of(Names.EXPERIMENT, scope.experiment(), Names.provides(service.name()), role(bound)));
    spec.put("ports", List.of(Tree.of("port", service.port(), "targetPort", service.port())));
    return object;
  }

  /** Refuses what one Service cannot be at once. */
  static void check(List<PlannedService> services, Set<String> headless, Problems problems) {
    for (PlannedService service : services) {
      if (service.isPublic() && headless.contains(service.name())) {
        problems.add(
            "process "
                + service.provider()
                + ": service "
                + service.name()
                + " cannot be headless and have a public address; expose it by forward, or"
                + " expose another service");
      }
    }
  }
}
