package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The least rights with which experiments are launched, stopped, started and deleted. */
@ExtendWith(RealCluster.class)
final class RightsClusterIT {
  private static final ProcessName AGENT = new ProcessName(null, "agent");

  private static final Map<String, List<String>> IN_ONE_NAMESPACE =
      Map.of(
          "pods", List.of("create", "get", "list", "patch", "delete"),
          "pods/log", List.of("get"),
          "configmaps", List.of("create", "get", "list", "patch", "delete"),
          "services", List.of("create", "list", "delete"),
          "secrets", List.of("create", "list", "delete"));

  private static final Map<String, List<String>> EVERYWHERE =
      Map.of(
          "namespaces", List.of("create", "get", "list", "delete"),
          "pods", List.of("create", "get", "list", "patch", "delete", "deletecollection"),
          "pods/log", List.of("get"),
          "configmaps", List.of("create", "get", "list", "patch"),
          "services", List.of("create", "list", "delete"),
          "secrets", List.of("create"));

  private static void wholeRound(KubeCluster cluster, String name) {
    KubeExperimentSpec experiment = cluster.newExperiment(name);
    experiment
        .newProcess("agent")
        .shell("trap 'exit 0' TERM; while :; do sleep 0.1; done")
        .secret("TOKEN", dev.symphony.engine.Secret.of("a-long-secret"))
        .binds("board")
        .gracePeriod(Duration.ofSeconds(2));
    cluster.launch(experiment);
    waitUntilRunning(cluster, name);
    assertEquals(List.of(AGENT), cluster.stop(name, List.of()));
    assertEquals(State.STOPPED, cluster.describeProcess(name, AGENT).state());
    cluster.start(name, List.of());
    waitUntilRunning(cluster, name);
    cluster.delete(name);
    assertFalse(cluster.listExperiments().contains(name));
  }

  private static void waitUntilRunning(KubeCluster cluster, String name) {
    KubeTest.waitFor(
        "it runs", () -> cluster.describeProcess(name, AGENT).state() == State.RUNNING);
  }

  @Test
  void aRoleInOneNamespace(KubeTest test) {
    String namespace = test.namespace("role");
    Path kubeconfig = KubeUser.withRole(test, namespace, IN_ONE_NAMESPACE);
    wholeRound(
        test.cluster(options -> options.namespace(namespace).kubeconfig(kubeconfig)),
        test.name("least"));
  }

  @Test
  void aClusterRole(KubeTest test) {
    String home = test.namespace("home");
    Path kubeconfig = KubeUser.everywhere(test, home, EVERYWHERE);
    wholeRound(test.cluster(options -> options.kubeconfig(kubeconfig)), test.name("least"));
  }
}
