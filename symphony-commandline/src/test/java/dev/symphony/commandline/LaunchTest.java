package dev.symphony.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code create} of every program does, and what signals do to it. */
class LaunchTest extends OnThisHost {
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void killPrograms() {
    for (Process program : started) {
      program.destroyForcibly();
    }
  }

  @Test
  void dryRunPrintsThePlanAndLaunchesNothing() {
    Ran ran = run("create", "--dry-run");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().startsWith("experiment: rl\n"), ran.out());
    assertEquals(List.of(), cluster.listExperiments());
    assertFalse(Files.exists(folder.resolve("state/current")));
  }

  @Test
  void dryRunOfTheServerPrintsThePlanAndLaunchesNothing() {
    Ran ran = run("create", "--dry-run-server");
    assertEquals(0, ran.code(), ran.err());
    assertEquals(run("create", "--dry-run").out(), ran.out());
    assertEquals(List.of(), cluster.listExperiments());
  }

  @Test
  void theImageIsThatOfProcessesThatNameNone() {
    List<String> images = new ArrayList<>();
    ExperimentSpec[] declared = new ExperimentSpec[1];
    declaration =
        rl -> {
          rl.newProcess("own").command("sleep", "300").image("me/own:1");
          rl.newProcessGroup("g").newProcess("none").command("sleep", "300");
          declared[0] = rl;
        };
    assertEquals(0, run("create", "--dry-run", "--image", "me/rl:2").code());
    for (ProcessSpec process : declared[0].listAllProcesses()) {
      images.add(process.getImage());
    }
    assertEquals(List.of("me/rl:2", "me/own:1"), images);
  }

  @Test
  void aBackendWithoutAContextRefusesToSetIt() {
    launchSleepers("rl", "a");
    Ran ran = run("se", "rl", "--set-context");
    assertEquals(2, ran.code());
    assertEquals(
        "error: backend local has no context to set; leave out --set-context", ran.error());
  }

  @Test
  void makesTheLaunchedExperimentCurrentAndSaysWhatToTypeNext() {
    launchSleepers("before", "a");
    Ran ran = run("create");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().startsWith("launched rl on local"), ran.out());
    assertTrue(ran.out().contains("own p "), ran.out());
    assertEquals("rl\n", run("se").out());
  }

  @Test
  void refusesAnExistingExperimentUnlessForced() {
    assertEquals(0, run("create").code());
    String first = cluster.describeExperiment("rl").launchId();
    Ran again = run("create");
    assertEquals(4, again.code());
    assertTrue(again.error().contains("--force"), again.err());
    assertEquals(0, run("create", "--force").code());
    assertFalse(first.equals(cluster.describeExperiment("rl").launchId()));
  }

  @Test
  void attachPrintsAllLogsAndEndsWithTheVerdict() {
    declaration =
        rl -> {
          rl.newProcess("good").shell("echo good one");
          rl.newProcess("bad").shell("echo bad one", "exit 6");
        };
    Ran ran = run("create", "--attach");
    assertEquals(6, ran.code(), ran.err());
    assertTrue(ran.out().contains("good | good one\n"), ran.out());
    assertTrue(ran.out().contains("bad  | bad one\n"), ran.out());
    assertTrue(ran.err().contains("bad failed first with exit code 6"), ran.err());
    declaration = rl -> rl.newProcess("good").shell("echo good one");
    assertEquals(0, run("create", "--attach", "--force").code());
  }

  @Test
  void firstInterruptStopsAnAttachedExperimentAndKeepsItsRecord() throws Exception {
    Interruptible.needed();
    for (String signal : List.of("INT", "TERM")) {
      Process program = attached("echo it is up; sleep 300");
      signal(signal, program);
      assertEquals(130, codeOf(program), output("err"));
      assertEquals(State.STOPPED, state("rl", "p-0"));
      assertTrue(output("err").contains("stopping rl"), output("err"));
      cluster.delete("rl");
    }
  }

  @Test
  void secondInterruptKills() throws Exception {
    Interruptible.needed();
    Process program = attached("trap '' TERM; echo it is up; while :; do sleep 1; done");
    signal("INT", program);
    Eventually.holds("it is being stopped", () -> output("err").contains("stopping rl"));
    signal("INT", program);
    assertEquals(130, codeOf(program), output("err"));
    assertTrue(output("err").contains("killing rl"), output("err"));
    assertTrue(state("rl", "p-0").hasEnded());
  }

  @Test
  void aLostConnectionLeavesTheExperimentRunning() throws Exception {
    Process program = attached("echo it is up; sleep 300");
    signal("HUP", program);
    assertEquals(129, codeOf(program), output("err"));
    assertEquals(State.RUNNING, state("rl", "p-0"));
  }

  @Test
  void interruptWhileLaunchingLeavesNothing() throws Exception {
    Interruptible.needed();
    for (int attempt = 0; attempt < 4; attempt++) {
      Process program = start("create", "sleep 300", "sleep 300", "sleep 300");
      Path state = folder.resolve("state");
      Eventually.holds("the launch has begun", () -> hasBegun(state) || !program.isAlive());
      signal("INT", program);
      int code = codeOf(program);
      List<String> left = cluster.listExperiments();
      if (output("err").contains("what was started is removed")) {
        assertEquals(130, code, output("err"));
        assertEquals(List.of(), left, output("err"));
      } else {
        // The signal came before anything was launched, or when the launch was over.
        assertTrue(code == 130 || code == 0, output("err"));
        if (!left.isEmpty()) {
          cluster.delete("rl");
        }
      }
    }
  }

  @Test
  void interruptEndsFollowingAndWatchingWith130() throws Exception {
    Interruptible.needed();
    launchSleepers("rl", "a");
    for (String[] command :
        new String[][] {{"logs", "-f", "a"}, {"p", "--watch"}, {"wait"}, {"logs", "-af"}}) {
      Process program = start(command);
      if (!command[0].equals("wait")) {
        Eventually.holds("it has begun to print", () -> !output("out").isEmpty());
      } else {
        Eventually.holds("it waits", () -> program.info().totalCpuDuration().isPresent());
      }
      signal("INT", program);
      assertEquals(130, codeOf(program), output("err"));
      assertEquals(State.RUNNING, state("rl", "a"));
    }
  }

  private static boolean hasBegun(Path state) throws IOException {
    Path experiments = state.resolve("experiments");
    if (!Files.isDirectory(state)) {
      return false;
    }
    try (var found = Files.walk(Files.isDirectory(experiments) ? experiments : state)) {
      return found.anyMatch(path -> path.getFileName().toString().startsWith("rl"));
    } catch (java.io.UncheckedIOException e) {
      return true;
    }
  }

  /** Starts the program attached to an experiment of one process, which prints "it is up". */
  private Process attached(String line) throws Exception {
    Process program = start("create", "--attach", line);
    Eventually.holds(
        "the process is up: " + output("err"), () -> output("out").contains("\nit is up"));
    return program;
  }

  private Process start(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LaunchMain.class.getName());
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().putAll(environment);
    Process program = builder.start();
    started.add(program);
    return program;
  }

  private static void signal(String name, Process program) throws Exception {
    String pid = Long.toString(program.pid());
    new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
  }

  private static int codeOf(Process program) throws InterruptedException {
    assertTrue(program.waitFor(60, TimeUnit.SECONDS), "the program goes on");
    return program.exitValue();
  }

  private String output(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
