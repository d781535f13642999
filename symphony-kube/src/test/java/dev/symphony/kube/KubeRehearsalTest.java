package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.State;
import dev.symphony.spi.ClusterContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeRehearsalTest {
  /** A rehearsal that fails half way leaves out what commands load behind that, in silence. */
  @Test
  void theClusterMadeUpForARehearsalAnswersWhatItIsAsked(@TempDir Path directory) {
    ClusterContext context = ClusterContext.of(Map.of("HOME", directory.toString()), directory);
    AtomicInteger played = new AtomicInteger();
    new KubeProvider()
        .rehearse(
            directory,
            context,
            clusters -> {
              try (Cluster cluster = clusters.get()) {
                assertEquals(List.of(KubeRehearsal.EXPERIMENT), cluster.listExperiments());
                ExperimentStatus one = cluster.describeExperiment(KubeRehearsal.EXPERIMENT);
                assertEquals(State.RUNNING, one.state());
                assertEquals("p", one.processes().get(0).name().toString());
                played.incrementAndGet();
              }
            });
    assertEquals(1, played.get());
  }
}
