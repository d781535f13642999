package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.view.Format;
import dev.symphony.engine.LogOptions;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.UsageException;
import java.util.ArrayList;
import java.util.List;
import net.sourceforge.argparse4j.inf.Namespace;

/** The commands that only look: from what was typed to what is shown. */
public final class QueryCommands {
  private QueryCommands() {}

  /** {@code list-experiments}. */
  public static int listExperiments(Invocation in, Namespace args) {
    new ListExperiments(in.session()).run(format(args));
    return 0;
  }

  /** {@code list-processes}. */
  public static int listProcesses(Invocation in, Namespace args) {
    String experiment = in.experiment(args);
    ListProcesses list = new ListProcesses(in.session());
    if (!Invocation.flag(args, "watch")) {
      list.run(experiment, format(args));
      return 0;
    }
    try (Interrupts interrupts = Interrupts.ofThisThread()) {
      list.watch(experiment, format(args));
      return interrupts.happened() ? ErrorReport.INTERRUPTED : 0;
    }
  }

  /** {@code describe}. */
  public static int describe(Invocation in, Namespace args) {
    String experiment = in.experiment(args);
    ProcessName process = in.process(experiment, args.getString("process"));
    new DescribeProcess(in.session()).run(experiment, process, format(args));
    return 0;
  }

  /** {@code logs}. */
  public static int logs(Invocation in, Namespace args) {
    boolean all = Invocation.flag(args, "all");
    String typed = Invocation.word(args, "process");
    if (!all && typed == null) {
      throw new UsageException("logs needs PROC[,PROC…], or --all");
    }
    String experiment;
    if (all && typed != null) {
      if (Invocation.word(args, "experiment") != null) {
        throw new UsageException("with --all the one argument is EXP: the processes are all");
      }
      experiment = in.experiment(typed);
    } else {
      experiment = in.experiment(args);
    }
    List<ProcessName> processes = new ArrayList<>();
    if (typed != null && !all) {
      processes.addAll(in.processes(experiment, typed));
    } else {
      for (ProcessStatus status : in.cluster().describeExperiment(experiment).processes()) {
        processes.add(status.name());
      }
    }
    ShowLogs logs = new ShowLogs(in.session());
    if (Invocation.flag(args, "path")) {
      if (format(args) == Format.JSON) {
        throw new UsageException("--path prints a line a file: leave out -o json");
      }
      logs.paths(experiment, processes);
      return 0;
    }
    LogOptions options =
        new LogOptions(
            Invocation.flag(args, "follow"),
            args.get("since"),
            args.getInt("tail"),
            Invocation.flag(args, "timestamps"),
            Invocation.flag(args, "previous"),
            Invocation.flag(args, "raw"));
    return logs.run(experiment, processes, options, format(args) == Format.JSON);
  }

  static Format format(Namespace args) {
    return Format.parse(args.getString("output"));
  }
}
