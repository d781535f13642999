package dev.symphony.tmux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.State;
import dev.symphony.engine.SymphonyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the user or the system kills behind our back: states stay true, nothing runs twice. */
class TmuxKilledTest {
  @TempDir Path directory;
  private TmuxFixture fixture;
  private TmuxCluster cluster;

  /** What ends windows without asking Symphony. */
  enum Kill {
    WINDOW {
      @Override
      void run(TmuxFixture fixture) throws Exception {
        fixture.own.tmux("kill-window", "-t", "=rl:worker");
        fixture.own.tmux("kill-window", "-t", "=rl:reader");
      }
    },
    SERVER {
      @Override
      void run(TmuxFixture fixture) throws Exception {
        fixture.own.tmux("kill-server");
      }
    },
    SERVER_WITH_SIGKILL {
      @Override
      void run(TmuxFixture fixture) throws Exception {
        fixture.own.signal("KILL");
      }
    };

    abstract void run(TmuxFixture fixture) throws Exception;
  }

  @BeforeEach
  void launch() throws Exception {
    fixture = new TmuxFixture(directory);
    cluster = fixture.cluster;
    TmuxExperimentSpec spec = cluster.newExperiment("rl");
    spec.newProcess("worker").shell("echo $$ >>worker.pid", "exec sleep 600");
    // It needs its terminal and ends with it.
    spec.newProcess("reader").shell("echo $$ >>reader.pid", "read line || exit 7");
    cluster.launch(spec);
    fixture.waitForPid("worker.pid");
    fixture.waitForPid("reader.pid");
    fixture.waitFor("rl", "reader", State.RUNNING);
  }

  @AfterEach
  void end() throws Exception {
    fixture.close();
  }

  private static long lines(Path file) throws Exception {
    return Files.readAllLines(file).size();
  }

  private void kill(Kill kill) throws Exception {
    kill.run(fixture);
    OwnServer.waitFor(
        "the closed window noticed",
        () -> "WindowGone".equals(fixture.status("rl", "worker").reason()));
    fixture.waitFor("rl", "reader", State.FAILED);
  }

  private static List<ProcessName> only(String process) {
    return List.of(ProcessName.parse(process));
  }

  @ParameterizedTest
  @EnumSource(Kill.class)
  void tellsWhatStillRunsAndWhatDoesNot(Kill kill) throws Exception {
    kill(kill);
    assertEquals(State.RUNNING, fixture.status("rl", "worker").state());
    assertTrue(TmuxFixture.runs(fixture.pidIn("worker.pid")));
    assertEquals(7, fixture.status("rl", "reader").exitCode());
    assertFalse(TmuxFixture.runs(fixture.pidIn("reader.pid")));
  }

  @ParameterizedTest
  @EnumSource(Kill.class)
  void startMakesNewWindowsAndNoSecondCopy(Kill kill) throws Exception {
    kill(kill);
    assertEquals(only("reader"), cluster.start("rl", List.of()));
    fixture.waitFor("rl", "reader", State.RUNNING);
    assertEquals(1, lines(directory.resolve("worker.pid")));
    assertEquals("__main__ reader", fixture.windows("rl"));
    cluster.stop("rl", only("worker"));
    fixture.waitFor("rl", "worker", State.STOPPED);
    assertEquals(only("worker"), cluster.start("rl", only("worker")));
    OwnServer.waitFor(
        "its second run",
        () -> OwnServer.read(directory.resolve("worker.pid")).lines().count() == 2);
    assertEquals("__main__ reader worker", fixture.windows("rl"));
  }

  @ParameterizedTest
  @EnumSource(Kill.class)
  void stopEndsWhatStillRuns(Kill kill) throws Exception {
    long pid = fixture.pidIn("worker.pid");
    kill(kill);
    cluster.stop("rl", List.of());
    fixture.waitFor("rl", "worker", State.STOPPED);
    assertFalse(TmuxFixture.runs(pid));
  }

