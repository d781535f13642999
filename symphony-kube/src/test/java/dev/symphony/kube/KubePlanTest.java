package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.Secret;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.kube.internal.plan.Planner;
import dev.symphony.kube.internal.plan.Settings;
import dev.symphony.spi.ClusterContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class KubePlanTest {
  private static KubePlan plan(KubeExperimentSpec spec) {
    Settings settings = new Settings("here", null, false, "me/app:1", "/app", Map.of(), List.of());
    ClusterContext context = ClusterContext.of(Map.of("HOME", "/"), Path.of("/"));
    return new KubePlan("here", new Planner(settings, context).plan(spec), null);
  }

  @Test
  void saysWhatItIsAPlanOf() {
    KubeExperimentSpec rl = new KubeExperimentSpec("rl");
    rl.newProcessGroup("g").newProcess("learner").binds("replay").exposes("web", 80);
    rl.newProcess("agent");
    KubePlan plan = plan(rl);
    assertEquals("rl", plan.experiment());
    assertEquals("kube", plan.backend());
    assertEquals("plan of rl for kube, 2 processes", plan.toString());
    ProcessName learner = new ProcessName("g", "learner");
    assertEquals(List.of(learner, new ProcessName(null, "agent")), plan.processNames());
    ServiceAddress replay = plan.services().get(0);
    assertEquals("replay.rl", replay.host());
    assertEquals(7000, replay.port());
    assertEquals(learner, replay.process());
    assertTrue(plan.services().get(1).exposed());
    assertEquals("rl", plan.declaration().get("name"));
  }

  @Test
  void printsADocumentForEachObjectInTheOrderOfTheirCreation() {
    KubeExperimentSpec rl = new KubeExperimentSpec("rl");
    rl.secret("TOKEN", Secret.of("t0psecret"));
    rl.newProcess("agent").binds("replay").env("URL", "t0psecret@x");
    String yaml = plan(rl).toYaml();
    List<String> kinds = new ArrayList<>();
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
      kinds.add(String.valueOf(((Map<?, ?>) document).get("kind")));
    }
    assertEquals(List.of("Namespace", "Secret", "ConfigMap", "Service", "Pod"), kinds);
    assertFalse(yaml.contains("t0psecret"));
    assertTrue(yaml.contains("# Values of secrets are masked here; launching uses the real ones."));
  }

  @Test
  void launchesOfOneDeclarationAreToldApart() {
    KubeExperimentSpec rl = new KubeExperimentSpec("rl");
    rl.newProcess("agent");
    assertFalse(plan(rl).planned().launchId().equals(plan(rl).planned().launchId()));
  }
}
