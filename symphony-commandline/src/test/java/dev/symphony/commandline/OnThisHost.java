package dev.symphony.commandline;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.State;
import dev.symphony.spi.ClusterContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import net.sourceforge.argparse4j.inf.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A program on the local backend, with state and ports of its own. */
abstract class OnThisHost {
  @TempDir Path folder;
  final Map<String, String> environment = new HashMap<>();
  Cluster cluster;
  SymphonyParser program;

  /** What {@code create} launches. */
  Consumer<ExperimentSpec> declaration = rl -> rl.newProcess("one").command("sleep", "300");

  @BeforeEach
  void surround() {
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", folder.toString());
    environment.put("SYMPHONY_HOME", folder.resolve("state").toString());
    environment.put("SYMPHONY_PORTS", folder.resolve("ports").toString());
    environment.put("SYMPHONY_PORT_RANGE", "21000-21200");
    cluster = newCluster();
    program = new OwnProgram();
  }

  @AfterEach
  void deleteAll() {
    for (String experiment : cluster.listExperiments()) {
      cluster.delete(experiment);
    }
    cluster.close();
  }

  Cluster newCluster() {
    return Cluster.of("local", Map.of(), ClusterContext.of(environment, folder));
  }

  Ran run(String... args) {
    return Ran.of(program, environment, args);
  }

  Ran typing(String typed, String... args) {
    return Ran.typing(typed, program, environment, args);
  }

  /** Launches processes that sleep until they are ended; {@code group/process} is in a group. */
  void launchSleepers(String experiment, String... processes) {
    ExperimentSpec spec = cluster.newExperiment(experiment);
    for (String process : processes) {
      int slash = process.indexOf('/');
      String name = process.substring(slash + 1);
      if (slash < 0) {
        spec.newProcess(name).shell("echo " + process + " is up", "sleep 300");
      } else {
        String group = process.substring(0, slash);
        boolean known =
            spec.listProcessGroups().stream().anyMatch(each -> each.getName().equals(group));
        (known ? spec.getProcessGroup(group) : spec.newProcessGroup(group))
            .newProcess(name)
            .shell("echo " + process + " is up", "sleep 300");
      }
    }
    cluster.launch(spec);
    for (String process : processes) {
      awaitUp(experiment, ProcessName.parse(process));
    }
  }

  /** A launch returns before every process runs and has printed something. */
  private void awaitUp(String experiment, ProcessName process) {
    Path log = cluster.logFile(experiment, process);
    long limit = System.nanoTime() + 60_000_000_000L;
    while (System.nanoTime() < limit) {
      try {
        if (Files.exists(log) && Files.readString(log).contains("is up")) {
          return;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      LockSupport.parkNanos(5_000_000);
    }
    throw new AssertionError(process + " did not come up");
  }

  /** Launches a process of one shell line and waits until it has ended. */
  void launchAndAwait(String experiment, String process, String line) {
    ExperimentSpec spec = cluster.newExperiment(experiment);
    spec.newProcess(process).shell(line);
    cluster.launch(spec);
    cluster.await(experiment, List.of(), Duration.ofSeconds(60), false, failure -> {});
  }

  /** Its state, once it has begun: a launch returns before every process runs. */
  State state(String experiment, String process) {
    long limit = System.nanoTime() + 60_000_000_000L;
    State state;
    do {
      LockSupport.parkNanos(2_000_000);
      state = cluster.describeProcess(experiment, ProcessName.parse(process)).state();
    } while (state == State.PENDING && System.nanoTime() < limit);
    return state;
  }

  /** The program: built-in commands and {@code create}. */
  private final class OwnProgram extends SymphonyParser {
    @Override
    protected Cluster createCluster() {
      return newCluster();
    }

    @Override
    protected String programName() {
      return "own";
    }

    @Override
    protected void setup() {
      super.setup();
      net.sourceforge.argparse4j.inf.Subparser create =
          addSubparser("create").help("launch the experiment");
      create.addArgument("name").nargs("?").setDefault("rl");
      addLaunchArguments(create);
    }

    public int actionCreate(Namespace args) throws Exception {
      ExperimentSpec spec = cluster().newExperiment(args.getString("name"));
      declaration.accept(spec);
      return launch(spec, args);
    }
  }
}