  @ParameterizedTest
  @EnumSource(Kill.class)
  void deleteEndsWhatStillRunsAndItsSession(Kill kill) throws Exception {
    long pid = fixture.pidIn("worker.pid");
    kill(kill);
    cluster.delete("rl");
    assertFalse(TmuxFixture.runs(pid));
    assertEquals(List.of(), cluster.listExperiments());
    fixture.own.awaitNoPane();
  }

  @Test
  void aWrapperKilledWithSigkillLeavesItsProcessRunning() throws Exception {
    long pid = fixture.pidIn("worker.pid");
    long wrapper =
        Long.parseLong(
            fixture.own.tmux("display-message", "-p", "-t", "=rl:worker", "#{pane_pid}"));
    OwnServer.run("/bin/sh", "-c", "kill -9 " + wrapper);
    OwnServer.waitFor("its end", () -> !TmuxFixture.runs(wrapper));
    // The kernel hangs up on it when its session's first process ends.
    if (fixture.status("rl", "worker").state() != State.RUNNING) {
      assertFalse(TmuxFixture.runs(pid));
      assertEquals("Lost", fixture.status("rl", "worker").reason());
    }
    cluster.stop("rl", List.of());
    assertFalse(TmuxFixture.runs(pid));
  }

  @Test
  void aRemovedSocketHidesNothing() throws Exception {
    Files.delete(fixture.own.socket);
    assertEquals(State.RUNNING, fixture.status("rl", "worker").state());
    cluster.stop("rl", List.of(ProcessName.parse("worker")));
    assertEquals(
        List.of(ProcessName.parse("worker")),
        cluster.start("rl", List.of(ProcessName.parse("worker"))));
    assertEquals("__main__ worker reader", fixture.windows("rl"));
    Files.delete(fixture.own.socket);
    cluster.delete("rl");
    assertEquals(List.of(), cluster.listExperiments());
    assertTrue(Files.exists(fixture.own.socket));
    fixture.own.awaitNoPane();
  }

  @Test
  void aFrozenServerHoldsUpNoQuestion() throws Exception {
    fixture.own.signal("STOP");
    try {
      assertEquals(State.RUNNING, fixture.status("rl", "worker").state());
      assertEquals(List.of("rl"), cluster.listExperiments());
      TmuxCluster hasty =
          TmuxCluster.builder()
              .socket(fixture.own.socket)
              .timeout(Duration.ofMillis(300))
              .build(fixture.context);
      String message =
          assertThrows(
                  SymphonyException.class, () -> hasty.login("rl", ProcessName.parse("worker")))
              .getMessage();
      assertTrue(message.contains("has not answered within 1 s"), message);
      long pid = fixture.pidIn("worker.pid");
      hasty.delete("rl");
      assertFalse(TmuxFixture.runs(pid));
      assertEquals(List.of(), cluster.listExperiments());
    } finally {
      fixture.own.signal("CONT");
    }
    // What the frozen server kept is no obstacle to the next launch.
    TmuxExperimentSpec next = cluster.newExperiment("rl");
    next.newProcess("next").command("true");
    cluster.launch(next);
    assertEquals("__main__ next", fixture.windows("rl"));
  }

  @Test
  void aStoppedServerIsNotWaitedForByALaunchNorByItsUndoing() throws Exception {
    TmuxCluster patient =
        TmuxCluster.builder()
            .socket(fixture.own.socket)
            .timeout(Duration.ofSeconds(40))
            .build(fixture.context);
    TmuxExperimentSpec next = patient.newExperiment("next");
    next.newProcess("next").command("true");
    fixture.own.signal("STOP");
    try {
      String message =
          assertTimeout(
              Duration.ofSeconds(30),
              () -> assertThrows(SymphonyException.class, () -> patient.launch(next)).getMessage());
      assertTrue(message.contains("has not answered within 1 s: it is stopped; wake"), message);
      assertEquals(List.of("rl"), patient.listExperiments());
    } finally {
      fixture.own.signal("CONT");
    }
  }
}
