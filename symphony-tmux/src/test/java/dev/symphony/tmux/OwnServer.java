package dev.symphony.tmux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A tmux server that a test has for itself, on a socket in the test's own directory. */
final class OwnServer implements AutoCloseable {
  final Path socket;
  final TmuxClient client;
  final TmuxServer server;

  OwnServer(Path directory) {
    this(directory, Duration.ofMinutes(1));
  }

  OwnServer(Path directory, Duration limit) {
    socket = directory.resolve("tmux.sock");
    client =
        new TmuxClient(
            TmuxVersion.program(System.getenv()), new TmuxSocket(socket), System.getenv());
    server = new TmuxServer(client, limit);
  }

  /** What tmux itself says, asked past the code under test. */
  String tmux(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", socket.toString(), "-N"));
    command.addAll(List.of(words));
    return run(command.toArray(new String[0]));
  }

  static String run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("TMUX");
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out.strip();
  }

  long pid() {
    return ListeningProcess.find(socket);
  }

  void signal(String name) throws Exception {
    long pid = pid();
    // -1 would be everybody.
    if (pid <= 0) {
      throw new AssertionError("no server listens on " + socket);
    }
    run("/bin/sh", "-c", "kill -" + name + " " + pid);
  }

  static void waitFor(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not happen within a minute: " + what);
      }
      Thread.sleep(5);
    }
  }

  /** Who deletes an experiment leaves its session to the server, which may be a moment behind. */
  void awaitNoPane() throws InterruptedException {
    waitFor("no pane is left", () -> server.panes().isEmpty());
  }

  static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws Exception {
    long pid = pid();
    if (pid > 0) {
      ProcessHandle handle = ProcessHandle.of(pid).orElse(null);
      if (handle != null) {
        handle.destroyForcibly();
        waitFor("the end of the test's server", () -> ListeningProcess.find(socket) < 0);
      }
    }
  }
}
