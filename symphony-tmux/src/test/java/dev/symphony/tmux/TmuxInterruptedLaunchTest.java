package dev.symphony.tmux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launching program dies in the middle. */
class TmuxInterruptedLaunchTest {
  private static final int PROCESSES = 60;

  @TempDir Path directory;
  private TmuxFixture fixture;

  @BeforeEach
  void prepare() throws Exception {
    fixture = new TmuxFixture(directory);
  }

  @AfterEach
  void end() throws Exception {
    fixture.close();
  }

  /** Launches many processes that write down their pids. */
  static final class Launcher {
    public static void main(String[] args) throws Exception {
      TmuxCluster cluster = new TmuxFixture(Path.of(args[0])).cluster;
      TmuxExperimentSpec spec = cluster.newExperiment("rl");
      spec.newProcesses("p", PROCESSES, (p, i) -> p.shell("echo $$ >>pids", "exec sleep 600"));
      System.out.println("planned");
      cluster.launch(spec);
      System.out.println("launched");
    }
  }

  private List<Long> running() throws Exception {
    List<Long> running = new ArrayList<>();
    if (Files.exists(directory.resolve("pids"))) {
      for (String pid : Files.readAllLines(directory.resolve("pids"))) {
        if (TmuxFixture.runs(Long.parseLong(pid))) {
          running.add(Long.parseLong(pid));
        }
      }
    }
    return running;
  }

  @Test
  void leavesAllOrWhatDeleteRemoves() throws Exception {
    // The server is there, as it is for all but the first launch of a machine.
    fixture.own.server.ensure();
    Random random = new Random(20);
    for (int i = 0; i < 8; i++) {
      Files.deleteIfExists(directory.resolve("pids"));
      Process launcher =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Launcher.class.getName(),
                  directory.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      launcher.inputReader().readLine();
      launcher.waitFor(random.nextInt(600), TimeUnit.MILLISECONDS);
      launcher.destroyForcibly().waitFor();
      if (fixture.cluster.listExperiments().isEmpty()) {
        assertEquals(List.of(), running(), "nothing was claimed, so nothing runs");
      } else {
        if (random.nextBoolean()) {
          OwnServer.waitFor("the end of the launch", this::settled);
        }
        fixture.cluster.delete("rl");
        assertEquals(List.of(), running());
      }
      fixture.own.awaitNoPane();
    }
    assertEquals(List.of(), fixture.cluster.listExperiments());
  }

  /** Whether each process runs, or is known never to be started. */
  private boolean settled() {
    int running = 0;
    for (ProcessStatus status : fixture.cluster.describeExperiment("rl").processes()) {
      if (status.state() == State.PENDING) {
        return false;
      }
      running += status.state() == State.RUNNING ? 1 : 0;
    }
    // Those that start late are taken for lost until then.
    return running == 0 || running == PROCESSES;
  }
}
