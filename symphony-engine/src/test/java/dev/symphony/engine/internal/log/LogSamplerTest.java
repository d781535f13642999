package dev.symphony.engine.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.LogOptions;
import dev.symphony.engine.internal.host.ProcessTable;
import dev.symphony.engine.internal.host.Uptime;
import dev.symphony.engine.internal.log.Experiment.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sampler in each shell of this machine, all at once: it lives by seconds. */
class LogSamplerTest {
  @TempDir Path folder;
  private final List<Run> runs = new ArrayList<>();

  /** An experiment and the shell that runs its sampler. */
  private record Run(Experiment experiment, List<String> shell, Process sleeper) {
    Process sample() throws IOException {
      Path script = experiment.directory.resolve(LogSampler.SCRIPT);
      List<String> command = new ArrayList<>(shell);
      command.add(script.toString());
      return experiment.start(command);
    }

    LogSampler.Holder holder() {
      return LogSampler.holder(experiment.directory, ProcessTable.system());
    }

    String samples() throws IOException {
      try {
        return Files.readString(experiment.samples);
      } catch (NoSuchFileException none) {
        return ""; // not yet, or this moment renamed
      }
    }

    void await(String what, Experiment.Condition condition) throws IOException {
      try {
        Experiment.await(what + " by " + shell, condition);
      } catch (AssertionError late) {
        String now = "; it is " + holder() + ", the samples are " + samples();
        throw new AssertionError(late.getMessage() + now, late);
      }
    }
  }

  @AfterEach
  void end() {
    runs.forEach(run -> run.experiment.close());
  }

