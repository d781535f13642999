package dev.symphony.engine.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Full, read-only and forbidden disks end in one clear line and no half state. */
public abstract class FaultPromises extends Promises {
  /** A small disk of the test's own, mounted where the state directory will be. */
  private record Disk(Path folder) implements AutoCloseable {
    static Disk mount(Path folder, String size) throws Exception {
      Needs.root();
      Files.createDirectories(folder);
      String options = "size=" + size + ",mode=0700";
      boolean mounted = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()) == 0;
      Needs.that(mounted, "root that may mount a tmpfs");
      return new Disk(folder);
    }

    /** Leaves no byte free. */
    void fill() throws IOException {
      Path file = folder.resolve("fill");
      byte[] block = new byte[1024];
      try (var out = Files.newOutputStream(file)) {
        for (int i = 0; i < 64 * 1024; i++) {
          out.write(block);
        }
        throw new AssertionError("the disk is larger than it should be");
      } catch (IOException full) {
        return;
      }
    }

    boolean remount(String how) throws Exception {
      return run("mount", "-o", "remount," + how, folder.toString()) == 0;
    }

    @Override
    public void close() throws Exception {
      assertEquals(0, run("umount", "-l", folder.toString()));
    }

    private static int run(String... command) throws Exception {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
      return process.exitValue();
    }
  }

  private void clear() {
    for (String experiment : cluster.listExperiments()) {
      cluster.delete(experiment);
    }
  }

  @Test
  void aDiskThatIsFullAtLaunchLeavesNothing() throws Exception {
    try (Disk disk = Disk.mount(state(), "256k")) {
      disk.fill();
      ExperimentSpec experiment = experiment();
      experiment.newProcess("p").binds("s").command("touch", file("ran").toString());
      String message = refusalInOneLine(() -> cluster.launch(experiment));
      assertTrue(message.contains("No space left"), message);
      assertEquals(List.of(), cluster.listExperiments());
      Files.delete(disk.folder().resolve("fill"));
      List<String> rest = below(state());
      assertTrue(rest.stream().noneMatch(name -> name.contains("/.")), rest.toString());
      cluster.launch(experiment);
      assertEquals(State.SUCCEEDED, ended().outcome());
      clear();
    }
  }

  @Test
  void onADiskThatFillsWhileRunningExitCodesAreRecordedAndAllCanBeStoppedAndDeleted()
      throws Exception {
    try (Disk disk = Disk.mount(state(), "1m")) {
      ExperimentSpec experiment = experiment();
      String wait = "until [ -e " + file("go") + " ]; do sleep 0.05; done; ";
      experiment.newProcess("seven").command("sh", "-c", "echo up; " + wait + "exit 7");
      experiment
          .newProcess("again")
          .restart(dev.symphony.engine.RestartPolicy.onFailure(1))
          .command("sh", "-c", wait + "exit 8");
      experiment.newProcess("runs").command("sleep", "600");
      experiment
          .newProcess("writes")
          .command("sh", "-c", wait + "trap '' PIPE; seq 100000; exit 9");
      cluster.launch(experiment);
      awaitState("runs", State.RUNNING);
      Eventually.is("log", "up\n", () -> log("seven"));
      disk.fill();
      Files.createFile(file("go"));
      for (String process : List.of("seven", "again", "writes")) {
        awaitState(process, State.FAILED);
      }
      assertEquals(7, status("seven").exitCode());
      assertEquals(8, status("again").exitCode());
      assertEquals(1, status("again").restarts());
      assertEquals(9, status("writes").exitCode());
      assertEquals(List.of(process("runs")), cluster.stop(NAME, List.of()));
      assertEquals(State.STOPPED, status("runs").state());
      assertEquals(7, status("seven").exitCode());
      assertEquals(List.of(process("runs")), cluster.start(NAME, List.of(process("runs"))));
      awaitState("runs", State.RUNNING);
      cluster.delete(NAME);
      assertEquals(List.of(), cluster.listExperiments());
    }
  }

  @Test
  void aReadOnlyDiskIsReadAndSaysSoWhenWritten() throws Exception {
    try (Disk disk = Disk.mount(state(), "1m")) {
      ExperimentSpec experiment = experiment();
      experiment.newProcess("p").command("sh", "-c", "echo said; exit 3");
      cluster.launch(experiment);
      ended();
      Eventually.is("what runs", List.of(), () -> Pids.mentioning(state() + "/"));
      endBackend(dir); // which may hold logs open
      Eventually.that("a disk that nobody writes to", () -> disk.remount("ro"));
      assertEquals(State.FAILED, status("p").state());
      assertEquals("said\n", log("p"));
      ExperimentSpec second = cluster.newExperiment("second");
      second.newProcess("p").command("touch", file("ran").toString());
      List<Runnable> refused =
          List.of(
              () -> cluster.launch(second),
              () -> cluster.delete(NAME),
              () -> cluster.start(NAME, List.of()),
              () -> cluster.setExperiment(NAME));
      for (Runnable action : refused) {
        String message = refusalInOneLine(action);
        assertTrue(message.contains("ead-only"), message);
        assertTrue(message.contains(state().toString()), message);
      }
      assertEquals(List.of(NAME), cluster.listExperiments());
      assertTrue(disk.remount("rw"));
      clear();
    }
  }

  @Test
  void aStateDirectoryThatTheUserMayNotUseIsNamed() throws Exception {
    Needs.root();
    Path open = Jvm.openDirectory();
    try {
      String classPath = Jvm.classPathFor(open);
      Path forbidden = Files.createDirectory(open.resolve("forbidden"));
      Files.setAttribute(forbidden, "unix:mode", 0700);
      Path work = Files.createDirectory(open.resolve("work"));
      Files.setAttribute(work, "unix:uid", Jvm.STRANGER);
      Map<String, String> its = new HashMap<>(environment);
      its.put("HOME", work.toString());
      its.put("TMUX_TMPDIR", work.toString());
      its.put("SYMPHONY_PORTS", work.resolve("ports").toString());
      for (Path state : List.of(forbidden, forbidden.resolve("deeper"))) {
        its.put("SYMPHONY_HOME", state.toString());
        List<String> command =
            Jvm.command(
                classPath,
                LaunchingProgram.class,
                backend(),
                LaunchingProgram.join(options()),
                "1",
                "touch " + work.resolve("ran"),
                NAME);
        try (Jvm program = Jvm.start(Jvm.asStranger(command), its, work)) {
          assertEquals("ready", program.line());
          program.tell("go");
          List<String> lines = program.lines();
          assertEquals(1, lines.size(), lines.toString());
          assertTrue(lines.get(0).startsWith("refused " + NAME + " 1 "), lines.get(0));
          assertTrue(lines.get(0).contains(forbidden.toString()), lines.get(0));
          assertTrue(lines.get(0).toLowerCase().contains("permission denied"), lines.get(0));
        }
      }
      assertEquals(List.of(), below(forbidden));
    } finally {
      endBackend(open);
      Jvm.remove(open);
    }
  }

  @Test
  void aMachineThatRefusesAnotherProcessHalfWayKeepsNothingOfTheLaunch() throws Exception {
    Needs.root();
    Needs.program("prlimit");
    Path open = Jvm.openDirectory();
    try {
      String classPath = Jvm.classPathFor(open);
      Path work = Files.createDirectory(open.resolve("work"));
      Files.setAttribute(work, "unix:uid", Jvm.STRANGER);
      Map<String, String> its = new HashMap<>(environment);
      its.put("HOME", work.toString());
      its.put("TMUX_TMPDIR", work.toString());
      its.put("SYMPHONY_PORTS", work.resolve("ports").toString());
      its.put("SYMPHONY_HOME", work.resolve("state").toString());
      // A Java virtual machine alone has some 20 threads, which count.
      List<String> command = new ArrayList<>(List.of("prlimit", "--nproc=60:60"));
      command.addAll(
          Jvm.command(
              classPath,
              LaunchingProgram.class,
              backend(),
              LaunchingProgram.join(options()),
              "40",
              "echo $$ >>" + work.resolve("ran") + "; exec sleep 600",
              NAME));
      try (Jvm program = Jvm.start(Jvm.asStranger(command), its, work)) {
        assertEquals("ready", program.line());
        program.tell("go");
        List<String> lines = program.lines();
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.get(0).startsWith("refused " + NAME + " 1 "), lines.get(0));
        assertTrue(!lines.get(0).contains("could not be removed"), lines.get(0));
      }
      Eventually.is("what runs", List.of(), () -> Pids.mentioning(work + "/state"));
      for (String pid : Pids.text(work.resolve("ran")).lines().toList()) {
        assertTrue(!Pids.alive(Long.parseLong(pid)), pid);
      }
      try (Cluster theirs = open(dev.symphony.spi.ClusterContext.of(its, work))) {
        assertEquals(List.of(), theirs.listExperiments());
      }
    } finally {
      endBackend(open);
      Jvm.remove(open);
    }
  }
}
