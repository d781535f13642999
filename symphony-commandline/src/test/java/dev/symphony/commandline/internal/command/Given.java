package dev.symphony.commandline.internal.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.symphony.commandline.internal.view.Terminal;
import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A session at a fixed moment with a cluster of given records, and what it printed. */
final class Given {
  static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  final GivenCluster cluster;
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();

  Given(Path folder) {
    cluster = new GivenCluster(folder);
  }

  Session session() {
    return session(Terminal.of(InputStream.nullInputStream(), out, err, Map.of()));
  }

  Session onTerminal(String... environment) {
    return session(
        Terminal.interactive(InputStream.nullInputStream(), out, err, environment(environment)));
  }

  private Session session(Terminal terminal) {
    return new Session(terminal, cluster, () -> NOW);
  }

  private static Map<String, String> environment(String... pairs) {
    Map<String, String> map = new java.util.HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  String out() {
    return out.toString(UTF_8);
  }

  String err() {
    return err.toString(UTF_8);
  }

  static ExperimentStatus experiment(String name, ProcessStatus... processes) {
    return ExperimentStatus.of(
        name, "id-" + name, ago("PT25H"), List.of(processes), Duration.ofMillis(20));
  }

  static ProcessStatus running(String name, String since) {
    return status(name, State.RUNNING, null, null, true, 0, null, null, ago(since), null);
  }

  static ProcessStatus ended(
      String name, State state, Integer code, Integer signal, String reason, String message) {
    return status(name, state, reason, message, false, 0, code, signal, ago("PT15M"), ago("PT10M"));
  }

  static ProcessStatus waiting(String name, State state, String reason, String message) {
    return status(name, state, reason, message, false, 0, null, null, null, null);
  }

  static ProcessStatus status(
      String name,
      State state,
      String reason,
      String message,
      boolean ready,
      int restarts,
      Integer code,
      Integer signal,
      Instant start,
      Instant end) {
    return new ProcessStatus(
        ProcessName.parse(name), state, reason, message, ready, restarts, code, signal, start, end);
  }

  static Instant ago(String duration) {
    return NOW.minus(Duration.parse(duration));
  }
}
