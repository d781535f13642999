package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.Tree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the server refuses stops a launch with its own words, and nothing is left. */
@ExtendWith(RealCluster.class)
final class RefusalClusterIT {
  private static KubeExperimentSpec agents(KubeCluster cluster, String name, int count) {
    KubeExperimentSpec experiment = cluster.newExperiment(name);
    experiment.newProcesses("agent", count, (agent, i) -> agent.command("true"));
    experiment.newProcess("server").command("true").binds("board");
    return experiment;
  }

  private static String refused(KubeCluster cluster, KubeExperimentSpec experiment) {
    SymphonyException e = assertThrows(SymphonyException.class, () -> cluster.launch(experiment));
    return String.valueOf(e.getMessage());
  }

  private static void create(
      KubeTest test, String namespace, String kind, Map<String, Object> spec) {
    Map<String, Object> object =
        Tree.of(
            "apiVersion", "v1", "kind", kind, "metadata", Tree.of("name", "small"), "spec", spec);
    String plural = kind.toLowerCase(java.util.Locale.ROOT) + "s";
    test.api().create("/api/v1/namespaces/" + namespace + "/" + plural, object, true);
  }

  private static void assertNothingLeft(KubeTest test, String namespace) {
    for (String plural : List.of("pods", "services", "secrets", "configmaps")) {
      String selector = "?labelSelector=app.kubernetes.io%2Fmanaged-by%3Dsymphony";
      String path = "/api/v1/namespaces/" + namespace + "/" + plural + selector;
      // A launch that failed waits a minute for that, and a busy node may take longer.
      KubeTest.waitFor(
          plural + " are gone", () -> Tree.list(test.api().get(path), "items").isEmpty());
    }
  }

  @Test
  void aQuota(KubeTest test) {
    String namespace = test.namespace("quota");
    create(test, namespace, "ResourceQuota", Tree.of("hard", Tree.of("pods", "2")));
    KubeCluster cluster = test.cluster(options -> options.namespace(namespace));
    KubeTest.waitFor(
        "the quota counts",
        () ->
            Tree.text(
                    test.api().get("/api/v1/namespaces/" + namespace + "/resourcequotas/small"),
                    "status",
                    "hard",
                    "pods")
                != null);

    String message = refused(cluster, agents(cluster, test.name("rl"), 30));

    assertTrue(message.contains("process agent-"), message);
    assertTrue(message.contains("exceeded quota: small"), message);
    assertNothingLeft(test, namespace);
  }

  @Test
  void aLimitRange(KubeTest test) {
    String namespace = test.namespace("limits");
    Map<String, Object> limit = Tree.of("type", "Container", "max", Tree.of("memory", "64Mi"));
    create(test, namespace, "LimitRange", Tree.of("limits", List.of(limit)));
    KubeCluster cluster = test.cluster(options -> options.namespace(namespace));
    KubeExperimentSpec experiment = agents(cluster, test.name("rl"), 2);
    experiment.newProcess("big").command("true").resourceLimit(null, "100Mi");

    String message = refused(cluster, experiment);

    assertTrue(message.contains("process big: "), message);
    assertTrue(message.contains("maximum memory usage per Container is 64Mi"), message);
    assertNothingLeft(test, namespace);
  }

  @Test
  void aNameThatOthersHave(KubeTest test) {
    String namespace = test.namespace("conflict");
    String name = test.name("rl");
    test.runPod(namespace, name + "-agent-1", Tree.of(), "sleep", "600");
    KubeCluster cluster = test.cluster(options -> options.namespace(namespace));

    String message = refused(cluster, agents(cluster, name, 3));

    assertTrue(message.contains("process agent-1: "), message);
    assertTrue(message.contains("already exists"), message);
    assertNothingLeft(test, namespace);
    String theirs = "/api/v1/namespaces/" + namespace + "/pods/" + name + "-agent-1";
    assertEquals(null, Tree.at(test.api().get(theirs), "metadata", "deletionTimestamp"));
  }

  @Test
  void podSecurity(KubeTest test) {
    // From the beginning: the server may take a moment to know a label that is added.
    Map<String, Object> labels = Tree.of("pod-security.kubernetes.io/enforce", "restricted");
    String namespace = test.namespace("restricted", labels);
    KubeCluster cluster = test.cluster(options -> options.namespace(namespace));

    String message = refused(cluster, agents(cluster, test.name("rl"), 3));

    assertTrue(message.contains("violates PodSecurity \"restricted"), message);
    assertTrue(message.contains("process agent-") || message.contains("process server"), message);
    assertNothingLeft(test, namespace);
  }

  @Test
  void aFieldThatDoesNotExist(KubeTest test) {
    KubeCluster cluster = test.cluster();
    String name = test.name("typo");
    KubeExperimentSpec experiment = agents(cluster, name, 2);
    experiment
        .newProcess("odd")
        .command("true")
        .getSections()
        .put("kube", Tree.of("pod", Tree.of("spec", Tree.of("nodSelector", Tree.of()))));

    SymphonyException checked =
        assertThrows(SymphonyException.class, () -> cluster.validate(cluster.plan(experiment)));
    assertTrue(
        checked.getMessage().startsWith("process odd: ")
            && checked.getMessage().contains("unknown field \"spec.nodSelector\""),
        checked.getMessage());

    String message = refused(cluster, experiment);
    assertTrue(message.contains("process odd: "), message);
    assertTrue(message.contains("unknown field \"spec.nodSelector\""), message);
    KubeTest.waitFor("it is gone", () -> test.api().find("/api/v1/namespaces/" + name) == null);
  }

  @Test
  void aVerbThatTheUserLacks(KubeTest test) {
    String namespace = test.namespace("rights");
    List<String> all = List.of("create", "get", "list", "patch", "delete", "deletecollection");
    Path kubeconfig =
        KubeUser.withRole(
            test,
            namespace,
            Map.of(
                "configmaps",
                all,
                "services",
                all,
                "secrets",
                all,
                "pods",
                List.of("get", "list", "delete")));
    KubeCluster cluster =
        test.cluster(options -> options.namespace(namespace).kubeconfig(kubeconfig));

    String message = refused(cluster, agents(cluster, test.name("rl"), 3));

    assertTrue(message.contains("process agent-0: "), message);
    assertTrue(message.contains("cannot create resource \"pods\""), message);
    assertNothingLeft(test, namespace);

    KubeCluster own = test.cluster(options -> options.kubeconfig(kubeconfig));
    String noNamespaces = refused(own, agents(own, test.name("own"), 1));
    assertTrue(noNamespaces.contains("cannot "), noNamespaces);
    assertTrue(noNamespaces.contains("--namespace"), noNamespaces);
  }
}
