package dev.symphony.commandline.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.commandline.internal.view.Format;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the processes are told of a backend whose processes are containers. */
class ContainerWordsTest {
  @TempDir Path folder;
  private Given given;

  @BeforeEach
  void give() {
    given = new Given(folder);
    given.cluster.containers = true;
  }

  @Test
  void statesAreThoseOfContainersWithTheirReasons() {
    given.cluster.add(
        Given.experiment(
            "rl",
            Given.running("learner", "PT23H12M"),
            Given.ended("done", State.SUCCEEDED, 0, null, "Completed", null),
            Given.ended("big", State.FAILED, 137, 9, "OOMKilled", null),
            Given.ended("bad", State.FAILED, 1, null, "Error", null),
            Given.ended("gone", State.FAILED, null, null, "Evicted", "low on memory"),
            Given.ended("ended", State.STOPPED, 143, 15, "Stopped", null),
            Given.waiting("a-0", State.PENDING, "ImagePullBackOff", "Back-off pulling \"x\""),
            Given.waiting("a-1", State.PENDING, "Unschedulable", null),
            Given.waiting("a-2", State.PENDING, null, null)));
    new ListProcesses(given.session()).run("rl", Format.TABLE);
    assertEquals(
        """
        Group  Name     Ready  Restarts  State
               learner  1      0         running: 23.2h
               done     0      0         terminated (0) after 5m: Completed
               big      0      0         terminated (137) after 5m: OOMKilled
               bad      0      0         terminated (1) after 5m: Error
               gone     0      0         failed after 5m: Evicted: low on memory
               ended    0      0         stopped after 5m: Stopped
               a-0      0      0         waiting: ImagePullBackOff: Back-off pulling "x"
               a-1      0      0         waiting: Unschedulable
               a-2      0      0         pending
        """,
        given.out());
  }

  @Test
  void wideNamesTheNode() {
    ProcessStatus on = Given.running("a", "PT5M");
    given.cluster.add(
        Given.experiment("rl", on(on, "node-1"), Given.waiting("b", State.PENDING, null, "why")));
    new ListProcesses(given.session()).run("rl", Format.WIDE);
    String[] lines = given.out().split("\n");
    assertTrue(lines[0].endsWith("Services  Node    Message"), lines[0]);
    assertTrue(lines[1].endsWith("-         node-1  -"), lines[1]);
    assertTrue(lines[2].endsWith("-         -       why"), lines[2]);
  }

  private static ProcessStatus on(ProcessStatus status, String node) {
    return new ProcessStatus(
        status.name(),
        status.state(),
        status.reason(),
        status.message(),
        status.ready(),
        status.restarts(),
        status.exitCode(),
        status.signal(),
        status.start(),
        status.end(),
        node);
  }
}
