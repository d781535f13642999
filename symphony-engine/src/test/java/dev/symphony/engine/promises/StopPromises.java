package dev.symphony.engine.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.State;
import dev.symphony.engine.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Stopping is not forgetting, and both really end things. */
public abstract class StopPromises extends Promises {
  private static final int LOOPS = 200;

  /** Waits for ever without another program, which would say so when it is ended. */
  private static final String PIPE = "f=$SYMPH_PROCESS; [ -p $f ] || mkfifo $f";

  private static final String WAIT = "read -r x <>$f";

  private static final List<String> STUBBORN = List.of("ignores", "daemon", "session", "bare");

  /** Declares processes that do what they can to survive; each writes the pids of all it is. */
  private void stubborn(ExperimentSpec experiment) {
    Duration grace = Duration.ofMillis(500);
    experiment
        .newProcess("ignores")
        .gracePeriod(grace)
        .shell("trap '' TERM INT HUP", "echo $$ >" + file("ignores"), "while :; do sleep 1; done");
    experiment
        .newProcess("daemon")
        .gracePeriod(grace)
        .command(
            "sh",
            "-c",
            "(trap '' TERM HUP; (sh -c 'trap \"\" TERM HUP; echo $$ >"
                + file("daemon")
                + "; while :; do sleep 1; done' >/dev/null 2>&1 &) ; exit) ; exit 0");
    experiment
        .newProcess("session")
        .gracePeriod(grace)
        .command(
            "sh",
            "-c",
            "setsid sh -c 'trap \"\" TERM HUP; echo $$ >"
                + file("session")
                + "; while :; do sleep 1; done' & exec sleep 600");
    experiment
        .newProcess("bare")
        .gracePeriod(grace)
        .command(
            "sh",
            "-c",
            "env -i setsid sh -c 'trap \"\" TERM HUP; echo $$ >"
                + file("bare")
                + "; while :; do sleep 1; done' & exec sleep 600");
  }

  private List<Long> stubbornPids() throws Exception {
    List<Long> pids = new ArrayList<>();
    for (String name : STUBBORN) {
      pids.add(Pids.from(file(name)));
    }
    for (long pid : pids) {
      assertTrue(Pids.alive(pid));
    }
    return pids;
  }

  @Test
  void whatIgnoresSigtermForksTwiceOrLeavesItsSessionIsGoneAfterDelete() throws Exception {
    Needs.program("setsid");
    ExperimentSpec experiment = experiment();
    stubborn(experiment);
    cluster.launch(experiment);
    List<Long> pids = stubbornPids();
    cluster.delete(NAME);
    for (long pid : pids) {
      assertFalse(Pids.alive(pid));
    }
    assertEquals(List.of(), cluster.listExperiments());
  }

  @Test
  void whatIgnoresSigtermForksTwiceOrLeavesItsSessionIsGoneAfterStop() throws Exception {
    Needs.program("setsid");
    ExperimentSpec experiment = experiment();
    stubborn(experiment);
    cluster.launch(experiment);
    List<Long> pids = stubbornPids();
    awaitState("daemon", State.SUCCEEDED);
    cluster.stop(NAME, List.of());
    for (long pid : pids) {
      assertFalse(Pids.alive(pid));
    }
    assertEquals(State.STOPPED, status("ignores").state());
    assertEquals(State.STOPPED, status("session").state());
    // It had ended by itself before; what it had left running is gone all the same.
    assertEquals(State.SUCCEEDED, status("daemon").state());
  }

