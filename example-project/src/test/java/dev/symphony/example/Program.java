package dev.symphony.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The built {@code myproject.jar}, run as users do, with a state directory of its own. */
final class Program {
  private final Path directory;
  private final Map<String, String> environment;

  /** What one run came to. */
  record Result(int exitCode, String out, String err) {}

  Program(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = environment;
  }

  Result run(String... args) throws IOException, InterruptedException {
    Running running = start(args);
    if (!running.process().waitFor(4, TimeUnit.MINUTES)) {
      running.process().destroyForcibly();
      throw new AssertionError(String.join(" ", args) + " does not end; it is at " + running.now());
    }
    return running.now();
  }

  /** Waits until a condition holds, two minutes at most. */
  static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + 120_000_000_000L;
    while (!condition.call()) {
      assertTrue(System.nanoTime() < end, "not within two minutes: " + what);
      LockSupport.parkNanos(50_000_000);
    }
  }

  /** A run that goes on. */
  record Running(Process process, File out, File err) {
    /** What it has come to; exit code -1 while it goes on. */
    Result now() throws IOException {
      return new Result(process.isAlive() ? -1 : process.exitValue(), read(out), read(err));
    }
  }

  /** Starts a command and does not wait for its end. */
  Running start(String... args) throws IOException {
    List<String> argv = new ArrayList<>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    argv.add("-jar");
    argv.add(System.getProperty("symphony.jar"));
    argv.addAll(List.of(args));
    File out = Files.createTempFile(directory, "out", "").toFile();
    File err = Files.createTempFile(directory, "err", "").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(argv)
            .directory(directory.toFile())
            .redirectOutput(out)
            .redirectError(err)
            .redirectInput(new File("/dev/null"));
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }

  /** Runs a command that must succeed, and gives what it printed. */
  String succeed(String... args) throws IOException, InterruptedException {
    Result result = run(args);
    if (result.exitCode() != 0) {
      throw new AssertionError(String.join(" ", args) + " came to " + result);
    }
    return result.out();
  }

  private static String read(File file) throws IOException {
    return Files.readString(file.toPath(), StandardCharsets.UTF_8);
  }
}
