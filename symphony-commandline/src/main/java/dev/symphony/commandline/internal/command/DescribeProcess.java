package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.view.DescriptionText;
import dev.symphony.commandline.internal.view.Documents;
import dev.symphony.commandline.internal.view.Format;
import dev.symphony.commandline.internal.view.Json;
import dev.symphony.commandline.internal.view.Output;
import dev.symphony.commandline.internal.view.Yaml;
import dev.symphony.engine.ProcessDescription;
import dev.symphony.engine.ProcessName;

/** {@code describe}: all there is to say of one process. */
public final class DescribeProcess {
  private final Session session;

  /** Creates the command. */
  public DescribeProcess(Session session) {
    this.session = session;
  }

  /** Prints it. */
  public void run(String experiment, ProcessName process, Format format) {
    ProcessDescription description = session.cluster().inspectProcess(experiment, process);
    Output out = session.terminal().out();
    switch (format) {
      case NAME -> out.println(description.status().name().toString());
      case JSON -> out.print(Json.document(Documents.description(experiment, description)));
      case YAML -> out.print(Yaml.document(Documents.description(experiment, description)));
      case TABLE, WIDE ->
          DescriptionText.print(
              experiment, description, session.words(), session.clock().instant(), out);
    }
  }
}