  @Test
  void stopAtManyRandomMomentsOfACrashLoopLeavesNoCopy() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment.newProcesses(
        "loop",
        LOOPS,
        (process, i) ->
            process
                .restart(RestartPolicy.always())
                .shell("echo $$ >>" + file("copies"), "sleep 0.0" + (i % 10), "exit 1"));
    cluster.launch(experiment);
    long begun = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Callable<Object>> stops = new ArrayList<>();
    for (int each = 0; each < LOOPS; each++) {
      ProcessName name = process("loop-" + each);
      long moment = begun + ThreadLocalRandom.current().nextLong(3_500_000_000L);
      stops.add(
          () -> {
            Eventually.after(moment - System.nanoTime());
            cluster.stop(NAME, List.of(name));
            assertEquals(State.STOPPED, cluster.describeProcess(NAME, name).state());
            return name;
          });
    }
    for (Future<Object> stop : threads.invokeAll(stops)) {
      stop.get();
    }
    threads.shutdown();
    System.out.println("stopped within " + (System.nanoTime() - begun) / 1_000_000 + " ms");
    assertEquals(State.STOPPED, ended().outcome());
    String copies = Pids.text(file("copies"));
    // By now a pid may be somebody else's.
    List<Long> ours = Pids.mentioning(state().toString());
    for (String pid : copies.lines().toList()) {
      assertFalse(ours.contains(Long.parseLong(pid)));
    }
    // Who could start another copy has gone, too.
    assertEquals(
        List.of(), Pids.mentioning(state() + "/" + backend() + "/experiments/" + NAME + "/p/"));
    assertEquals(copies, Pids.text(file("copies")));
  }

  @Test
  void stopStartAndRestartAreNeitherFailuresNorRestarts() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment
        .newProcess("worker")
        .restart(RestartPolicy.always())
        .shell(PIPE, "trap 'echo told; exit 3' TERM", "echo up", WAIT);
    experiment.newProcess("waiting").restart(RestartPolicy.onFailure()).shell("echo in", "exit 5");
    cluster.launch(experiment);
    Eventually.is("log", "up\n", () -> log("worker"));
    Eventually.is("reason", "BackOff", () -> String.valueOf(status("waiting").reason()));
    int backedOff = status("waiting").restarts();
    assertTrue(backedOff >= 1);

    assertEquals(2, cluster.stop(NAME, List.of()).size());
    for (String process : List.of("worker", "waiting")) {
      ProcessStatus stopped = status(process);
      assertEquals(State.STOPPED, stopped.state());
      assertTrue(stopped.end() != null);
    }
    assertEquals(0, status("worker").restarts());
    Verdict verdict = ended();
    assertEquals(State.STOPPED, verdict.outcome());
    assertEquals(130, verdict.exitCode());
    assertNull(verdict.first());
    assertEquals("up\ntold\n", log("worker"));
    assertEquals(List.of(), cluster.stop(NAME, List.of()));

    assertEquals(2, cluster.start(NAME, List.of()).size());
    awaitState("worker", State.RUNNING);
    assertEquals(List.of(), cluster.start(NAME, List.of(process("worker"))));
    Eventually.is("log", "up\ntold\nup\n", () -> log("worker"));
    cluster.restart(NAME, List.of(process("worker")));
    Eventually.is("log", "up\ntold\nup\ntold\nup\n", () -> log("worker"));
    awaitState("worker", State.RUNNING);
    assertEquals(0, status("worker").restarts());
  }

  @Test
  void aFailureIsStillAFailureAfterStop() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment.newProcess("failed").command("sh", "-c", "exit 7");
    experiment.newProcess("lost").shell("echo $PPID $$ >" + file("pids"), "exec sleep 600");
    experiment.newProcess("other").command("sleep", "600");
    cluster.launch(experiment);
    awaitState("failed", State.FAILED);
    Eventually.that("pids", () -> Pids.text(file("pids")).endsWith("\n"));
    for (String pid : Pids.text(file("pids")).strip().split(" ")) {
      Pids.kill(Long.parseLong(pid));
    }
    awaitState("lost", State.FAILED);
    assertEquals(List.of(process("other")), cluster.stop(NAME, List.of()));
    assertEquals(State.FAILED, status("failed").state());
    assertEquals(State.FAILED, status("lost").state());
    assertEquals("Lost", status("lost").reason());
    assertEquals(State.STOPPED, status("other").state());
    assertEquals(process("failed"), ended().first());
    assertEquals(7, ended().exitCode());
  }

  @Test
  void theGracePeriodIsGivenAndNoLonger() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment
        .newProcess("slow")
        .gracePeriod(Duration.ofSeconds(120))
        .shell(
            PIPE,
            "told() { for i in {1..200000}; do :; done; echo saved; exit 0; }",
            "trap told TERM",
            "echo up",
            WAIT);
    experiment
        .newProcess("deaf")
        .gracePeriod(Duration.ofSeconds(600))
        .shell(PIPE, "trap '' TERM", "echo up", WAIT);
    cluster.launch(experiment);
    Eventually.is("log", "up\n", () -> log("slow"));
    Eventually.is("log", "up\n", () -> log("deaf"));
    cluster.stop(NAME, List.of(process("slow")));
    assertEquals("up\nsaved\n", log("slow"));
    long begun = System.nanoTime();
    cluster.kill(NAME, List.of(process("deaf")));
    assertTrue(System.nanoTime() - begun < 60_000_000_000L);
    assertEquals(State.STOPPED, status("deaf").state());
  }

  @Test
  void deleteRightAfterLaunchLeavesNothing() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<Callable<Object>> rounds = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String name = "brief-" + i;
      rounds.add(
          () -> {
            ExperimentSpec experiment = cluster.newExperiment(name);
            experiment.newProcesses("p", 3, (p, n) -> p.command("sleep", "600"));
            cluster.launch(experiment);
            cluster.delete(name);
            return name;
          });
    }
    for (Future<Object> round : threads.invokeAll(rounds)) {
      round.get();
    }
    threads.shutdown();
    Path experiments = state().resolve(backend()).resolve("experiments");
    assertEquals(List.of(), below(experiments));
    Eventually.is("what runs", List.of(), () -> Pids.mentioning(state() + "/"));
  }
}
