package dev.symphony.kube.internal.plan;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.KubeExperimentSpec;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.PlainText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plans experiments without a cluster. */
final class PlanFixture {
  final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/nobody"));
  Path workingDirectory = Path.of("/");
  OwnImage ownImage = OwnImage.NONE;
  Settings settings = settings(null, false, "me/app:1");

  static Settings settings(
      @org.jspecify.annotations.Nullable String namespace,
      boolean forward,
      @org.jspecify.annotations.Nullable String image) {
    return new Settings(
        "here", namespace, forward, image, "/app/classes:/app/libs/*", Map.of(), List.of());
  }

  static ExperimentSpec experiment() {
    return new KubeExperimentSpec("rl");
  }

  PlannedExperiment plan(ExperimentSpec spec) {
    ClusterContext context = ClusterContext.of(environment, workingDirectory);
    return new Planner(settings, context, ownImage, () -> "launch-1").plan(spec);
  }

  /** All but the kept plan, whose bytes depend on the Java that packed them. */
  String yaml(ExperimentSpec spec) {
    return PlanText.yaml(withoutKeptPlan(plan(spec)));
  }

  static PlannedExperiment withoutKeptPlan(PlannedExperiment plan) {
    List<Map<String, Object>> others = new ArrayList<>();
    for (Map<String, Object> object : plan.others()) {
      if (!"plan".equals(Tree.text(object, "metadata", "labels", Names.KIND))) {
        others.add(object);
      }
    }
    return new PlannedExperiment(
        plan.experiment(),
        plan.launchId(),
        plan.namespace(),
        plan.shared(),
        plan.holder(),
        others,
        plan.pods(),
        plan.processes(),
        plan.services(),
        plan.declaration());
  }

  /** The spec of the first pod. */
  String podSpec(ExperimentSpec spec) {
    return PlainText.yaml(Tree.map(plan(spec).pods().get(0), "spec"));
  }

  /** The first container of the first pod. */
  Map<String, Object> container(ExperimentSpec spec) {
    return Tree.map(Tree.list(plan(spec).pods().get(0), "spec", "containers").get(0));
  }

  /** Why it cannot be planned. */
  String refusal(ExperimentSpec spec) {
    return String.valueOf(assertThrows(SymphonyException.class, () -> plan(spec)).getMessage());
  }
}
