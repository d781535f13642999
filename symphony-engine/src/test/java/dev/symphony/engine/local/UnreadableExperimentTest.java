package dev.symphony.engine.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.ClusterContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands under an experiment's name can be removed. */
class UnreadableExperimentTest {
  @TempDir Path directory;

  @Test
  void deletesADirectoryThatStateRemovedByHandHasLeft() throws Exception {
    Files.writeString(experiment().resolve("samples"), "1 1 0=1");
    try (Cluster cluster = cluster()) {
      assertEquals(List.of("left"), cluster.listExperiments());
      cluster.delete("left");
      assertEquals(List.of(), cluster.listExperiments());
    }
  }

  @Test
  void forgetsAnExperimentWhoseIndexIsDamagedAsItsErrorSays() throws Exception {
    Files.writeString(experiment().resolve("index"), "symphony 2\nlaunch x\n");
    try (Cluster cluster = cluster()) {
      SymphonyException refused =
          assertThrows(SymphonyException.class, () -> cluster.delete("left"));
      assertTrue(String.valueOf(refused.getMessage()).contains("'delete --forget'"));
      cluster.forget("left");
      assertEquals(List.of(), cluster.listExperiments());
    }
  }

  private Path experiment() throws Exception {
    return Files.createDirectories(directory.resolve("state/local/experiments/left"));
  }

  private Cluster cluster() {
    Map<String, String> environment =
        Map.of(
            "HOME", directory.toString(), "SYMPHONY_HOME", directory.resolve("state").toString());
    return LocalCluster.create(ClusterContext.of(environment, directory));
  }
}
