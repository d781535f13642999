package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.view.Documents;
import dev.symphony.commandline.internal.view.Format;
import dev.symphony.commandline.internal.view.Json;
import dev.symphony.commandline.internal.view.Output;
import dev.symphony.commandline.internal.view.ServiceTable;
import dev.symphony.commandline.internal.view.Yaml;
import dev.symphony.engine.ServiceAddress;
import java.util.ArrayList;
import java.util.List;

/** {@code visit} without a service: what is exposed, and where. */
public final class ListServices {
  private final Session session;

  /** Creates the command. */
  public ListServices(Session session) {
    this.session = session;
  }

  /** Prints the exposed services; with {@code -o wide} also those that processes only bind. */
  public void run(String experiment, Format format) {
    List<ServiceAddress> services = new ArrayList<>();
    for (ServiceAddress service : session.cluster().services(experiment)) {
      if (service.exposed() || format == Format.WIDE) {
        services.add(service);
      }
    }
    Output out = session.terminal().out();
    switch (format) {
      case NAME -> {
        StringBuilder names = new StringBuilder();
        for (ServiceAddress service : services) {
          names.append(service.service()).append('\n');
        }
        out.print(names.toString());
      }
      case JSON -> out.print(Json.document(Documents.services(experiment, services)));
      case YAML -> out.print(Yaml.document(Documents.services(experiment, services)));
      case TABLE, WIDE -> {
        if (services.isEmpty()) {
          session.terminal().err().println("experiment " + experiment + " exposes no service");
        } else {
          ServiceTable.of(services).print(session.terminal());
        }
      }
    }
  }
}
