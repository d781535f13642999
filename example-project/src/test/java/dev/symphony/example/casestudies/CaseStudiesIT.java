package dev.symphony.example.casestudies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.LogOptions;
import dev.symphony.engine.LogStream;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.State;
import dev.symphony.engine.Verdict;
import dev.symphony.example.Surroundings;
import dev.symphony.spi.ClusterContext;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that talk to each other, plain and in groups, on every backend of one machine. */
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

  private static ProcessSpec member(ProcessSpec process, int member) {
    return process
        .main(RingMember.class, "--member", Integer.toString(member))
        .jvmOptions("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
        .binds(RingMember.service(member))
        .connects(RingMember.service((member + 1) % 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "tmux"})
  void threePlainProcessesGreetEachOtherInARing(String backend) throws Exception {
    try (Cluster cluster = cluster(backend)) {
      ExperimentSpec ring = cluster.newExperiment("ring");
      for (int i = 0; i < 3; i++) {
        member(ring.newProcess("member-" + i), i);
      }
      succeed(cluster, ring);
      for (int i = 0; i < 3; i++) {
        assertGreeted(cluster, "member-" + i, (i + 2) % 3);
      }
      cluster.delete("ring");
      assertEquals(List.of(), cluster.listExperiments());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "tmux"})
  void twoOfTheRingMayShareAGroup(String backend) throws Exception {
    try (Cluster cluster = cluster(backend)) {
      ExperimentSpec ring = cluster.newExperiment("ring");
      member(ring.newProcess("member-0"), 0);
      ProcessGroupSpec others = ring.newProcessGroup("others");
      member(others.newProcess("member-1"), 1);
      member(others.newProcess("member-2"), 2);
      succeed(cluster, ring);
      assertGreeted(cluster, "member-0", 2);
      assertGreeted(cluster, "others/member-1", 0);
      assertGreeted(cluster, "others/member-2", 1);
      cluster.delete("ring");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "tmux"})
  void aTreeOfGroupsIntegratesASquare(String backend) throws Exception {
    try (Cluster cluster = cluster(backend)) {
      ExperimentSpec tree = cluster.newExperiment("integration");
      small(tree.newProcess("supermaster").main(IntegrationSupermaster.class))
          .binds(Integration.SUPERMASTER);
      for (int g = 0; g < 2; g++) {
        String index = Integer.toString(g);
        int workers = 2 + 2 * g;
        ProcessGroupSpec group = tree.newProcessGroup("group" + g);
        small(
                group
                    .newProcess("master")
                    .main(
                        IntegrationGroupMaster.class,
                        "--group",
                        index,
                        "--workers",
                        Integer.toString(workers)))
            .binds(Integration.groupService(g))
            .connects(Integration.SUPERMASTER);
        // The same process names in both groups: each knows its own place from its replica index.
        for (ProcessSpec worker : group.newProcesses("worker", workers)) {
          small(worker.main(IntegrationWorker.class, "--group", index))
              .connects(Integration.groupService(g));
        }
      }
      succeed(cluster, tree);
      List<String> lines = log(cluster, "integration", "supermaster");
      assertEquals("333.3333", lines.get(lines.size() - 1));
      assertEquals(9, cluster.describeExperiment("integration").processes().size());
      cluster.delete("integration");
    }
  }

  private static ProcessSpec small(ProcessSpec process) {
    return process.jvmOptions("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
  }

  private static void succeed(Cluster cluster, ExperimentSpec experiment) {
    cluster.launch(experiment);
    Verdict verdict =
        cluster.await(experiment.getName(), List.of(), Duration.ofMinutes(2), false, failure -> {});
    assertEquals(State.SUCCEEDED, verdict.outcome(), verdict.message());
  }

  private static void assertGreeted(Cluster cluster, String member, int by) throws Exception {
    List<String> lines = log(cluster, "ring", member);
    for (int round = 0; round < 20; round++) {
      assertTrue(
          lines.contains("round " + round + ": greeted by member " + by),
          member + " was not greeted in round " + round + ": " + lines);
    }
  }

  private static List<String> log(Cluster cluster, String experiment, String process)
      throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (LogStream stream =
        cluster.logs(experiment, ProcessName.parse(process), LogOptions.all())) {
      while (stream.poll((bytes, offset, length, time) -> log.write(bytes, offset, length)) > 0) {
        // until there is no more
      }
    }
    return log.toString(UTF_8).lines().toList();
  }
}
