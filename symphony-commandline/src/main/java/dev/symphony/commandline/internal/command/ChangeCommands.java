package dev.symphony.commandline.internal.command;

import dev.symphony.engine.ProcessName;
import java.util.List;
import net.sourceforge.argparse4j.inf.Namespace;

/** {@code stop}, {@code start}, {@code restart} and {@code switch-experiment}. */
public final class ChangeCommands {
  private static final int LISTED = 10;

  private ChangeCommands() {}

  /** Ends processes without forgetting them. */
  public static int stop(Invocation in, Namespace args) {
    String experiment = target(in, args, "stopping");
    List<ProcessName> processes = in.processesToChange(experiment, args);
    report(in, "stopped", experiment, in.cluster().stop(experiment, processes));
    return 0;
  }

  /** Runs again what has ended. */
  public static int start(Invocation in, Namespace args) {
    String experiment = target(in, args, "starting");
    List<ProcessName> processes = in.processesToChange(experiment, args);
    report(in, "started", experiment, in.cluster().start(experiment, processes));
    return 0;
  }

  /** Stops and starts. */
  public static int restart(Invocation in, Namespace args) {
    String experiment = target(in, args, "restarting");
    List<ProcessName> processes = in.processesToChange(experiment, args);
    report(in, "restarted", experiment, in.cluster().restart(experiment, processes));
    return 0;
  }

  /** Shows or sets the current experiment. */
  public static int switchExperiment(Invocation in, Namespace args) {
    String experiment = in.experiment(args);
    boolean shows = Invocation.word(args, "experiment") == null;
    if (shows) {
      in.terminal().out().println(experiment);
    }
    if (Invocation.flag(args, "set_context")) {
      in.cluster().setContext(experiment);
    }
    if (!shows) {
      in.cluster().setExperiment(experiment);
      in.note("the current experiment is now " + experiment);
    }
    return 0;
  }

  /** The experiment, said before anything happens where it was not named. */
  private static String target(Invocation in, Namespace args, String doing) {
    String experiment = in.experimentToChange(args);
    if (Invocation.word(args, "experiment") == null) {
      in.note(doing + " the current experiment, " + experiment);
    }
    return experiment;
  }

  private static void report(
      Invocation in, String done, String experiment, List<ProcessName> processes) {
    StringBuilder line = new StringBuilder(done);
    int count = processes.size();
    line.append(' ').append(count == 0 ? "nothing" : Counted.of(count, "process", "processes"));
    line.append(" of ").append(experiment);
    for (int i = 0; i < count && count <= LISTED; i++) {
      line.append(i == 0 ? ": " : ", ").append(processes.get(i));
    }
    in.note(line.toString());
  }
}
