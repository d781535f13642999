package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.AlreadyExistsException;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.State;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user with the ClusterRole {@code edit} in one namespace does the whole round there. */
@ExtendWith(RealCluster.class)
final class SharedNamespaceClusterIT {
  private static final ProcessName AGENT = new ProcessName(null, "agent");

  private static KubeExperimentSpec experiment(KubeCluster cluster, String name) {
    KubeExperimentSpec experiment = cluster.newExperiment(name);
    experiment
        .newProcess("agent")
        .shell("trap 'exit 0' TERM; while :; do sleep 0.1; done")
        .binds("board")
        .gracePeriod(Duration.ofSeconds(2));
    return experiment;
  }

  @Test
  void theWholeRound(KubeTest test) {
    String namespace = test.namespace("team");
    test.runPod(namespace, "theirs", Tree.of(), "sleep", "600");
    Path kubeconfig = KubeUser.withClusterRole(test, namespace, "edit");
    KubeCluster cluster =
        test.cluster(options -> options.namespace(namespace).kubeconfig(kubeconfig));
    String one = test.name("one");
    String two = test.name("two");

    assertEquals(
        1, cluster.validate(cluster.plan(experiment(cluster, one))).size(), "quotas as a whole");
    cluster.launch(experiment(cluster, one));
    cluster.launch(experiment(cluster, two));
    assertThrows(AlreadyExistsException.class, () -> cluster.launch(experiment(cluster, two)));
    assertEquals(List.of(one, two), cluster.listExperiments());
    waitForState(cluster, one, State.RUNNING);
    waitForState(cluster, two, State.RUNNING);

    assertEquals(List.of(AGENT), cluster.stop(one, List.of()));
    assertEquals(State.STOPPED, cluster.describeProcess(one, AGENT).state());
    assertEquals(List.of(AGENT), cluster.start(one, List.of()));
    waitForState(cluster, one, State.RUNNING);
    assertOwned(test, namespace, one, one + "-agent.r2");

    cluster.delete(one);

    assertEquals(List.of(two), cluster.listExperiments());
    assertEquals(State.RUNNING, cluster.describeProcess(two, AGENT).state());
    assertEquals(List.of(), leftOf(test, namespace, one));
    cluster.delete(two);
    assertEquals(List.of(), leftOf(test, namespace, two));
    assertNotNull(test.api().find("/api/v1/namespaces/" + namespace + "/pods/theirs"));
    assertNull(test.api().find("/api/v1/namespaces/" + one));
  }

  /** The objects of x with its y-agent, and of x-y with its agent, have the same names. */
  @Test
  void aNameThatAnotherExperimentHasIsSaidToBeItsOwn(KubeTest test) {
    String namespace = test.namespace("clash");
    KubeCluster cluster = test.cluster(options -> options.namespace(namespace));
    String name = test.name("x");
    KubeExperimentSpec first = cluster.newExperiment(name);
    first.newProcess("y-agent").command("sleep", "600");
    cluster.launch(first);

    AlreadyExistsException pod =
        assertThrows(
            AlreadyExistsException.class, () -> cluster.launch(experiment(cluster, name + "-y")));
    AlreadyExistsException anchor =
        assertThrows(
            AlreadyExistsException.class,
            () -> cluster.launch(experiment(cluster, name + "-symphony-plan")));

    assertTrue(pod.getMessage().contains("process agent: "), pod.getMessage());
    for (AlreadyExistsException refusal : List.of(pod, anchor)) {
      assertTrue(
          refusal.getMessage().contains(" belongs to experiment " + name + ";"),
          refusal.getMessage());
    }
    assertEquals(List.of(name), cluster.listExperiments());
    cluster.delete(name);
    assertEquals(List.of(), cluster.listExperiments());
  }

  @Test
  void aConfigMapOfOthersKeepsItsName(KubeTest test) {
    String namespace = test.namespace("taken");
    String name = test.name("theirs");
    Map<String, Object> theirs =
        Tree.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", Tree.of("name", name));
    test.api().create("/api/v1/namespaces/" + namespace + "/configmaps", theirs, true);
    KubeCluster cluster = test.cluster(options -> options.namespace(namespace));

    AlreadyExistsException e =
        assertThrows(AlreadyExistsException.class, () -> cluster.launch(experiment(cluster, name)));

    assertTrue(e.getMessage().contains("is not Symphony's"), e.getMessage());
  }

  private static void waitForState(KubeCluster cluster, String name, State state) {
    KubeTest.waitFor(
        name + " is " + state, () -> cluster.describeProcess(name, AGENT).state() == state);
  }

  /** All go with their anchor, even where a deletion is broken off. */
  private static void assertOwned(KubeTest test, String namespace, String name, String pod) {
    String path = "/api/v1/namespaces/" + namespace;
    Object anchor = Tree.at(test.api().get(path + "/configmaps/" + name), "metadata", "uid");
    Map<String, Object> made = test.api().get(path + "/pods/" + pod);
    Object owner = Tree.list(made, "metadata", "ownerReferences").get(0);
    assertEquals(anchor, Tree.at(owner, "uid"));
  }

  private static List<String> leftOf(KubeTest test, String namespace, String name) {
    List<String> left = new ArrayList<>();
    for (String plural : List.of("pods", "services", "secrets", "configmaps")) {
      String path =
          "/api/v1/namespaces/" + namespace + "/" + plural + "?labelSelector=" + Names.EXPERIMENT;
      for (Object item : Tree.list(test.api().get(path + "%3D" + name), "items")) {
        left.add(plural + "/" + Tree.text(item, "metadata", "name"));
      }
    }
    return left;
  }
}
