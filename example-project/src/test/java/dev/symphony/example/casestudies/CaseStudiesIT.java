package dev.symphony.example.casestudies;

import dev.symphony.engine.Cluster;
import dev.symphony.example.Surroundings;
import dev.symphony.spi.ClusterContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The case studies on every backend of one machine. */
class CaseStudiesIT {
  @TempDir Path directory;
  private Map<String, String> environment;

  @BeforeEach
  void prepare() throws Exception {
    environment = Surroundings.below(directory);
  }

  @AfterEach
  void end() throws Exception {
    for (String backend : List.of("local", "tmux")) {
      try (Cluster cluster = cluster(backend)) {
        cluster.deleteBatch(cluster.listExperiments());
      }
    }
    Surroundings.endTmux(environment);
  }

  private Cluster cluster(String backend) {
    Map<String, String> all = new HashMap<>(System.getenv());
    all.putAll(environment);
    return Cluster.of(backend, Map.of(), ClusterContext.of(all, directory));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "tmux"})
  void threePlainProcessesGreetEachOtherInARing(String backend) throws Exception {
    try (Cluster cluster = cluster(backend)) {
      new CaseStudies(cluster, "", "").threePlainProcessesGreetEachOtherInARing();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "tmux"})
  void twoOfTheRingMayShareAGroup(String backend) throws Exception {
    try (Cluster cluster = cluster(backend)) {
      new CaseStudies(cluster, "", "").twoOfTheRingMayShareAGroup();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "tmux"})
  void aTreeOfGroupsIntegratesASquare(String backend) throws Exception {
    try (Cluster cluster = cluster(backend)) {
      new CaseStudies(cluster, "", "").aTreeOfGroupsIntegratesASquare();
    }
  }
}
