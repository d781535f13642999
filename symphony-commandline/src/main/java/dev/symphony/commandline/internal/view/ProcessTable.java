package dev.symphony.commandline.internal.view;

import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.ServiceAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The processes of an experiment as a table. */
public final class ProcessTable {
  private ProcessTable() {}

  /** Group, name, whether it is ready, restarts, and its state with all that explains it. */
  public static Table of(ExperimentStatus experiment, StateText words, Instant now) {
    Table table = new Table("Group", "Name", "Ready", "Restarts", "State");
    for (ProcessStatus status : experiment.processes()) {
      table
          .row(
              group(status.name()),
              status.name().name(),
              status.ready() ? "1" : "0",
              Integer.toString(status.restarts()),
              words.full(status, now))
          .paint(4, StateText.paint(status.state()));
    }
    return table;
  }

  /**
   * The same with exit code, signal, reason, times, services and message in columns of their own,
   * and the node where a backend has several machines.
   */
  public static Table wide(
      ExperimentStatus experiment, List<ServiceAddress> services, StateText words, Instant now) {
    boolean nodes = hasNodes(experiment);
    List<String> headings =
        new ArrayList<>(
            List.of(
                "Group",
                "Name",
                "Ready",
                "Restarts",
                "State",
                "Exit",
                "Signal",
                "Reason",
                "Start",
                "End",
                "Services"));
    if (nodes) {
      headings.add("Node");
    }
    headings.add("Message");
    Table table = new Table(headings.toArray(new String[0]));
    for (ProcessStatus status : experiment.processes()) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  group(status.name()),
                  status.name().name(),
                  status.ready() ? "1" : "0",
                  Integer.toString(status.restarts()),
                  words.brief(status, now),
                  number(status.exitCode()),
                  number(status.signal()),
                  known(status.reason()),
                  time(status.start()),
                  time(status.end()),
                  services(services, status.name())));
      if (nodes) {
        row.add(known(status.node()));
      }
      row.add(known(status.message()));
      table.row(row.toArray(new String[0])).paint(4, StateText.paint(status.state()));
    }
    return table;
  }

  private static boolean hasNodes(ExperimentStatus experiment) {
    for (ProcessStatus status : experiment.processes()) {
      if (status.node() != null) {
        return true;
      }
    }
    return false;
  }

  private static String services(List<ServiceAddress> services, ProcessName process) {
    StringBuilder text = new StringBuilder();
    for (ServiceAddress service : services) {
      if (service.process().equals(process)) {
        text.append(text.length() == 0 ? "" : ",")
            .append(service.service())
            .append('=')
            .append(address(service));
      }
    }
    return text.length() == 0 ? "-" : text.toString();
  }

  private static String address(ServiceAddress service) {
    String host = service.host();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + service.port();
  }

  private static String group(ProcessName name) {
    String group = name.group();
    return group == null ? "" : group;
  }

  private static String known(@Nullable String text) {
    return text == null ? "-" : text;
  }

  private static String number(@Nullable Integer value) {
    return value == null ? "-" : value.toString();
  }

  private static String time(@Nullable Instant instant) {
    return instant == null ? "-" : Times.isoSeconds(instant);
  }
}
