package dev.symphony.engine.internal.host;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The real processes of one test: begun by it, and none left behind. */
final class Running implements AutoCloseable {
  final Path directory;
  private final List<Process> started = new ArrayList<>();
  private final List<long[]> watched = new ArrayList<>();
  private final String mark = "HOST_TEST=" + UUID.randomUUID();
  private final byte[] mine = mark.getBytes(StandardCharsets.UTF_8);
  private final ProcessTable table = ProcessTable.system();

  Running(Path directory) {
    this.directory = directory;
  }

  /** Starts a shell script in a session of its own, as a wrapper is. */
  Process session(String script, String... environment) throws IOException {
    return start(List.of("setsid", "sh", "-c", script), environment);
  }

  Process start(List<String> command, String... environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectErrorStream(true).redirectOutput(directory.resolve("output").toFile());
    builder.environment().put("HOST_TEST", mark.substring(mark.indexOf('=') + 1));
    for (String entry : environment) {
      int equals = entry.indexOf('=');
      builder.environment().put(entry.substring(0, equals), entry.substring(equals + 1));
    }
    return start(builder);
  }

  Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    started.add(process);
    return process;
  }

  /** Waits until a script has written its pid to a file of the directory. */
  int pid(String file) {
    Path path = directory.resolve(file);
    until("a pid in " + file, () -> !text(path).isBlank() && text(path).endsWith("\n"));
    int pid = Integer.parseInt(text(path).strip());
    watched.add(new long[] {pid, table.startTime(pid)});
    return pid;
  }

  static void until(String what, BooleanSupplier condition) {
    long limit = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > limit) {
        fail("waited 60 s for " + what);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException none) {
      return "";
    }
  }

  @Override
  public void close() {
    Set<Integer> sessions = new HashSet<>();
    for (Process process : started) {
      sessions.add((int) process.pid());
    }
    for (ProcessStat stat : table.snapshot()) {
      if (sessions.contains(stat.session()) || table.environmentContains(stat.pid(), mine)) {
        ProcessHandle.of(stat.pid()).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
    for (long[] each : watched) {
      if (table.alive((int) each[0], each[1])) {
        ProcessHandle.of(each[0]).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
    for (Process process : started) {
      process.destroyForcibly();
      boolean interrupted = Thread.interrupted();
      try {
        process.waitFor();
      } catch (InterruptedException stop) {
        interrupted = true;
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
