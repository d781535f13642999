package dev.symphony.engine.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import dev.symphony.engine.TimedOutException;
import dev.symphony.engine.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A query tells the truth about what runs and what ran, and unknown is not dead. */
public abstract class StatePromises extends Promises {
  @Test
  void everyEndIsTold() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment.newProcess("good").command("true");
    experiment.newProcess("bad").command("sh", "-c", "exit 7");
    experiment.newProcess("killed").command("sh", "-c", "kill -9 $$");
    experiment.newProcess("missing").command("/no/such/program");
    experiment.newProcess("forbidden").command("/etc/passwd");
    experiment.newProcess("accepted").command("sh", "-c", "exit 9").successExitCodes(9, 143);
    experiment.newProcess("told").shell("kill -TERM $$").successExitCodes(143);
    cluster.launch(experiment);
    Verdict verdict = ended();
    assertEnd("good", State.SUCCEEDED, 0, null);
    assertEnd("bad", State.FAILED, 7, "Error");
    assertEnd("killed", State.FAILED, 137, "SignalKilled");
    assertEquals(9, status("killed").signal());
    assertEnd("missing", State.FAILED, 127, "CommandNotFound");
    assertEnd("forbidden", State.FAILED, 126, "CannotExecute");
    assertEnd("accepted", State.SUCCEEDED, 9, null);
    assertEnd("told", State.SUCCEEDED, 143, null);
    assertEquals(State.FAILED, verdict.outcome());
    for (ProcessStatus status : cluster.describeExperiment(NAME).processes()) {
      assertFalse(status.ready());
      assertFalse(status.end().isBefore(status.start()), status.toString());
    }
    // Nothing is forgotten when somebody else asks later.
    assertEquals(cluster.describeExperiment(NAME), open(context()).describeExperiment(NAME));
  }

  private void assertEnd(String process, State state, int code, String reason) {
    ProcessStatus status = status(process);
    assertEquals(state, status.state(), process);
    assertEquals(code, status.exitCode(), process);
    assertEquals(reason, status.reason(), process);
    assertNotNull(status.end(), process);
  }

  @Test
  void theFirstFailureIsTheVerdictHoweverManyFollow() throws Exception {
    ExperimentSpec experiment = experiment();
    // Later than the cause by more than the clock's grain, however busy the machine is.
    String cause = "\"$STATE\"/*/experiments/" + NAME + "/p/1.sh";
    String wait = "until grep -q ^#E " + cause + "; do sleep 0.05; done; sleep 0.05; exit 1";
    experiment.newProcess("follower").env("STATE", state().toString()).command("sh", "-c", wait);
    experiment.newProcess("cause").command("sh", "-c", "exit 42");
    experiment.newProcess("other").env("STATE", state().toString()).command("sh", "-c", wait + "2");
    cluster.launch(experiment);
    Verdict verdict = ended();
    assertEquals(process("cause"), verdict.first());
    assertEquals(42, verdict.exitCode());
    assertEquals(verdict, cluster.describeExperiment(NAME).verdict());
  }

  @Test
  void aKilledWrapperIsRunningWhileItsCommandLivesAndThenLostWithoutACode() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment
        .newProcess("p")
        .shell("trap '' HUP", "echo $PPID >" + file("wrapper"), "exec sleep 600");
    cluster.launch(experiment);
    long wrapper = Pids.from(file("wrapper"));
    awaitState("p", State.RUNNING);
    long command = Long.parseLong(cluster.inspectProcess(NAME, process("p")).details().get("pid"));
    Pids.kill(wrapper);
    Eventually.that("the wrapper's end", () -> !Pids.alive(wrapper));
    assertEquals(State.RUNNING, status("p").state());
    assertEquals(List.of(), cluster.start(NAME, List.of()));
    Pids.kill(command);
    Eventually.that("the command's end", () -> !Pids.alive(command));
    ProcessStatus lost = status("p");
    assertEquals(State.FAILED, lost.state());
    assertEquals("Lost", lost.reason());
    assertNull(lost.exitCode());
    assertEquals(1, ended().exitCode());
    assertEquals(List.of(process("p")), cluster.start(NAME, List.of()));
    awaitState("p", State.RUNNING);
  }

  @Test
  void aPidThatBelongsToAnotherProcessIsNeitherRunningNorKilled() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment.newProcess("p").shell("echo $PPID $$ >" + file("pids"), "exec sleep 600");
    cluster.launch(experiment);
    Eventually.that("pids", () -> Pids.text(file("pids")).endsWith("\n"));
    awaitState("p", State.RUNNING);
    String[] pids = Pids.text(file("pids")).strip().split(" ");
    for (String pid : pids) {
      Pids.kill(Long.parseLong(pid));
      Eventually.that("the end of " + pid, () -> !Pids.alive(Long.parseLong(pid)));
    }
    Eventually.after(50_000_000); // a pid is given again after its process has ended
    Process first = new ProcessBuilder("sleep", "600").start();
    Process second = new ProcessBuilder("sleep", "600").start();
    try {
      // As it is when the kernel has given both pids again.
      Path record = record();
      String text = Files.readString(record).substring(0, 159);
      text =
          text.replaceFirst(" " + pids[0] + " ", " " + first.pid() + " ")
              .replaceFirst(" " + pids[1] + " ", " " + second.pid() + " ");
      byte[] bytes = (text.stripTrailing() + " ".repeat(200)).getBytes(StandardCharsets.US_ASCII);
      bytes[159] = '\n';
      Files.write(record, java.util.Arrays.copyOf(bytes, 160), StandardOpenOption.WRITE);
      assertEquals(State.FAILED, status("p").state());
      assertEquals("Lost", status("p").reason());
      cluster.stop(NAME, List.of());
      cluster.kill(NAME, List.of());
      cluster.delete(NAME);
      assertTrue(first.isAlive() && second.isAlive());
    } finally {
      first.destroyForcibly();
      second.destroyForcibly();
    }
  }

  private Path record() throws Exception {
    for (String name : below(state())) {
      if (name.endsWith("/" + NAME + "/p/0.sh")) {
        return state().resolve(name);
      }
    }
    throw new AssertionError("no record");
  }

  @Test
  void whatCannotBeToldIsUnknownWaitingEndsAndDeleteRemovesIt() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment.newProcess("p").shell("echo $$ >" + file("pid"), "exec sleep 600");
    cluster.launch(experiment);
    long pid = Pids.from(file("pid"));
    awaitState("p", State.RUNNING);
    assertTrue(
        refusal(
                TimedOutException.class,
                () -> cluster.await(NAME, List.of(), Duration.ofMillis(50), false, f -> {}))
            .contains(NAME));
    Files.delete(record());
    assertEquals(State.UNKNOWN, status("p").state());
    assertEquals(State.UNKNOWN, cluster.describeExperiment(NAME).state());
    assertTrue(refusalInOneLine(this::ended).contains("p is UNKNOWN"));
    assertTrue(Pids.alive(pid));
    cluster.delete(NAME);
    assertFalse(Pids.alive(pid));
  }

  @Test
  void afterARebootWhatRanHasFailedAndCanBeStartedAgain() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment.newProcess("ran").shell("echo $PPID $$ >" + file("pids"), "exec sleep 600");
    experiment.newProcess("done").command("true");
    cluster.launch(experiment);
    awaitState("done", State.SUCCEEDED);
    Eventually.that("pids", () -> Pids.text(file("pids")).endsWith("\n"));
    awaitState("ran", State.RUNNING);
    for (String pid : Pids.text(file("pids")).strip().split(" ")) {
      Pids.kill(Long.parseLong(pid));
    }
    Eventually.that("lost", () -> status("ran").state() == State.FAILED);
    Machine later =
        Machine.copy(dir.resolve("rebooted")).boot("0f0f0f0f-1111-2222-3333-444444444444");
    cluster = open(context().withMachine(later.root()));
    ProcessStatus ran = status("ran");
    assertEquals(State.FAILED, ran.state());
    assertEquals("HostRebooted", ran.reason());
    assertNull(ran.exitCode());
    assertEquals(State.SUCCEEDED, status("done").state());
    assertEquals(1, ended().exitCode());
    assertEquals(List.of(), cluster.stop(NAME, List.of()));
    assertEquals("HostRebooted", status("ran").reason());
    assertEquals(List.of(process("ran")), cluster.start(NAME, List.of(process("ran"))));
    awaitState("ran", State.RUNNING);
    cluster.delete(NAME);
  }

  @Test
  void whatRunsOnAnotherHostIsUnknownAndLeftAlone() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment.newProcess("runs").binds("s").command("sleep", "600");
    experiment.newProcess("done").command("sh", "-c", "exit 3");
    cluster.launch(experiment);
    awaitState("runs", State.RUNNING);
    awaitState("done", State.FAILED);
    Machine other = Machine.copy(dir.resolve("other")).hostName("elsewhere");
    Cluster there = open(context().withMachine(other.root()));
    ProcessStatus runs = there.describeProcess(NAME, process("runs"));
    assertEquals(State.UNKNOWN, runs.state());
    assertEquals("RunsOn", runs.reason());
    assertEquals(State.FAILED, there.describeProcess(NAME, process("done")).state());
    String host = Pids.text(Path.of("/proc/sys/kernel/hostname")).strip();
    List<Runnable> refused =
        List.of(
            () -> there.stop(NAME, List.of()),
            () -> there.start(NAME, List.of()),
            () -> there.restart(NAME, List.of()),
            () -> there.delete(NAME),
            () -> there.await(NAME, List.of(), null, false, failure -> {}));
    for (Runnable action : refused) {
      String message = refusalInOneLine(action);
      assertTrue(message.contains(host), message);
    }
    assertTrue(refusalInOneLine(() -> cluster.forget(NAME)).contains("without --forget"));
    assertEquals(State.RUNNING, status("runs").state());
    long pid = Long.parseLong(cluster.inspectProcess(NAME, process("runs")).details().get("pid"));
    long parent = Long.parseLong(Pids.status(pid, "PPid"));
    there.forget(NAME);
    assertEquals(List.of(), cluster.listExperiments());
    assertTrue(Pids.alive(pid));
    Pids.kill(parent);
    Pids.kill(pid);
  }

  @Test
  void readyMeansThatItListensOnWhatItBinds() throws Exception {
    Needs.program("perl");
    ExperimentSpec experiment = experiment();
    experiment
        .newProcess("server")
        .binds("s")
        .command(
            "perl",
            "-MIO::Socket::INET",
            "-e",
            "until (-e '"
                + file("go")
                + "') { select(undef, undef, undef, 0.02) }"
                + " $s = IO::Socket::INET->new(Listen => 1, ReuseAddr => 1,"
                + " LocalAddr => $ENV{SYMPH_S_HOST}, LocalPort => $ENV{SYMPH_S_PORT}) or die;"
                + " $s->accept(); print \"a guest\\n\"; sleep 600");
    experiment.newProcess("plain").command("sleep", "600");
    cluster.launch(experiment);
    awaitState("server", State.RUNNING);
    Eventually.is("ready", true, () -> status("plain").ready());
    assertFalse(status("server").ready());
    Files.createFile(file("go"));
    Eventually.is("ready", true, () -> status("server").ready());
    // Nobody has connected to find out.
    assertEquals("", log("server"));
  }
}
