package dev.symphony.image.internal.docker;

import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** One run of a program, whose output is passed on line by line. */
final class ProgramRun {
  private static final int LAST_LINES = 20;

  private final Deque<String> last = new ArrayDeque<>();
  private final Consumer<String> output;

  private ProgramRun(Consumer<String> output) {
    this.output = output;
  }

  /**
   * Runs it to its end.
   *
   * @param what what an error calls it
   * @throws SymphonyException where it fails, with its exit code and its last lines
   */
  static void run(String what, ProcessBuilder program, Consumer<String> output) {
    ProgramRun run = new ProgramRun(output);
    int exitCode = run.finish(what, program);
    if (exitCode != 0) {
      throw new SymphonyException(what + " failed with exit code " + exitCode + run.lastLines());
    }
  }

  private int finish(String what, ProcessBuilder program) {
    Process process = null;
    try {
      process = program.start();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          pass(line);
        }
      }
      return process.waitFor();
    } catch (IOException e) {
      throw new SymphonyException(what + " cannot be run: " + Programs.reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SymphonyException("interrupted while waiting for " + what, e);
    } finally {
      // Where something was thrown; otherwise it has ended.
      if (process != null) {
        process.destroy();
      }
    }
  }

  private void pass(String line) {
    if (last.size() == LAST_LINES) {
      last.removeFirst();
    }
    last.addLast(line);
    output.accept(line);
  }

  private String lastLines() {
    return last.isEmpty()
        ? " and printed nothing"
        : "; the end of what it printed:\n  " + String.join("\n  ", last);
  }
}
