package dev.symphony.tmux;

import dev.symphony.engine.LogOptions;
import dev.symphony.engine.LogStream;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import dev.symphony.spi.ClusterContext;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A cluster with a state directory, ports and a tmux server that belong to one test. */
final class TmuxFixture implements AutoCloseable {
  final Path directory;
  final Map<String, String> environment;
  final ClusterContext context;
  final TmuxCluster cluster;
  final OwnServer own;

  TmuxFixture(Path directory) throws Exception {
    this(directory, Map.of());
  }

  TmuxFixture(Path directory, Map<String, String> more) throws Exception {
    this.directory = directory;
    environment = new HashMap<>(System.getenv());
    environment.remove("TMUX");
    environment.remove("TMUX_PANE");
    environment.put("HOME", directory.toString());
    environment.put("SYMPHONY_HOME", directory.resolve("state").toString());
    environment.put("SYMPHONY_PORTS", directory.resolve("ports").toString());
    environment.putAll(more);
    context = ClusterContext.of(environment, directory);
    own = new OwnServer(directory);
    cluster = cluster(context);
    // As after the first launch: without a server the session is made in a call of its own.
    own.server.ensure();
  }

  TmuxCluster cluster(ClusterContext surroundings) {
    return TmuxCluster.builder()
        .socket(own.socket)
        .timeout(Duration.ofMinutes(1))
        .build(surroundings);
  }

  ProcessStatus status(String experiment, String process) {
    return cluster.describeProcess(experiment, ProcessName.parse(process));
  }

  void waitFor(String experiment, String process, State state) throws InterruptedException {
    OwnServer.waitFor(
        process + " of " + experiment + " is " + state,
        () -> status(experiment, process).state() == state);
  }

  /** The whole log as a user reads it. */
  String log(String experiment, String process) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (LogStream log = cluster.logs(experiment, ProcessName.parse(process), LogOptions.all())) {
      while (log.poll((bytes, offset, length, time) -> all.write(bytes, offset, length)) > 0) {
        // More may come.
      }
    }
    return all.toString(java.nio.charset.StandardCharsets.UTF_8);
  }

  void waitForLog(String experiment, String process, String text) throws InterruptedException {
    OwnServer.waitFor(
        "'" + text + "' in the log of " + process,
        () -> {
          try {
            return log(experiment, process).contains(text);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  String windows(String experiment) throws Exception {
    return own.tmux("list-windows", "-t", "=" + experiment + ":", "-F", "#{window_name}")
        .replace('\n', ' ');
  }

  /** Whether a process of this pid runs; one that has ended and waits for its parent does not. */
  static boolean runs(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (java.io.IOException e) {
      return false;
    }
  }

  long pidIn(String file) {
    String text = OwnServer.read(directory.resolve(file)).strip();
    return text.isEmpty() ? -1 : Long.parseLong(text.lines().reduce((a, b) -> b).orElse("-1"));
  }

  long waitForPid(String file) throws InterruptedException {
    OwnServer.waitFor("a pid in " + file, () -> pidIn(file) > 0);
    return pidIn(file);
  }

  @Override
  public void close() throws Exception {
    for (String experiment : List.copyOf(cluster.listExperiments())) {
      cluster.kill(experiment, List.of());
      cluster.delete(experiment);
    }
    own.close();
  }
}
