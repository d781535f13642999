package dev.symphony.tmux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.AlreadyExistsException;
import dev.symphony.engine.Cluster;
import dev.symphony.engine.LaunchPlan;
import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.State;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import dev.symphony.engine.Verdict;
import dev.symphony.spi.ClusterContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TmuxClusterTest {
  @TempDir Path directory;
  private TmuxFixture fixture;
  private TmuxCluster cluster;

  @BeforeEach
  void prepare() throws Exception {
    fixture = new TmuxFixture(directory);
    cluster = fixture.cluster;
  }

  @AfterEach
  void end() throws Exception {
    fixture.close();
  }

  private Verdict await(String experiment) {
    return cluster.await(experiment, List.of(), Duration.ofSeconds(60), false, failure -> {});
  }

  @Test
  void runsEachProcessInAWindowOfItsNameAndTellsHowItEnded() throws Exception {
    TmuxExperimentSpec rl = cluster.newExperiment("rl");
    rl.newProcessGroup("g").newProcess("p0").shell("echo from the group");
    rl.newProcess("p0").shell("echo $SYMPH_PROCESS on $SYMPH_BACKEND; exit 3");
    cluster.launch(rl);
    Verdict verdict = await("rl");
    assertEquals(State.FAILED, verdict.outcome());
    assertEquals(3, verdict.exitCode());
    assertEquals("p0 on tmux\n", fixture.log("rl", "p0"));
    assertEquals("from the group\n", fixture.log("rl", "g/p0"));
    String windows = fixture.windows("rl");
    assertTrue(windows.contains("__main__") && windows.contains("g:p0"), windows);
    assertTrue((windows + " ").contains(" p0 "), windows);
    assertThrows(AlreadyExistsException.class, () -> cluster.launch(rl));
    cluster.delete("rl");
    assertEquals(List.of(), cluster.listExperiments());
    fixture.own.awaitNoPane();
  }

  @Test
  void aProcessHasTheTerminalOfItsWindow() throws Exception {
    TmuxExperimentSpec spec = cluster.newExperiment("tty");
    spec.newProcess("p")
        .shell("test -t 0 && test -t 1 && echo TERM=$TERM", "read line; echo got $line");
    cluster.launch(spec);
    String term = fixture.own.tmux("show-options", "-gv", "default-terminal");
    fixture.waitForLog("tty", "p", "TERM=" + term + "\n");
    fixture.own.tmux("send-keys", "-t", "=tty:p", "hello", "Enter");
    assertEquals(State.SUCCEEDED, await("tty").outcome());
    fixture.waitForLog("tty", "p", "got hello\n");
  }

  @Test
  void keepsWhatItPrintedLastAlsoWhenItEndsAtOnce() throws Exception {
    StringBuilder expected = new StringBuilder();
    for (int i = 1; i <= 2000; i++) {
      expected.append("line ").append(i).append(" of what a process prints and ends\n");
    }
    TmuxExperimentSpec spec = cluster.newExperiment("burst");
    spec.newProcesses(
        "p",
        100,
        (p, i) ->
            p.command(
                "awk",
                "BEGIN { for (i = 1; i <= 2000; i++)"
                    + " print \"line \" i \" of what a process prints and ends\" }"));
    cluster.launch(spec);
    assertEquals(State.SUCCEEDED, await("burst").outcome());
    for (int i = 0; i < 100; i++) {
      assertEquals(expected.toString(), fixture.log("burst", "p-" + i), "p-" + i);
    }
  }

  @Test
  void nastyValuesArriveIntactAndAreNeverExecuted() throws Exception {
    Path victim = directory.resolve("executed");
    Path place =
        Files.createDirectory(
            directory.resolve(
                "a #[x] #(touch " + victim.getFileName() + ") %H ~ 'q' \"d\" $HOME;"));
    String nasty =
        "sp  ace 'q' \"d\" $HOME $(touch "
            + victim
            + ") `touch "
            + victim
            + "` ; # #(touch "
            + victim
            + ") #{pid} %d %% ~ \\ grüße 日本語 |";
    Map<String, String> environment = new HashMap<>(fixture.environment);
    environment.put("SYMPHONY_HOME", place.resolve("state").toString());
    environment.put("OUTER", nasty);
    TmuxCluster nastyCluster = fixture.cluster(ClusterContext.of(environment, directory));
    TmuxExperimentSpec spec = nastyCluster.newExperiment("nasty");
    spec.newProcess("p")
        .command(
            "/bin/sh",
            "-c",
            "printf '%s\\n' \"$1\" \"$VALUE\" \"$OUTER\" \"$PWD\" >out",
            "sh",
            nasty)
        .env("VALUE", nasty + "\nsecond line")
        .workingDirectory(place.toString());
    nastyCluster.launch(spec);
    assertEquals(
        State.SUCCEEDED,
        nastyCluster.await("nasty", List.of(), Duration.ofSeconds(60), false, f -> {}).outcome());
    assertEquals(
        nasty + "\n" + nasty + "\nsecond line\n" + nasty + "\n" + place.toRealPath() + "\n",
        Files.readString(place.resolve("out")));
    nastyCluster.delete("nasty");
    assertFalse(Files.exists(victim));
    assertFalse(Files.exists(directory.resolve(victim.getFileName())));
    assertFalse(Files.exists(place.resolve(victim.getFileName())));
  }

  @Test
  void startsAgainInTheSameWindow() throws Exception {
    TmuxExperimentSpec spec = cluster.newExperiment("again");
    spec.newProcess("p").shell("echo run");
    spec.newProcess("q").shell("exec sleep 600");
    cluster.launch(spec);
    fixture.waitFor("again", "p", State.SUCCEEDED);
    String before = fixture.own.tmux("list-panes", "-a", "-F", "#{pane_id} #W");
    assertEquals(List.of(ProcessName.parse("p")), cluster.start("again", List.of()));
    fixture.waitFor("again", "p", State.SUCCEEDED);
    fixture.waitForLog("again", "p", "run\nrun\n");
    assertEquals(before, fixture.own.tmux("list-panes", "-a", "-F", "#{pane_id} #W"));
  }

  @Test
  void whatTheUserStopsIsStoppedAndTakesItsChildrenAlong() throws Exception {
    TmuxExperimentSpec spec = cluster.newExperiment("stop");
    spec.newProcess("p")
        .shell("setsid sleep 600 & echo $! >child", "echo $$ >pid", "trap '' TERM", "sleep 600")
        .gracePeriod(Duration.ofMillis(300));
    cluster.launch(spec);
    long pid = fixture.waitForPid("pid");
    long child = fixture.waitForPid("child");
    cluster.stop("stop", List.of());
    fixture.waitFor("stop", "p", State.STOPPED);
    assertFalse(TmuxFixture.runs(pid));
    assertFalse(TmuxFixture.runs(child));
    assertEquals(State.STOPPED, await("stop").outcome());
    assertEquals("__main__ p", fixture.windows("stop"));
  }

  @Test
  void restartsWhatFailsInItsWindow() throws Exception {
    TmuxExperimentSpec spec = cluster.newExperiment("crash");
    spec.newProcess("p").shell("echo try; exit 1").restart(RestartPolicy.onFailure(1));
    cluster.launch(spec);
    assertEquals(State.FAILED, await("crash").outcome());
    assertEquals(1, fixture.status("crash", "p").restarts());
    assertEquals("try\ntry\n", fixture.log("crash", "p"));
    assertEquals("__main__ p", fixture.windows("crash"));
  }

  @Test
  void usesAnotherSessionNameWhereAnotherStateDirectoryHasTheSame() throws Exception {
    Map<String, String> environment = new HashMap<>(fixture.environment);
    environment.put("SYMPHONY_HOME", directory.resolve("other").toString());
    TmuxCluster other = fixture.cluster(ClusterContext.of(environment, directory));
    for (TmuxCluster one : List.of(cluster, other)) {
      TmuxExperimentSpec spec = one.newExperiment("rl");
      spec.newProcess("p").shell("exec sleep 600");
      one.launch(spec);
    }
    assertEquals("rl\nrl+2", fixture.own.tmux("list-sessions", "-F", "#S"));
    cluster.delete("rl");
    OwnServer.waitFor(
        "only the other one is left",
        () -> fixture.own.server.panes().stream().allMatch(pane -> pane.owner().contains("other")));
    assertEquals("rl+2", fixture.own.tmux("list-sessions", "-F", "#S"));
    assertFalse(other.describeExperiment("rl").state().hasEnded());
    other.delete("rl");
    fixture.own.awaitNoPane();
  }

  @Test
  void whatHappensToTheServerAfterThePlanDoesNotMatter() throws Exception {
    TmuxExperimentSpec first = cluster.newExperiment("first");
    first.newProcess("p").command("true");
    LaunchPlan withoutServer = cluster.plan(first);
    fixture.own.server.end();
    OwnServer.waitFor("the end of the server", () -> fixture.own.pid() < 0);
    cluster.launch(withoutServer);
    assertEquals(State.SUCCEEDED, await("first").outcome());
    assertEquals("__main__ p", fixture.windows("first"));

    TmuxExperimentSpec second = cluster.newExperiment("second");
    second.newProcess("p").command("true");
    LaunchPlan nameTaken = cluster.plan(second);
    fixture.own.tmux("new-session", "-d", "-s", "second", "cat");
    String before = fixture.windows("second");
    cluster.launch(nameTaken);
    assertEquals(State.SUCCEEDED, await("second").outcome());
    assertEquals(before, fixture.windows("second"));
    assertEquals("__main__ p", fixture.windows("second+2"));
    cluster.delete("second");
    cluster.delete("first");
    assertEquals(before, fixture.windows("second"));
  }

  @Test
  void usersOwnSessionsStayUntouchedAndUnseen() throws Exception {
    Map<String, String> environment = new HashMap<>(fixture.environment);
    environment.put("TMUX_TMPDIR", Files.createDirectory(directory.resolve("users")).toString());
    TmuxCluster usual = TmuxCluster.builder().build(ClusterContext.of(environment, directory));
    String users = usual.socket().resolveSibling("default").toString();
    ProcessBuilder user = new ProcessBuilder("tmux", "new-session", "-d", "-s", "rl", "cat");
    user.environment().remove("TMUX");
    user.environment().put("TMUX_TMPDIR", environment.get("TMUX_TMPDIR"));
    assertEquals(0, user.start().waitFor());
    try {
      String[] look = {
        "tmux", "-S", users, "list-panes", "-a", "-F", "#S #{window_id} #{pane_pid}"
      };
      String before = OwnServer.run(look);
      assertTrue(before.startsWith("rl @0 "), before);
      assertEquals(List.of(), usual.listExperiments());
      TmuxExperimentSpec spec = usual.newExperiment("rl");
      spec.newProcess("p").command("true");
      usual.launch(spec);
      usual.await("rl", List.of(), Duration.ofSeconds(60), false, failure -> {});
      assertEquals(List.of("rl"), usual.listExperiments());
      usual.delete("rl");
      assertEquals(before, OwnServer.run(look));
    } finally {
      OwnServer.run("tmux", "-S", users, "kill-server");
      OwnServer.run("tmux", "-S", usual.socket().toString(), "kill-server");
    }
  }

  @Test
  void findsItsServerAgainFromAnEnvironmentThatNamesAnotherPlace() throws Exception {
    Map<String, String> one = new HashMap<>(fixture.environment);
    one.put("TMUX_TMPDIR", Files.createDirectory(directory.resolve("one")).toString());
    Map<String, String> two = new HashMap<>(fixture.environment);
    two.put("TMUX_TMPDIR", Files.createDirectory(directory.resolve("two")).toString());
    TmuxCluster first = TmuxCluster.builder().build(ClusterContext.of(one, directory));
    TmuxCluster second = TmuxCluster.builder().build(ClusterContext.of(two, directory));
    try {
      TmuxExperimentSpec spec = first.newExperiment("rl");
      spec.newProcess("p").command("true");
      first.launch(spec);
      first.await("rl", List.of(), Duration.ofSeconds(60), false, failure -> {});
      second.start("rl", List.of());
      assertFalse(Files.exists(second.socket()));
      second.await("rl", List.of(), Duration.ofSeconds(60), false, failure -> {});
      second.delete("rl");
      TmuxServer server =
          new TmuxServer(
              new TmuxClient(
                  TmuxVersion.program(one), new TmuxSocket(first.socket()), fixture.environment),
              Duration.ofSeconds(30));
      OwnServer.waitFor("no pane is left", () -> server.panes().isEmpty());
    } finally {
      OwnServer.run("tmux", "-S", first.socket().toString(), "-N", "kill-server");
    }
  }

  @Test
  void removesWhatALaunchLeftWhoseStateWasRemovedByHand() throws Exception {
    TmuxExperimentSpec spec = cluster.newExperiment("rl");
    spec.newProcess("old").shell("exit 0");
    cluster.launch(spec);
    await("rl");
    // The sampler may write once more while its directory goes.
    OwnServer.run(
        "sh", "-c", "until rm -rf \"$0\"; do :; done", directory.resolve("state").toString());
    TmuxExperimentSpec next = cluster.newExperiment("rl");
    next.newProcess("next").shell("exit 0");
    cluster.launch(next);
    assertEquals("__main__ next", fixture.windows("rl"));
    assertEquals("rl", fixture.own.tmux("list-sessions", "-F", "#S"));
  }

  @Test
  void aMissingTmuxIsSaidBeforeAnythingStarts() throws Exception {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Map<String, String> environment = new HashMap<>(fixture.environment);
    environment.put("PATH", bin.toString());
    TmuxCluster without = fixture.cluster(ClusterContext.of(environment, directory));
    TmuxExperimentSpec spec = without.newExperiment("rl");
    spec.newProcess("p").command("/bin/true");
    String message = assertThrows(SymphonyException.class, () -> without.launch(spec)).getMessage();
    assertTrue(message.startsWith("tmux is not on the PATH"), message);
    assertEquals(List.of(), without.listExperiments());
  }

  @Test
  void aFailingLaunchLeavesNothing() throws Exception {
    TmuxExperimentSpec first = cluster.newExperiment("first");
    first.newProcess("p").shell("exit 0");
    cluster.launch(first);
    await("first");
    long pid = fixture.own.pid();
    OwnServer.run("prlimit", "--pid", Long.toString(pid), "--nofile=80:80");
    TmuxExperimentSpec spec = cluster.newExperiment("many");
    spec.newProcesses("p", 60, (p, i) -> p.shell("exec sleep 600"));
    String message = assertThrows(SymphonyException.class, () -> cluster.launch(spec)).getMessage();
    assertTrue(message.contains("more windows, not for 60"), message);
    assertEquals(List.of("first"), cluster.listExperiments());
    assertEquals("first", fixture.own.tmux("list-sessions", "-F", "#S"));
  }

  @Test
  void isFoundByItsNameWithItsOptions() {
    Cluster found =
        Cluster.of(
            "tmux",
            Map.of(
                "socket",
                fixture.own.socket.toString(),
                "preambleCmds",
                List.of("one"),
                "timeout",
                5),
            fixture.context);
    TmuxCluster tmux = assertInstanceOf(TmuxCluster.class, found);
    assertEquals(fixture.own.socket, tmux.socket());
    assertEquals(List.of("one"), tmux.newExperiment("rl").getPreamble());
    String message =
        assertThrows(
                UsageException.class,
                () -> Cluster.of("tmux", Map.of("server_name", "x"), fixture.context))
            .getMessage();
    assertTrue(message.contains("no option 'server_name'; it has serverName"), message);
  }

  @Test
  void saysThatAProcessHasNoWindowToShow() throws Exception {
    TmuxExperimentSpec spec = cluster.newExperiment("rl");
    spec.newProcess("p").shell("exit 0");
    cluster.launch(spec);
    await("rl");
    fixture.own.tmux("kill-window", "-t", "=rl:p");
    String message =
        assertThrows(NotFoundException.class, () -> cluster.login("rl", ProcessName.parse("p")))
            .getMessage();
    assertTrue(message.contains("has no window any more"), message);
  }
}
