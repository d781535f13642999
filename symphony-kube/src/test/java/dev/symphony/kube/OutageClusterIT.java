package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symphony.kube.internal.api.Tree;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The API server goes away in the middle and comes back. Everybody on the cluster sees that, so
 * these run while nothing else does.
 */
@ExtendWith(RealCluster.class)
@Tag("outage")
final class OutageClusterIT {
  private static final int PROCESSES = 150;

  @Test
  void aLaunchSurvivesIt(KubeTest test) throws Exception {
    String name = test.name("outage");
    Process launcher = LaunchProgram.start(test, test.context(), name, Integer.toString(PROCESSES));
    String pods = "/api/v1/namespaces/" + name + "/pods";
    try {
      KubeTest.waitFor(
          "the launch has begun",
          () -> !launcher.isAlive() || Tree.list(test.api().get(pods), "items").size() >= 5);
      try {
        test.clusterCommand("stop-apiserver");
      } finally {
        test.clusterCommand("start-apiserver");
      }
      String said = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertEquals(0, launcher.waitFor(), said);
      assertEquals(1, said.lines().filter(line -> line.contains("does not answer")).count(), said);
    } finally {
      launcher.destroyForcibly();
    }
    assertEquals(PROCESSES + 1, Tree.list(test.api().get(pods), "items").size());
    test.cluster().delete(name);
  }
}
