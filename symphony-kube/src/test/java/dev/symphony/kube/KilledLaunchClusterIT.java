package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A launcher that is killed leaves an experiment that is listed and can be deleted, or nothing. */
@ExtendWith(RealCluster.class)
final class KilledLaunchClusterIT {
  private static final int PROCESSES = 60;

  @Test
  void inANamespaceOfItsOwn(KubeTest test) throws Exception {
    KubeCluster cluster = test.cluster();
    for (int made : List.of(0, 30)) {
      String name = test.name("killed-" + made);
      kill(test, name, name, made);

      if (cluster.listExperiments().contains(name)) {
        cluster.describeExperiment(name);
        cluster.delete(name);
      }

      assertNull(test.api().find("/api/v1/namespaces/" + name));
    }
  }

  @Test
  void inASharedNamespace(KubeTest test) throws Exception {
    String namespace = test.namespace("team");
    KubeCluster cluster = test.cluster(options -> options.namespace(namespace));
    for (int made : List.of(0, 1, 40)) {
      String name = test.name("killed-" + made);
      kill(test, name, namespace, made);

      if (cluster.listExperiments().contains(name)) {
        cluster.describeExperiment(name);
        cluster.delete(name);
      }

      // What the server was still making goes with its owner, a little later.
      for (String plural : List.of("pods", "configmaps", "services")) {
        KubeTest.waitFor(
            plural + " are gone", () -> names(test.api(), namespace, name, plural).isEmpty());
      }
    }
  }

  @Test
  void anInterruptEndsItAtOnceAndLeavesNothing(KubeTest test) throws Exception {
    KubeCluster cluster = test.cluster();
    String name = test.name("interrupted");
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread launching =
        new Thread(() -> cluster.launch(LaunchProgram.experiment(cluster, name, 400)));
    launching.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
    launching.start();
    KubeTest.waitFor("the launch has begun", () -> isMade(test.api(), name, name, 1));

    launching.interrupt();
    launching.join();

    assertTrue(thrown.get() instanceof SymphonyException, String.valueOf(thrown.get()));
    assertTrue(thrown.get().getMessage().contains("interrupted"), thrown.get().getMessage());
    KubeTest.waitFor("it is gone", () -> test.api().find("/api/v1/namespaces/" + name) == null);
  }

  /** Kills a launcher as soon as so many pods are there; 0 for as soon as anything is. */
  private static void kill(KubeTest test, String name, String namespace, int made)
      throws Exception {
    String count = Integer.toString(PROCESSES);
    Process launcher =
        namespace.equals(name)
            ? LaunchProgram.start(test, test.context(), name, count)
            : LaunchProgram.start(test, test.context(), name, count, namespace);
    try {
      KubeTest.waitFor(
          "the launch has begun",
          () -> !launcher.isAlive() || isMade(test.api(), namespace, name, made));
    } finally {
      launcher.destroyForcibly();
    }
    launcher.waitFor();
  }

  private static boolean isMade(KubeApi api, String namespace, String name, int made) {
    if (made > 0) {
      return names(api, namespace, name, "pods").size() >= made;
    }
    return namespace.equals(name)
        ? api.find("/api/v1/namespaces/" + name) != null
        : !names(api, namespace, name, "configmaps").isEmpty();
  }

  private static List<Object> names(KubeApi api, String namespace, String name, String plural) {
    String selector = KubeApi.encode(Names.EXPERIMENT + "=" + name);
    String path = "/api/v1/namespaces/" + namespace + "/" + plural + "?labelSelector=" + selector;
    return Tree.list(api.get(path), "items").stream()
        .map(item -> Tree.at(item, "metadata", "name"))
        .toList();
  }
}
