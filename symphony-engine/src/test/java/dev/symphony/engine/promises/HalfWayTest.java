package dev.symphony.engine.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.Verdict;
import dev.symphony.engine.internal.run.Detached;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.HostCluster;
import dev.symphony.spi.HostScript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a backend of a stranger may rely on when it fails to start all that it should. */
class HalfWayTest extends Promises {
  private static boolean failing;

  /** Launches four and is gone as by kill -9 when two of them have been started. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] args) {
      failing = true;
      ExperimentSpec experiment = new ExperimentSpec(NAME);
      experiment.newProcesses("p", 4, (p, i) -> p.command("true"));
      try {
        new Half(ClusterContext.system()).launch(experiment);
      } finally {
        Runtime.getRuntime().halt(9);
      }
    }
  }

  private static final class Half extends HostCluster {
    Half(ClusterContext context) {
      super(context, "half", false);
    }

    @Override
    public String backend() {
      return "half";
    }

    @Override
    protected String identity() {
      return "half";
    }

    @Override
    protected void startScripts(String experiment, Path directory, List<HostScript> scripts) {
      int count = failing ? scripts.size() / 2 : scripts.size();
      Detached.start(scripts.subList(0, count), context().environment());
      if (System.getProperty("killed") != null) {
        Runtime.getRuntime().halt(9);
      }
      if (failing) {
        throw new SymphonyException("only " + count + " of " + scripts.size() + " could start");
      }
    }
  }

  @Override
  public String backend() {
    return "half";
  }

  @Override
  protected Cluster open(ClusterContext context) {
    return new Half(context);
  }

  @AfterEach
  void succeed() {
    failing = false;
  }

  private ExperimentSpec four() {
    ExperimentSpec experiment = experiment();
    experiment.newProcesses(
        "p", 4, (p, i) -> p.binds("s-" + i).shell("echo $$ >>" + file("pids"), "exec sleep 600"));
    return experiment;
  }

  private void assertNothingRuns() throws Exception {
    Eventually.is("what runs", List.of(), () -> Pids.mentioning(state() + "/"));
    for (String pid : Pids.text(file("pids")).lines().toList()) {
      assertTrue(!Pids.alive(Long.parseLong(pid)), pid);
    }
  }

  @Test
  void aLaunchThatStartedHalfIsRemoved() throws Exception {
    failing = true;
    ExperimentSpec experiment = four();
    assertEquals("only 2 of 4 could start", refusal(() -> cluster.launch(experiment)));
    assertEquals(List.of(), cluster.listExperiments());
    assertNothingRuns();
    failing = false;
    cluster.launch(experiment);
    awaitState("p-3", State.RUNNING);
  }

  @Test
  void noCommandHasRunOfALaunchThatStartedHalf() throws Exception {
    failing = true;
    assertEquals("only 2 of 4 could start", refusal(() -> cluster.launch(four())));
    assertEquals("", Pids.text(file("pids")));
  }

  @Test
  void aStartThatStartedHalfLeavesAllAsTheyHadEnded() throws Exception {
    cluster.launch(four());
    awaitState("p-0", State.RUNNING);
    awaitState("p-3", State.RUNNING);
    cluster.stop(NAME, List.of());
    List<ProcessStatus> before = cluster.describeExperiment(NAME).processes();
    failing = true;
    assertEquals("only 2 of 4 could start", refusal(() -> cluster.start(NAME, List.of())));
    assertEquals(before, cluster.describeExperiment(NAME).processes());
    assertNothingRuns();
    failing = false;
    assertEquals(4, cluster.start(NAME, List.of()).size());
    awaitState("p-3", State.RUNNING);
  }

  @Test
  void aLaunchThatIsKilledHalfWayEndsAsAFailureAndCanBeCompleted() throws Exception {
    List<String> command = new ArrayList<>(Jvm.command(Killed.class));
    command.add(1, "-Dkilled=true");
    try (Jvm program = Jvm.start(command, environment, work())) {
      assertEquals(9, program.code());
    }
    Verdict verdict = ended();
    assertEquals(State.FAILED, verdict.outcome());
    assertEquals(process("p-2"), verdict.first());
    assertEquals("LaunchInterrupted", verdict.reason());
    assertEquals(State.SUCCEEDED, status("p-1").state());
    assertEquals(
        List.of(process("p-2"), process("p-3")),
        cluster.start(NAME, List.of(process("p-2"), process("p-3"))));
    assertEquals(State.SUCCEEDED, ended().outcome());
  }
}