  @Test
  void samplesWhatGrowsAndEndsWithTheLastProcess() throws IOException {
    inEachShell(onABusyMachine(LogSampler.script()));
    for (Run run : runs) {
      Experiment experiment = run.experiment;
      experiment.append(0, "");
      experiment.append(1, "abc");
      experiment.append(12, "");
      for (String ending : List.of(".log", ".sh")) {
        Path hostile = experiment.directory.resolve("p/3;touch hacked;x" + ending);
        Experiment.append(hostile, "abc");
      }
      run.sample();
    }
    for (Run run : runs) {
      run.await("the first sample", () -> run.samples().endsWith(" 1=3\n"));
      assertTrue(run.samples().matches("! [-0-9a-f]+ \\S+\n\\d+ \\d+ 1=3\n"), run.samples());
      assertNotNull(run.holder());
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(run.experiment.samples)));
      run.experiment.append(0, "x");
      run.experiment.append(12, "yy");
    }
    for (Run run : runs) {
      run.await("two logs", () -> sizes(run).containsAll(List.of("0=1", "12=2")));
      // A wrapper that was killed, and a command that still runs.
      run.experiment.record(0, "R 1 99999999 1 " + pidAndStart(run));
      run.experiment.record(1, "E 1 0");
      run.experiment.record(12, "B 1 99999999 1 - -");
      Process second = run.sample();
      second.onExit().join();
      assertEquals(0, second.exitValue());
    }
    long later = Uptime.now() + 700;
    Experiment.await("seven seconds", () -> Uptime.now() > later);
    for (Run run : runs) {
      assertNotNull(run.holder(), "ended too early: " + run.shell);
      run.sleeper.destroyForcibly();
      run.experiment.append(12, "zzz");
    }
    for (Run run : runs) {
      run.await("the end", () -> run.holder() == null);
      run.await(
          "no more sampler", () -> !Files.exists(run.experiment.directory.resolve("sampler")));
      assertTrue(run.samples().matches("(?s).* 12=5\n= \\d+\n"), run.samples());
      assertEquals(Set.of("1=3", "0=1", "12=2", "12=5"), Set.copyOf(sizes(run)));
      assertEquals(4, sizes(run).size());
      assertFalse(Files.exists(run.experiment.directory.resolve("hacked")));
    }
  }

  @Test
  void survivesAFullDiskAndBeingKilled() throws IOException {
    inEachShell(LogSampler.script());
    for (Run run : runs) {
      run.experiment.append(0, "abc");
      run.experiment.record(0, "R 1 " + pidAndStart(run) + " - -");
      run.sample();
    }
    for (Run run : runs) {
      run.await("the first sample", () -> sizes(run).contains("0=3"));
      Files.delete(run.experiment.samples);
      Files.createSymbolicLink(run.experiment.samples, Path.of("/dev/full"));
      run.experiment.append(0, "d");
    }
    long later = Uptime.now() + 300;
    Experiment.await("three seconds", () -> Uptime.now() > later);
    for (Run run : runs) {
      assertNotNull(run.holder());
      run.experiment.append(1, "x");
      Path torn = run.experiment.directory.resolve("torn");
      Files.writeString(torn, "12 34 0=12");
      Files.move(torn, run.experiment.samples, StandardCopyOption.ATOMIC_MOVE);
    }
    for (Run run : runs) {
      run.await("samples again", () -> sizes(run).containsAll(List.of("0=4", "1=1")));
      assertTrue(run.samples().startsWith("12 34 0=12! "), run.samples());
      ProcessHandle.of(run.holder().pid()).orElseThrow().destroyForcibly();
    }
    for (Run run : runs) {
      run.await("the kill", () -> run.holder() == null);
      run.experiment.append(0, "e");
      run.sample();
      run.await("another", () -> run.holder() != null && sizes(run).contains("0=5"));
      assertTrue(run.samples().matches("(?s).*\n! \\S+ -\n\\d+ \\d+ 0=5 1=1\n"), run.samples());
    }
  }

  @Test
  void endsWhenItIsToldToAndWhenItsExperimentIsGone() throws IOException {
    inEachShell(LogSampler.script());
    for (Run run : runs) {
      run.sample();
      run.await("the sampler", () -> run.holder() != null);
    }
    List<LogSampler.Holder> holders = runs.stream().map(Run::holder).toList();
    for (int i = 0; i < runs.size(); i++) {
      Path directory = runs.get(i).experiment.directory;
      if (i % 3 == 0) {
        Files.writeString(directory.resolve(LogSampler.STOP), "");
      } else if (i % 3 == 1) {
        Files.delete(directory.resolve(LogSampler.SCRIPT));
      } else {
        delete(directory);
      }
    }
    for (LogSampler.Holder holder : holders) {
      Experiment.await(
          "the end", () -> !ProcessTable.system().alive(holder.pid(), holder.startTime()));
    }
  }

  @Test
  void beginsAnewWhenTheSamplesAreLong() throws IOException {
    inEachShell(LogSampler.script(100));
    for (Run run : runs) {
      run.experiment.append(0, "a");
      run.experiment.append(1, "b");
      run.sample();
    }
    for (String size : List.of("0=1", "0=2", "0=3", "0=4", "0=5")) {
      for (Run run : runs) {
        Path old = run.experiment.directory.resolve("samples.old");
        run.await(
            size,
            () ->
                sizes(run).contains(size)
                    || (Files.exists(old) && Files.readString(old).contains(size)));
        run.experiment.append(0, "x");
      }
    }
    for (Run run : runs) {
      Path directory = run.experiment.directory;
      assertTrue(Files.readString(directory.resolve("samples.coarse")).endsWith(" 0=1 1=1\n"));
      assertTrue(Files.size(directory.resolve("samples.old")) < 200);
    }
  }

  @Test
  void tellsWhenALineCame() throws IOException {
    inEachShell(LogSampler.script());
    Run run = runs.get(0);
    run.experiment.append(0, "old\n");
    run.sample();
    run.await("a sample", () -> sizes(run).contains("0=4"));
    long later = Uptime.now() + 350;
    Experiment.await("a while", () -> Uptime.now() > later);
    // The old line is half a second more than three seconds older than this.
    long begun = System.nanoTime();
    run.experiment.append(0, "new\n");
    assertEquals("new\n", run.experiment.read(since(begun)), "not sampled yet");
    run.await("a sample", () -> sizes(run).contains("0=8"));
    assertEquals("new\n", run.experiment.read(since(begun)));
    Received received = new Received();
    try (HostLogStream stream =
        run.experiment.open(LogOptions.all().withTimestamps(true), () -> true)) {
      received.drain(stream);
    }
    assertEquals(2, received.pieces.size());
    long apart = received.pieces.get(1).epochMillis() - received.pieces.get(0).epochMillis();
    assertTrue(apart >= 2000 && apart <= 30_000, "apart: " + apart);
  }

  @Test
  void worksWhereThereIsNoProc() throws IOException {
    inEachShell(onABusyMachine(LogSampler.script()).replace("/proc/", "/no-proc/"));
    for (Run run : runs) {
      run.experiment.append(0, "old\n");
      run.experiment.record(0, "R 1 " + run.sleeper.pid() + " 0 - -");
      run.sample();
    }
    for (Run run : runs) {
      run.await("the first sample", () -> sizes(run).contains("0=4"));
      assertNotNull(run.holder());
      run.sleeper.destroyForcibly();
      run.experiment.append(0, "new\n");
    }
    for (Run run : runs) {
      run.await("the end", () -> run.holder() == null);
      assertTrue(run.samples().matches("! - -\n(\\d+) \\d+ 0=4\n\\d+ \\d+ 0=8\n= \\d+\n"));
      LogOptions recent = LogOptions.all().withSince(Duration.ofHours(1));
      assertEquals("old\nnew\n", run.experiment.read(recent));
    }
  }

  /** What came in the second before a moment or later. */
  private static LogOptions since(long nanoTime) {
    return LogOptions.all()
        .withSince(Duration.ofNanos(System.nanoTime() - nanoTime).plusSeconds(1));
  }

  /** A sampler that takes no pause, however long, for a sleep of the machine. */
  private static String onABusyMachine(String script) {
    assertTrue(script.contains("-gt 500 ]"));
    return script.replace("-gt 500 ]", "-gt 9000 ]");
  }

  private void inEachShell(String script) throws IOException {
    List<List<String>> shells = new ArrayList<>();
    shells.add(List.of("/bin/sh"));
    for (String name : List.of("dash", "bash", "busybox", "ksh", "mksh", "yash")) {
      Stream.of(System.getenv("PATH").split(":"))
          .map(folder -> Path.of(folder, name))
          .filter(Files::isExecutable)
          .findFirst()
          .map(Path::toString)
          .ifPresent(
              path -> shells.add(name.equals("busybox") ? List.of(path, "ash") : List.of(path)));
    }
    for (List<String> shell : shells) {
      Experiment experiment = new Experiment(folder.resolve("run " + runs.size()));
      Files.writeString(experiment.directory.resolve(LogSampler.SCRIPT), script);
      runs.add(new Run(experiment, shell, experiment.shell("exec sleep 300")));
    }
  }

  private static String pidAndStart(Run run) {
    return run.sleeper.pid() + " " + run.experiment.startTime(run.sleeper);
  }

  /** All sizes in the samples in order. */
  private static List<String> sizes(Run run) throws IOException {
    List<String> sizes = new ArrayList<>();
    for (String word : run.samples().split("\\s+")) {
      if (word.contains("=") && word.length() > 1) {
        sizes.add(word);
      }
    }
    return sizes;
  }

  private static void delete(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(directory)) {
      paths = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
