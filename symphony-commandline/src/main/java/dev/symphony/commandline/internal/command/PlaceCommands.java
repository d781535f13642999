package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.view.Terminal;
import dev.symphony.engine.Cluster;
import dev.symphony.engine.FileLocation;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.UsageException;
import java.util.List;
import net.sourceforge.argparse4j.inf.Namespace;

/** {@code exec}, {@code ssh} and {@code scp}: what happens in the place of a process. */
public final class PlaceCommands {
  private PlaceCommands() {}

  /** Runs a command there. */
  public static int exec(Invocation in, Namespace args) {
    List<String> command = in.remainder();
    if (command.isEmpty()) {
      throw new UsageException(
          "exec needs a command after '--', such as: exec " + args.getString("process") + " -- ls");
    }
    String experiment = in.experiment(args);
    ProcessName process = in.process(experiment, args.getString("process"));
    in.terminal().flush();
    Cluster cluster = in.cluster();
    if (in.ownStreams()) {
      return Invocation.flag(args, "tty")
          ? cluster.execOnTerminal(experiment, process, command)
          : cluster.exec(experiment, process, command);
    }
    Terminal terminal = in.terminal();
    return cluster.exec(
        experiment, process, command, terminal.in(), terminal.out(), terminal.err());
  }

  /** Opens a shell there. */
  public static int ssh(Invocation in, Namespace args) {
    String experiment = in.experiment(args);
    ProcessName process = in.process(experiment, args.getString("process"));
    in.terminal().flush();
    return in.cluster().login(experiment, process);
  }

  /** Copies files to or from there. */
  public static int scp(Invocation in, Namespace args) {
    String experiment = in.experiment(args);
    FileLocation source = location(in, experiment, args.getString("source"));
    FileLocation target = location(in, experiment, args.getString("target"));
    if (source.process() == null && target.process() == null) {
      throw new UsageException("neither end is in the place of a process; write one as PROC:PATH");
    }
    in.cluster().transferFile(experiment, source, target);
    return 0;
  }

  private static FileLocation location(Invocation in, String experiment, String text) {
    int colon = text.indexOf(':');
    boolean here =
        colon < 0 || text.startsWith("/") || text.startsWith(".") || text.startsWith("~");
    if (here) {
      return FileLocation.here(text);
    }
    if (colon == 0 || colon == text.length() - 1) {
      throw new UsageException("'" + text + "': write PROC:PATH, or ./PATH for a path here");
    }
    ProcessName process = in.process(experiment, text.substring(0, colon));
    return FileLocation.at(process, text.substring(colon + 1));
  }
}
