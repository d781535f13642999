package dev.symphony.kube.internal.life;

import dev.symphony.engine.ProcessName;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import dev.symphony.kube.internal.plan.PlannedExperiment;
import dev.symphony.kube.internal.plan.PlannedService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plans written by hand. */
final class Plans {
  private Plans() {}

  /** An experiment of a namespace of its own with a service and so many agents. */
  static PlannedExperiment own(String name, int agents) {
    return plan(name, name, false, agents);
  }

  /** The same in a shared namespace. */
  static PlannedExperiment shared(String name, String namespace, int agents) {
    return plan(name, namespace, true, agents);
  }

  private static PlannedExperiment plan(String name, String namespace, boolean shared, int agents) {
    String prefix = shared ? name + "-" : "";
    List<Map<String, Object>> pods = new ArrayList<>();
    for (int i = 0; i < agents; i++) {
      pods.add(object("Pod", name, prefix + "agent-" + i, Names.PROCESS, "agent-" + i));
    }
    Map<String, Object> board = object("Service", name, prefix + "board", Names.KIND, "service");
    Tree.make(board, "metadata", "annotations").put(Names.SERVICE, "board");
    Tree.make(board, "spec").put("type", "LoadBalancer");
    return new PlannedExperiment(
        name,
        "launch-1",
        namespace,
        shared,
        object(
            shared ? "ConfigMap" : "Namespace",
            name,
            name,
            Names.KIND,
            shared ? "anchor" : "namespace"),
        List.of(object("ConfigMap", name, prefix + "symphony-plan", Names.KIND, "plan"), board),
        pods,
        List.of(),
        List.of(
            new PlannedService(
                "board", prefix + "board", new ProcessName(null, "agent-0"), 6006, true, true)),
        Map.of());
  }

  static Map<String, Object> object(
      String kind, String experiment, String name, String label, String value) {
    Map<String, Object> labels =
        Tree.of(
            Names.MANAGED_BY,
            Names.SYMPHONY,
            Names.EXPERIMENT,
            experiment,
            Names.LAUNCH,
            "launch-1",
            label,
            value);
    return Tree.of(
        "apiVersion", "v1", "kind", kind, "metadata", Tree.of("name", name, "labels", labels));
  }
}
