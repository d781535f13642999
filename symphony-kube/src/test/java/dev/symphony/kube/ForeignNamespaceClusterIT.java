package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.AlreadyExistsException;
import dev.symphony.engine.LaunchOptions;
import dev.symphony.engine.NotFoundException;
import dev.symphony.kube.internal.api.KubeApi.Patch;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Symphony did not make it neither shows nor touches. */
@ExtendWith(RealCluster.class)
final class ForeignNamespaceClusterIT {
  private static void assertUntouchable(KubeTest test, String namespace) {
    String path = "/api/v1/namespaces/" + namespace;
    Object before = Tree.at(test.api().get(path), "metadata", "resourceVersion");
    KubeCluster cluster = test.cluster();
    KubeExperimentSpec experiment = cluster.newExperiment(namespace);
    experiment.newProcess("agent").command("true");

    assertFalse(cluster.listExperiments().contains(namespace));
    assertThrows(NotFoundException.class, () -> cluster.describeExperiment(namespace));
    assertThrows(NotFoundException.class, () -> cluster.delete(namespace));
    assertThrows(NotFoundException.class, () -> cluster.stop(namespace, List.of()));
    for (LaunchOptions options : List.of(LaunchOptions.defaults(), LaunchOptions.forced())) {
      AlreadyExistsException e =
          assertThrows(AlreadyExistsException.class, () -> cluster.launch(experiment, options));
      assertEquals(4, e.exitCode());
      assertTrue(e.getMessage().contains("is not Symphony's"), e.getMessage());
    }
    assertThrows(AlreadyExistsException.class, () -> cluster.validate(cluster.plan(experiment)));

    assertNotNull(test.api().find(path + "/pods/theirs"));
    assertEquals(before, Tree.at(test.api().get(path), "metadata", "resourceVersion"));
  }

  @Test
  void aNamespaceOfOthers(KubeTest test) {
    String namespace = test.namespace("foreign");
    test.runPod(namespace, "theirs", Tree.of(), "sleep", "600");
    assertUntouchable(test, namespace);
  }

  @Test
  void aNamespaceThatOnlyLooksLikeOurs(KubeTest test) {
    String namespace = test.namespace("lookalike");
    test.runPod(namespace, "theirs", Tree.of(), "sleep", "600");
    test.api()
        .patch(
            "/api/v1/namespaces/" + namespace,
            Patch.MERGE,
            Tree.of(
                "metadata",
                Tree.of(
                    "labels",
                    Tree.of(
                        Names.MANAGED_BY, Names.SYMPHONY,
                        Names.KIND, "namespace",
                        Names.EXPERIMENT, "another",
                        Names.LAUNCH, "1"))));
    assertUntouchable(test, namespace);
  }
}
