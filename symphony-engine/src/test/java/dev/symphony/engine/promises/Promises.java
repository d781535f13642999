package dev.symphony.engine.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.LogOptions;
import dev.symphony.engine.LogStream;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.Verdict;
import dev.symphony.spi.ClusterContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the design promises, tried on a backend that runs real processes of this host. Each test has
 * a state directory and ports of its own, and leaves nothing running.
 */
public abstract class Promises implements TestedBackend {
  /** The one experiment that most tests launch. */
  protected static final String NAME = "tried";

  @TempDir protected Path dir;

  /** The launching program's environment, as the cluster is told. */
  protected final Map<String, String> environment = new HashMap<>(System.getenv());

  protected Cluster cluster;

  /**
   * The first of the forty ports that a test has; others choose theirs, the kernel none of these.
   */
  protected int firstPort;

  /** The backend's options for one test. */
  protected Map<String, String> options() {
    return Map.of();
  }

  @BeforeEach
  void open() throws IOException {
    needs();
    environment.keySet().removeIf(name -> name.startsWith("SYMPH"));
    environment.put("HOME", Files.createDirectory(dir.resolve("home")).toString());
    environment.keySet().removeAll(List.of("TMUX", "TMUX_PANE"));
    environment.put("TMUX_TMPDIR", Files.createDirectory(dir.resolve("tmux")).toString());
    environment.put("SYMPHONY_HOME", state().toString());
    environment.put("SYMPHONY_PORTS", dir.resolve("ports").toString());
    firstPort = 10_000 + 40 * ThreadLocalRandom.current().nextInt(550);
    environment.put("SYMPHONY_PORT_RANGE", firstPort + "-" + (firstPort + 39));
    Files.createDirectory(dir.resolve("work"));
    cluster = open(context());
  }

  @AfterEach
  void leaveNothing() throws Exception {
    if (cluster == null) {
      return;
    }
    try {
      for (String experiment : cluster.listExperiments()) {
        cluster.kill(experiment, List.of());
        cluster.delete(experiment);
      }
      cluster.close();
      Eventually.is("what still runs", List.of(), () -> Pids.mentioning(state().toString()));
    } finally {
      Pids.mentioning(state().toString()).forEach(Pids::kill);
      endBackend(dir);
    }
  }

  /** The surroundings as {@link #environment} says now. */
  protected ClusterContext context() {
    return ClusterContext.of(environment, work());
  }

  /** A cluster of the backend with other surroundings. */
  protected Cluster open(ClusterContext context) {
    return Cluster.of(backend(), options(), context);
  }

  /** The state directory, whose name nobody may take for anything else than a name. */
  protected Path state() {
    return dir.resolve("it's; a \"state\" #{x} %d $(touch RAN)");
  }

  /** The working directory of the launching program. */
  protected Path work() {
    return dir.resolve("work");
  }

  /** A file of the working directory. */
  protected Path file(String name) {
    return work().resolve(name);
  }

  protected ExperimentSpec experiment() {
    return cluster.newExperiment(NAME);
  }

  protected static ProcessName process(String name) {
    return ProcessName.parse(name);
  }

  protected ProcessStatus status(String process) {
    return cluster.describeProcess(NAME, process(process));
  }

  protected void awaitState(String process, State state) throws Exception {
    Eventually.is("state of " + process, state, () -> status(process).state());
  }

  /** Waits until all have ended. */
  protected Verdict ended() {
    return cluster.await(NAME, List.of(), Duration.ofMinutes(1), false, failure -> {});
  }

  /** The whole log as text of one byte a character. */
  protected String log(String process) throws IOException {
    return read(LogOptions.all(), process);
  }

  protected String read(LogOptions options, String process) throws IOException {
    return read(NAME, options, process);
  }

  protected String read(String experiment, LogOptions options, String process) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (LogStream log = cluster.logs(experiment, process(process), options)) {
      while (log.poll((buffer, offset, length, time) -> bytes.write(buffer, offset, length)) > 0) {}
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  /** What the user reads when something is refused: for most errors exactly one line. */
  protected static String refusal(Runnable action) {
    return refusal(SymphonyException.class, action);
  }

  protected static String refusal(Class<? extends SymphonyException> type, Runnable action) {
    SymphonyException e = org.junit.jupiter.api.Assertions.assertThrows(type, action::run);
    return String.valueOf(e.getMessage());
  }

  protected static String refusalInOneLine(Runnable action) {
    String message = refusal(action);
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  /** All that is below a directory, and nothing where there is none. */
  protected static List<String> below(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (var walk = Files.walk(directory)) {
      return walk.skip(1).map(path -> directory.relativize(path).toString()).sorted().toList();
    }
  }
}
