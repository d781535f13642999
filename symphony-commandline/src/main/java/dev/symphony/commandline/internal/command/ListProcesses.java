package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.view.Documents;
import dev.symphony.commandline.internal.view.Format;
import dev.symphony.commandline.internal.view.Json;
import dev.symphony.commandline.internal.view.Output;
import dev.symphony.commandline.internal.view.ProcessTable;
import dev.symphony.commandline.internal.view.Tree;
import dev.symphony.commandline.internal.view.Yaml;
import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.ProcessStatus;

/** {@code list-processes}: how the processes of an experiment are. */
public final class ListProcesses {
  private final Session session;

  /** Creates the command. */
  public ListProcesses(Session session) {
    this.session = session;
  }

  /** Prints how they are now. */
  public void run(String experiment, Format format) {
    ExperimentStatus status = session.cluster().describeExperiment(experiment);
    Output out = session.terminal().out();
    switch (format) {
      case NAME -> {
        StringBuilder names = new StringBuilder();
        for (ProcessStatus process : status.processes()) {
          names.append(process.name()).append('\n');
        }
        out.print(names.toString());
      }
      case JSON -> out.print(Json.document(tree(status)));
      case YAML -> out.print(Yaml.document(tree(status)));
      case WIDE ->
          ProcessTable.wide(
                  status,
                  session.cluster().services(experiment),
                  session.words(),
                  session.clock().instant())
              .printWhole(out);
      case TABLE ->
          ProcessTable.of(status, session.words(), session.clock().instant())
              .print(session.terminal());
    }
  }

  /**
   * Prints how they are, and each change, until all have ended: on a terminal a table in place,
   * else, and with {@code -o json}, a line a change.
   */
  public void watch(String experiment, Format format) {
    new WatchProcesses(session, () -> session.cluster().watchExperiment(experiment)).run(format);
  }

  private Tree tree(ExperimentStatus status) {
    return Documents.experiment(session.cluster().backend(), status);
  }
}
