package dev.symphony.example.casestudies;

import dev.symphony.engine.Cluster;
import dev.symphony.example.ExampleImage;
import dev.symphony.example.Surroundings;
import dev.symphony.kube.RealCluster;
import dev.symphony.spi.ClusterContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The case studies on a real cluster. */
@ExtendWith(RealCluster.class)
class CaseStudiesOnKubeClusterIT {
  @TempDir Path directory;
  private final String suffix =
      "-" + Integer.toString(ThreadLocalRandom.current().nextInt(0x1000000), 36);
  private Cluster cluster;
  private CaseStudies studies;

  @BeforeEach
  void prepare() throws Exception {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putAll(Surroundings.below(directory));
    cluster =
        Cluster.of(
            "kube",
            Map.of("context", RealCluster.context()),
            ClusterContext.of(environment, directory));
    studies = new CaseStudies(cluster, suffix, ExampleImage.name());
  }

  @AfterEach
  void end() {
    List<String> left =
        cluster.listExperiments().stream().filter(name -> name.endsWith(suffix)).toList();
    cluster.deleteBatch(left);
    cluster.close();
  }

  @Test
  void threePlainProcessesGreetEachOtherInARing() throws Exception {
    studies.threePlainProcessesGreetEachOtherInARing();
  }

  @Test
  void twoOfTheRingMayShareAGroup() throws Exception {
    studies.twoOfTheRingMayShareAGroup();
  }

  @Test
  void aTreeOfGroupsIntegratesASquare() throws Exception {
    studies.aTreeOfGroupsIntegratesASquare();
  }
}
