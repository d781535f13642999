package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.view.Output;
import dev.symphony.commandline.internal.view.Paint;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import dev.symphony.engine.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.sourceforge.argparse4j.inf.Namespace;

/** {@code wait}: until processes have ended; and how the end of an experiment is told. */
public final class WaitCommand {
  private WaitCommand() {}

  /** Runs it. */
  public static int run(Invocation in, Namespace args) {
    String experiment = in.experiment(args);
    String typed = Invocation.word(args, "process");
    List<ProcessName> processes = new ArrayList<>();
    if (typed != null) {
      processes.addAll(in.processes(experiment, typed));
    }
    String from = Invocation.word(args, "exit_code_from");
    ProcessName source = from == null ? null : in.process(experiment, from);
    if (source != null && !processes.isEmpty() && !processes.contains(source)) {
      processes.add(source); // its end is waited for as well, else it has no exit code
    }
    Duration timeout = args.get("timeout");
    Verdict verdict =
        in.cluster()
            .await(
                experiment,
                processes,
                timeout,
                Invocation.flag(args, "fail_fast"),
                new Failures(in.terminal().err()));
    tell(in, experiment, verdict, true);
    return source == null ? verdict.exitCode() : exitCode(in, experiment, source, verdict);
  }

  /** Prints a verdict on standard error, with the end of the first failure's log where wanted. */
  static void tell(Invocation in, String experiment, Verdict verdict, boolean withLog) {
    Output err = in.terminal().err();
    ProcessName first = verdict.first();
    if (first != null && withLog) {
      new ShowLogs(in.session()).explain(experiment, first);
    }
    Paint paint =
        verdict.outcome() == State.SUCCEEDED
            ? Paint.GREEN
            : verdict.outcome() == State.FAILED ? Paint.RED : Paint.YELLOW;
    err.println(
        "experiment "
            + experiment
            + " "
            + err.paint(paint, verdict.outcome().name())
            + ": "
            + verdict.message());
  }

  /** What a process returned; the verdict's, where another one's failure ended the waiting. */
  private static int exitCode(
      Invocation in, String experiment, ProcessName process, Verdict verdict) {
    ProcessStatus status = in.cluster().describeProcess(experiment, process);
    if (!status.state().hasEnded()) {
      return verdict.exitCode();
    }
    if (status.state() == State.SUCCEEDED) {
      return 0;
    }
    Integer code = status.exitCode();
    return code == null || code == 0 ? 1 : code;
  }

  /** Prints each failure once, as it is seen. */
  static final class Failures implements Consumer<ProcessStatus> {
    private final Output err;

    Failures(Output err) {
      this.err = err;
    }

    @Override
    public void accept(ProcessStatus status) {
      err.println(err.paint(Paint.RED, "failed:") + " " + status.name() + " " + how(status));
    }

    private static String how(ProcessStatus status) {
      StringBuilder text = new StringBuilder();
      Integer code = status.exitCode();
      text.append(code == null ? "without an exit code" : "with exit code " + code);
      if (status.reason() != null) {
        text.append(" (").append(status.reason()).append(')');
      }
      if (status.message() != null) {
        text.append(": ").append(status.message());
      }
      return text.toString();
    }
  }
}
