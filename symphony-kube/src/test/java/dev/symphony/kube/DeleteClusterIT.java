package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.LaunchOptions;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.State;
import dev.symphony.kube.internal.api.KubeApi.Patch;
import dev.symphony.kube.internal.api.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a deletion waits for, and says. */
@ExtendWith(RealCluster.class)
final class DeleteClusterIT {
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  private static KubeExperimentSpec sleeper(KubeCluster cluster, String name) {
    KubeExperimentSpec experiment = cluster.newExperiment(name);
    experiment.newProcess("agent").command("sleep", "600").gracePeriod(Duration.ofSeconds(1));
    return experiment;
  }

  private static void waitUntilRunning(KubeCluster cluster, String name) {
    ProcessName agent = new ProcessName(null, "agent");
    KubeTest.waitFor(
        "agent runs", () -> cluster.describeProcess(name, agent).state() == State.RUNNING);
  }

  @Test
  void saysForHowManyPodsItWaits(KubeTest test) {
    KubeCluster cluster = test.cluster();
    String name = test.name("slow");
    KubeExperimentSpec experiment = cluster.newExperiment(name);
    experiment
        .newProcess("agent")
        .shell("trap '' TERM; while :; do sleep 1; done")
        .gracePeriod(Duration.ofSeconds(15));
    cluster.launch(experiment);
    waitUntilRunning(cluster, name);
    cluster.setProgress(KubeTest.unlessSlow(told::add));

    cluster.delete(name);

    assertEquals("waiting for 1 pod to end (grace period 15 s)", told.get(0));
    assertNull(test.api().find("/api/v1/namespaces/" + name));
  }

  @Test
  void saysWhatHoldsItUpAndTakesNoFinalizerAway(KubeTest test) {
    KubeCluster cluster = test.cluster();
    String name = test.name("held");
    cluster.launch(sleeper(cluster, name));
    String maps = "/api/v1/namespaces/" + name + "/configmaps";
    Map<String, Object> held =
        Tree.of(
            "apiVersion",
            "v1",
            "kind",
            "ConfigMap",
            "metadata",
            Tree.of("name", "held", "finalizers", List.of("example.org/held")));
    test.api().create(maps, held, true);
    AtomicBoolean patched = new AtomicBoolean();
    cluster.setProgress(
        line -> {
          told.add(line);
          // It may be told again before the patch has its effect.
          if (line.contains("example.org/held") && patched.compareAndSet(false, true)) {
            Map<String, Object> none = Tree.of("finalizers", List.of());
            test.api().patch(maps + "/held", Patch.MERGE, Tree.of("metadata", none));
          }
        });

    cluster.delete(name);

    assertTrue(
        told.stream()
            .anyMatch(
                line ->
                    line.startsWith("namespace " + name + " is still there: ")
                        && line.contains("configmaps")),
        told.toString());
  }

  @Test
  void twoDeletionsAtOnceBothEnd(KubeTest test) throws Exception {
    KubeCluster cluster = test.cluster();
    String name = test.name("twice");
    cluster.launch(sleeper(cluster, name));
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    Thread other = new Thread(() -> cluster.delete(name));
    other.setUncaughtExceptionHandler((thread, e) -> failures.add(e));
    other.start();

    cluster.delete(name);
    other.join();

    assertEquals(List.of(), failures);
    assertNull(test.api().find("/api/v1/namespaces/" + name));
  }

  @Test
  void forceReplacesAnExperiment(KubeTest test) {
    KubeCluster cluster = test.cluster();
    String name = test.name("again");
    cluster.launch(sleeper(cluster, name));
    String before = cluster.describeExperiment(name).launchId();

    cluster.launch(sleeper(cluster, name), LaunchOptions.forced());

    assertTrue(!before.equals(cluster.describeExperiment(name).launchId()));
    cluster.delete(name);
  }
}
