package dev.symphony.kube.internal.remote;

import dev.symphony.engine.FileLocation;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Terminals;
import dev.symphony.kube.internal.state.Observer;
import dev.symphony.kube.internal.state.Place;
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Commands and files in the place of a process. */
public final class PodShell {
  private static final byte CTRL_D = 4;

  private final KubeApi api;
  private final Observer observer;
  private final Map<String, String> environment;
  private final Path workingDirectory;

  /**
   * Works through an API.
   *
   * @param environment the launching program's, for {@code TERM}
   * @param workingDirectory what local relative paths start from
   */
  public PodShell(
      KubeApi api, Observer observer, Map<String, String> environment, Path workingDirectory) {
    this.api = api;
    this.observer = observer;
    this.environment = environment;
    this.workingDirectory = workingDirectory;
  }

  /**
   * Runs a command; null streams are this program's own, then with a terminal where it has one.
   *
   * @return the command's exit code, as a shell has it: 127 for a missing program
   */
  public int run(
      Place place,
      ProcessName process,
      List<String> command,
      @Nullable InputStream in,
      @Nullable OutputStream out,
      @Nullable OutputStream err) {
    Target target = Target.running(observer, place, process);
    boolean own = in == null && out == null && err == null;
    if (own && Terminals.isTerminal(0) && Terminals.isTerminal(1)) {
      return onTerminal(target, command, new FileInputStream(FileDescriptor.in), true);
    }
    InputStream input = in == null ? new FileInputStream(FileDescriptor.in) : in;
    OutputStream output = out == null ? new FileOutputStream(FileDescriptor.out) : out;
    OutputStream errors = err == null ? new FileOutputStream(FileDescriptor.err) : err;
    try {
      return piped(target, command, input, output, errors);
    } catch (NotStartedException e) {
      // Its container has no shell, which would have run the command.
      return direct(target, command, input, output, errors);
    }
  }

  /**
   * Runs a command on a terminal, which has the size of this program's where its input is one.
   * Where it is none, two Ctrl-D follow it: one for a line begun, one for the end.
   *
   * @param in what it reads; null for this program's own input
   */
  public int runOnTerminal(
      Place place, ProcessName process, List<String> command, @Nullable InputStream in) {
    Target target = Target.running(observer, place, process);
    InputStream input = in == null ? new FileInputStream(FileDescriptor.in) : in;
    if (in == null && Terminals.isTerminal(0)) {
      return onTerminal(target, command, input, true);
    }
    InputStream end = new ByteArrayInputStream(new byte[] {CTRL_D, CTRL_D});
    return onTerminal(target, command, new SequenceInputStream(input, end), false);
  }

  private int piped(
      Target target, List<String> command, InputStream in, OutputStream out, OutputStream err) {
    Mark mark = new Mark();
    Ending ending = new Ending(mark);
    List<String> marked = ending.command(command);
    try (Remains remains = new Remains(api, target, mark, "INT");
        Exec exec = remains.of(new Exec(api, target, marked, Exec.Streams.IN_OUT))) {
      return exec.await(out, ending.watch(err, exec, in));
    } catch (IOException e) {
      throw refused(command, e);
    }
  }

  private int direct(
      Target target, List<String> command, InputStream in, OutputStream out, OutputStream err) {
    try (Exec exec = new Exec(api, target, command, Exec.Streams.IN_OUT)) {
      exec.feed(in);
      return exec.await(out, err);
    } catch (IOException e) {
      throw refused(command, e);
    }
  }

  private static SymphonyException refused(List<String> command, IOException e) {
    return new SymphonyException(
        "cannot hand on what " + command.get(0) + " prints: " + e.getMessage(), e);
  }

  /** Opens the first shell that exists: bash, else sh. */
  public int login(Place place, ProcessName process) {
    Target target = Target.running(observer, place, process);
    String terminal = environment.getOrDefault("TERM", "xterm");
    String script =
        "TERM='"
            + terminal.replace("'", "")
            + "'; export TERM; if command -v bash >/dev/null 2>&1; then exec bash; fi; exec sh";
    List<String> command = List.of("sh", "-c", script);
    try {
      return Terminals.isTerminal(0) && Terminals.isTerminal(1)
          ? onTerminal(target, command, new FileInputStream(FileDescriptor.in), true)
          : run(place, process, command, null, null, null);
    } catch (NotStartedException e) {
      throw e.isMissing()
          ? new SymphonyException("the container of process " + process + " has no shell", e)
          : e;
    }
  }

  private int onTerminal(Target target, List<String> command, InputStream in, boolean own) {
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    Mark mark = new Mark();
    Ending ending = new Ending(mark);
    List<String> marked = ending.onTerminal(command);
    try (Remains remains = new Remains(api, target, mark, "HUP");
        Exec exec = remains.of(new Exec(api, target, marked, Exec.Streams.TERMINAL));
        RawTerminal terminal = own ? sized(exec) : null) {
      return exec.await(ending.watch(out, exec, in), out);
    } catch (NotStartedException e) {
      // Its container has no shell, which would have run the command.
      return directOnTerminal(target, command, in, out, own);
    } catch (IOException e) {
      throw refused(command, e);
    }
  }

  private int directOnTerminal(
      Target target, List<String> command, InputStream in, OutputStream out, boolean own) {
    try (Exec exec = new Exec(api, target, command, Exec.Streams.TERMINAL);
        RawTerminal terminal = own ? sized(exec) : null) {
      exec.feed(in);
      return exec.await(out, out);
    } catch (IOException e) {
      throw refused(command, e);
    }
  }

  /** This program's terminal, whose size the command's has from now on. */
  private static RawTerminal sized(Exec exec) {
    RawTerminal terminal = new RawTerminal();
    Runnable resize = () -> resize(exec, terminal);
    terminal.onResize(resize);
    resize.run();
    return terminal;
  }

  private static void resize(Exec exec, RawTerminal terminal) {
    int[] size = terminal.size();
    if (size != null) {
      try {
        exec.resize(size[0], size[1]);
      } catch (IOException e) {
        return; // The command has ended meanwhile.
      }
    }
  }

  /** Copies a file or folder; into the folder where the target is one, as {@code cp -r} does. */
  public void copy(Place place, FileLocation from, FileLocation to) {
    new Copying(location -> files(place, location), workingDirectory).copy(from, to);
  }

  private RemoteFiles files(Place place, FileLocation location) {
    ProcessName process = Objects.requireNonNull(location.process());
    return new RemoteFiles(api, Target.running(observer, place, process));
  }
}
