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
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;

/** Processes that talk to each other, plain and in groups: the same on every backend. */
final class CaseStudies {
  private final Cluster cluster;
  private final String suffix;
  private final String image;

  /**
   * The studies on a cluster.
   *
   * @param suffix ends the experiments' names
   * @param image what processes run in, where a cluster runs containers; else empty
   */
  CaseStudies(Cluster cluster, String suffix, String image) {
    this.cluster = cluster;
    this.suffix = suffix;
    this.image = image;
  }

  void threePlainProcessesGreetEachOtherInARing() throws Exception {
    ExperimentSpec ring = cluster.newExperiment("ring" + suffix);
    for (int i = 0; i < 3; i++) {
      member(ring.newProcess("member-" + i), i);
    }
    succeed(ring);
    for (int i = 0; i < 3; i++) {
      assertGreeted("member-" + i, (i + 2) % 3);
    }
    delete(ring);
  }

  void twoOfTheRingMayShareAGroup() throws Exception {
    ExperimentSpec ring = cluster.newExperiment("ring" + suffix);
    member(ring.newProcess("member-0"), 0);
    ProcessGroupSpec others = ring.newProcessGroup("others");
    member(others.newProcess("member-1"), 1);
    member(others.newProcess("member-2"), 2);
    succeed(ring);
    assertGreeted("member-0", 2);
    assertGreeted("others/member-1", 0);
    assertGreeted("others/member-2", 1);
    delete(ring);
  }

  void aTreeOfGroupsIntegratesASquare() throws Exception {
    ExperimentSpec tree = cluster.newExperiment("integration" + suffix);
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
    succeed(tree);
    List<String> lines = log(tree.getName(), "supermaster");
    assertEquals("333.3333", lines.get(lines.size() - 1));
    assertEquals(9, cluster.describeExperiment(tree.getName()).processes().size());
    delete(tree);
  }

  private ProcessSpec member(ProcessSpec process, int member) {
    return small(process.main(RingMember.class, "--member", Integer.toString(member)))
        .binds(RingMember.service(member))
        .connects(RingMember.service((member + 1) % 3));
  }

  private ProcessSpec small(ProcessSpec process) {
    if (!image.isEmpty()) {
      process.image(image);
    }
    return process.jvmOptions("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
  }

  private void succeed(ExperimentSpec experiment) {
    cluster.launch(experiment);
    Verdict verdict =
        cluster.await(experiment.getName(), List.of(), Duration.ofMinutes(3), false, failure -> {});
    assertEquals(State.SUCCEEDED, verdict.outcome(), verdict.message());
  }

  private void delete(ExperimentSpec experiment) {
    cluster.delete(experiment.getName());
    assertEquals(
        List.of(),
        cluster.listExperiments().stream().filter(experiment.getName()::equals).toList());
  }

  private void assertGreeted(String member, int by) throws Exception {
    List<String> lines = log("ring" + suffix, member);
    for (int round = 0; round < 20; round++) {
      assertTrue(
          lines.contains("round " + round + ": greeted by member " + by),
          member + " was not greeted in round " + round + ": " + lines);
    }
  }

  private List<String> log(String experiment, String process) throws Exception {
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
