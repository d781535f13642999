package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.view.Output;
import dev.symphony.engine.LogOptions;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import java.nio.file.Path;
import java.util.List;

/** {@code logs}: what processes print. */
public final class ShowLogs {
  /** How many lines of each log are shown unless told otherwise. */
  public static final int USUAL_TAIL = 500;

  /** How many lines explain a failure. */
  public static final int LINES_OF_FAILURE = 20;

  private final Session session;

  /** Creates the command. */
  public ShowLogs(Session session) {
    this.session = session;
  }

  /** Reads the value of {@code --tail}: a number of lines, or {@code all}, which is -1. */
  public static int parseTail(String text) {
    if (text.equals("all")) {
      return -1;
    }
    boolean number = !text.isEmpty() && text.length() <= 9;
    for (int i = 0; i < text.length(); i++) {
      number &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (!number) {
      throw new UsageException("--tail '" + text + "': write a number of lines, or all");
    }
    return Integer.parseInt(text);
  }

  /**
   * Prints logs: of one process as they are, of several with the process in front of each line.
   *
   * @param json whether each line becomes a JSON object
   * @return the exit code: 1 where a log could not be read to its end
   */
  public int run(String experiment, List<ProcessName> processes, LogOptions options, boolean json) {
    if (options.follow() && options.previous()) {
      throw new UsageException("--previous shows an attempt that has ended: leave out --follow");
    }
    Output out = session.terminal().out();
    LogStyle style = new LogStyle(processes.size() > 1, options.timestamps(), json);
    LogOptions opened = json ? options.withTimestamps(true) : options;
    try (LogMultiplexer logs =
        LogMultiplexer.open(
            session.cluster(),
            experiment,
            processes,
            opened,
            style,
            out,
            session.terminal().err())) {
      logs.run();
      return logs.failures() == 0 ? 0 : 1;
    }
  }

  /** Prints where the logs are on this machine, one a line. */
  public void paths(String experiment, List<ProcessName> processes) {
    StringBuilder lines = new StringBuilder();
    for (ProcessName process : processes) {
      Path file = session.cluster().logFile(experiment, process);
      if (file == null) {
        throw new SymphonyException(
            "the log of "
                + process
                + " is not a file on this machine; save it with: logs --tail all "
                + process
                + " > FILE");
      }
      lines.append(file).append('\n');
    }
    session.terminal().out().print(lines.toString());
  }

  /** Prints the last lines of a failed process's log on standard error, to explain the failure. */
  public void explain(String experiment, ProcessName process) {
    Output err = session.terminal().err();
    LogOptions options = LogOptions.all().withTail(LINES_OF_FAILURE);
    err.println("last lines of " + process + ":");
    try (LogMultiplexer logs =
        LogMultiplexer.open(
            session.cluster(),
            experiment,
            List.of(process),
            options,
            LogStyle.PREFIXED,
            err,
            err)) {
      logs.run();
    }
  }
}
