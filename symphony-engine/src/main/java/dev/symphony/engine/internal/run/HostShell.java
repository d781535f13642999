package dev.symphony.engine.internal.run;

import dev.symphony.engine.FileLocation;
import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs commands and copies files in the place of a process: its directory and its environment. */
public final class HostShell {
  private final HostRuns runs;
  private final String experiment;
  private final RunDirectory directory;
  private final RunIndex index;

  /** In the places of the processes of one experiment. */
  public HostShell(HostRuns runs, String experiment) {
    this.runs = runs;
    this.experiment = experiment;
    this.directory = runs.require(experiment);
    this.index = runs.index(directory);
    runs.requireHere(experiment, index);
  }

  /**
   * Runs a command.
   *
   * @param in what it reads; null for this program's own input, as for the other two
   * @return its exit code, 128+n after signal n
   */
  public int run(
      ProcessName process,
      List<String> command,
      @Nullable InputStream in,
      @Nullable OutputStream out,
      @Nullable OutputStream err) {
    int number = runs.number(experiment, index, process);
    List<String> argv = new ArrayList<>();
    argv.add("/bin/sh");
    argv.add(directory.script(number).toString());
    argv.add("--exec");
    argv.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(argv);
    Map<String, String> environment = builder.environment();
    String terminal = environment.get("TERM");
    environment.clear();
    if (terminal != null) {
      environment.put("TERM", terminal);
    }
    builder.redirectInput(
        in == null ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.PIPE);
    builder.redirectOutput(
        out == null ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.PIPE);
    builder.redirectError(
        err == null ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.PIPE);
    try {
      Process started = builder.start();
      return new Pumps(started, in, out, err).await();
    } catch (IOException e) {
      throw new SymphonyException("cannot run " + command.get(0) + ": " + Programs.reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SymphonyException("interrupted while running " + command.get(0), e);
    }
  }

  /** Copies a file or folder; into the folder where the target is one, as {@code cp -r} does. */
  public void copy(FileLocation from, FileLocation to) {
    Path source = resolve(from);
    Path target = resolve(to);
    if (!Files.exists(source)) {
      throw new NotFoundException("there is no file " + source);
    }
    if (Files.isDirectory(target) && source.getFileName() != null) {
      target = target.resolve(source.getFileName());
    }
    if (target.startsWith(source)) {
      throw new SymphonyException("cannot copy " + source + " into itself");
    }
    Path parent = target.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw new NotFoundException("there is no folder " + parent + " to copy to");
    }
    try {
      Trees.copy(source, target);
    } catch (IOException e) {
      throw RunDirectory.failure("copy " + source + " to", target, e);
    }
  }

  private Path resolve(FileLocation location) {
    try {
      ProcessName process = location.process();
      Path base =
          process == null
              ? runs.context().workingDirectory()
              : Path.of(new SavedPlan(directory).directory(process));
      return base.resolve(location.path()).normalize();
    } catch (InvalidPathException e) {
      throw new SymphonyException("'" + location.path() + "' is no path: " + e.getReason(), e);
    }
  }

  /** Moves bytes between a process and the caller's streams. */
  private static final class Pumps {
    private final Process process;
    private final List<Thread> outgoing = new ArrayList<>();

    Pumps(
        Process process,
        @Nullable InputStream in,
        @Nullable OutputStream out,
        @Nullable OutputStream err) {
      this.process = process;
      if (in != null) {
        start(in, process.getOutputStream(), true);
      }
      if (out != null) {
        outgoing.add(start(process.getInputStream(), out, false));
      }
      if (err != null) {
        outgoing.add(start(process.getErrorStream(), err, false));
      }
    }

    int await() throws InterruptedException {
      int code = process.waitFor();
      for (Thread thread : outgoing) {
        thread.join();
      }
      return code;
    }

    /** The command must see the end of its input; the caller's own streams stay open. */
    private static Thread start(InputStream from, OutputStream to, boolean closeTarget) {
      Thread thread = new Thread(() -> pump(from, to, closeTarget), "symphony-exec");
      thread.setDaemon(true);
      thread.start();
      return thread;
    }

    private static void pump(InputStream from, OutputStream to, boolean closeTarget) {
      try {
        from.transferTo(to);
        to.flush();
        if (closeTarget) {
          to.close();
        }
      } catch (IOException e) {
        return; // one side has gone, which ends the copying
      }
    }
  }
}
