package dev.symphony.engine.internal.log;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import dev.symphony.engine.LogOptions;
import dev.symphony.engine.internal.host.ProcessTable;
import dev.symphony.engine.internal.host.Uptime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The directory of an experiment, as a launcher lays it out, and the processes of one test. */
final class Experiment implements AutoCloseable {
  final Path directory;
  final Path samples;

  /** What time it is for samples and those who read them. */
  final InstantSource clock;

  /** The time of an uptime of 0. */
  private final long bootMillis = System.currentTimeMillis() - 10 * Uptime.now();

  private final List<Process> started = new ArrayList<>();

  Experiment(Path parent) throws IOException {
    this(parent, InstantSource.system());
  }

  Experiment(Path parent, InstantSource clock) throws IOException {
    this.clock = clock;
    directory = Files.createDirectories(parent.resolve("exp"));
    samples = directory.resolve(LogSampler.SAMPLES);
    Files.createDirectories(directory.resolve("p"));
  }

  /** The file of a process with this ending. */
  Path file(int number, String ending) throws IOException {
    Path script = directory.resolve("p").resolve(number + ".sh");
    if (!Files.exists(script)) {
      Files.createFile(script);
    }
    return directory.resolve("p").resolve(number + ending);
  }

  Path log(int number) throws IOException {
    return file(number, ".log");
  }

  void append(int number, String text) throws IOException {
    append(log(number), text);
  }

  static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  void record(int number, String text) throws IOException {
    Files.writeString(file(number, ".sh"), "#" + text + "\nexit\n");
  }

  HostLog hostLog(int number, boolean terminal) throws IOException {
    return new HostLog(number, "agent-" + number, file(number, ""), samples, terminal);
  }

  HostLogStream open(LogOptions options, BooleanSupplier ended) throws IOException {
    return HostLogStream.open(hostLog(0, false), options, ended, clock);
  }

  /** What a reader gets that does not follow. */
  String read(LogOptions options) throws IOException {
    return read(options, false);
  }

  String read(LogOptions options, boolean terminal) throws IOException {
    try (HostLogStream stream =
        HostLogStream.open(hostLog(0, terminal), options, () -> fail("not asked"), clock)) {
      Received received = new Received();
      received.drain(stream);
      return received.text();
    }
  }

  /** A sample that was taken so many seconds ago, by a clock set wrong by so many seconds. */
  void sample(double secondsAgo, long clockError, String sizes) throws IOException {
    long ago = Math.round(100 * secondsAgo);
    long epoch = (clock.millis() - 10 * ago) / 1000 + clockError;
    append(samples, uptime(secondsAgo) + " " + epoch + " " + sizes + "\n");
  }

  /** An uptime so many seconds ago; of an earlier boot, since the machine may be up for less. */
  long uptime(double secondsAgo) {
    return 1_000_000_000 + (clock.millis() - bootMillis) / 10 - Math.round(100 * secondsAgo);
  }

  /** The mark that a sampler begins with, and the first attempt, both so many seconds ago. */
  void samplerBegan(double secondsAgo) throws IOException {
    mark("-");
    Path attempts = file(0, ".attempts");
    if (!Files.exists(attempts)) {
      long epoch = (clock.millis() - Math.round(1000 * secondsAgo)) / 1000;
      append(attempts, "1 0 " + uptime(secondsAgo) + " " + epoch + "\n");
    }
  }

  void mark(String knownUntil) throws IOException {
    append(samples, "! an-earlier-boot " + knownUntil + "\n");
  }

  Process shell(String script) throws IOException {
    return start(List.of("sh", "-c", script));
  }

  /** Starts a program in the experiment's directory; its output goes to the log of process 0. */
  Process start(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(0).toFile()))
            .start();
    started.add(process);
    return process;
  }

  long startTime(Process process) {
    return ProcessTable.system().startTime((int) process.pid());
  }

  static void await(String what, Condition condition) throws IOException {
    long limit = System.nanoTime() + 60_000_000_000L;
    while (!condition.holds()) {
      if (System.nanoTime() > limit) {
        fail("waited 60 s for " + what);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Override
  public void close() {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    for (Process process : started) {
      process.onExit().join();
      assertFalse(process.isAlive());
    }
  }

  /** Something that a test waits for. */
  interface Condition {
    boolean holds() throws IOException;
  }

  /** What a stream passed on. */
  static final class Received {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Each call of the sink: how many bytes, and when they came. */
    final List<Piece> pieces = new ArrayList<>();

    record Piece(String text, long epochMillis) {}

    /** Polls once. */
    int poll(HostLogStream stream) throws IOException {
      int before = bytes.size();
      int polled =
          stream.poll(
              (buffer, offset, length, time) -> {
                bytes.write(buffer, offset, length);
                String text = new String(buffer, offset, length, StandardCharsets.UTF_8);
                pieces.add(new Piece(text, time));
              });
      if (bytes.size() - before != Math.max(polled, 0)) {
        fail("said " + polled + " bytes, passed on " + (bytes.size() - before));
      }
      return polled;
    }

    /** Polls until the stream ends. */
    void drain(HostLogStream stream) throws IOException {
      await("the end of the log", () -> poll(stream) < 0);
    }

    /** Polls until the stream has passed on nothing but this. */
    void await(HostLogStream stream, String expected) throws IOException {
      Experiment.await(
          expected,
          () -> {
            poll(stream);
            return text().equals(expected);
          });
    }

    private void await(String what, Condition condition) throws IOException {
      Experiment.await(what, condition);
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
