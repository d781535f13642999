package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.view.Documents;
import dev.symphony.commandline.internal.view.Format;
import dev.symphony.commandline.internal.view.Json;
import dev.symphony.commandline.internal.view.Output;
import dev.symphony.commandline.internal.view.Paint;
import dev.symphony.commandline.internal.view.StateText;
import dev.symphony.commandline.internal.view.Table;
import dev.symphony.commandline.internal.view.Times;
import dev.symphony.commandline.internal.view.Tree;
import dev.symphony.commandline.internal.view.Yaml;
import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code list-experiments}: which there are, and how each one is. */
public final class ListExperiments {
  /** One experiment; without a status, why it cannot be read. */
  private record Entry(String name, @Nullable ExperimentStatus status, String problem) {}

  private final Session session;

  /** Creates the command. */
  public ListExperiments(Session session) {
    this.session = session;
  }

  /** Prints the list in natural order; an experiment that cannot be read is one of them. */
  public void run(Format format) {
    Cluster cluster = session.cluster();
    Output out = session.terminal().out();
    List<String> names = cluster.listExperiments();
    if (format == Format.NAME) {
      StringBuilder lines = new StringBuilder();
      for (String name : names) {
        lines.append(name).append('\n');
      }
      out.print(lines.toString());
      return;
    }
    String current = names.isEmpty() ? null : current(cluster);
    List<Entry> entries = read(cluster, names);
    if (format.isForPrograms()) {
      Tree tree = tree(cluster.backend(), current, entries);
      out.print(format == Format.JSON ? Json.document(tree) : Yaml.document(tree));
    } else if (entries.isEmpty()) {
      session.terminal().err().println("no experiments on " + cluster.backend());
    } else {
      table(current, entries, format == Format.WIDE);
    }
  }

  private static List<Entry> read(Cluster cluster, List<String> names) {
    List<Entry> entries = new ArrayList<>();
    for (String name : names) {
      try {
        entries.add(new Entry(name, cluster.describeExperiment(name), ""));
      } catch (SymphonyException e) {
        if (e instanceof NotFoundException) {
          continue; // deleted since the names were read
        }
        entries.add(new Entry(name, null, String.valueOf(e.getMessage())));
      }
    }
    return entries;
  }

  private void table(@Nullable String current, List<Entry> entries, boolean wide) {
    Instant now = session.clock().instant();
    Table table =
        wide
            ? new Table(
                "Name", "State", "Processes", "Age", "Current", "Created", "Launch", "Message")
            : new Table("Name", "State", "Processes", "Age", "Current", "Message");
    for (Entry entry : entries) {
      ExperimentStatus status = entry.status();
      State state = status == null ? State.UNKNOWN : status.state();
      String mark = entry.name().equals(current) ? "*" : "";
      String count = status == null ? "-" : count(status);
      String age = status == null ? "-" : Times.between(status.created(), now);
      if (wide) {
        table.row(
            entry.name(),
            state.name(),
            count,
            age,
            mark,
            status == null ? "-" : Times.isoSeconds(status.created()),
            status == null ? "-" : status.launchId(),
            message(entry));
      } else {
        table.row(entry.name(), state.name(), count, age, mark, message(entry));
      }
      table.paint(1, StateText.paint(state)).paint(0, mark.isEmpty() ? Paint.PLAIN : Paint.BOLD);
    }
    if (wide) {
      table.printWhole(session.terminal().out());
    } else {
      table.print(session.terminal());
    }
  }

  /** How many processes there are; while some run and some do not, how many of them run. */
  private static String count(ExperimentStatus status) {
    int running = 0;
    for (ProcessStatus process : status.processes()) {
      running += process.state() == State.RUNNING ? 1 : 0;
    }
    int all = status.processes().size();
    return running == 0 || running == all ? Integer.toString(all) : running + "/" + all;
  }

  private static String message(Entry entry) {
    ExperimentStatus status = entry.status();
    if (status == null) {
      return entry.problem();
    }
    if (status.deleting()) {
      return "being deleted";
    }
    Verdict verdict = status.verdict();
    return verdict == null || verdict.outcome() == State.SUCCEEDED ? "" : verdict.message();
  }

  private static Tree tree(String backend, @Nullable String current, List<Entry> entries) {
    List<Tree> list = new ArrayList<>();
    for (Entry entry : entries) {
      ExperimentStatus status = entry.status();
      boolean marked = entry.name().equals(current);
      list.add(
          status == null
              ? Documents.unreadable(entry.name(), marked, entry.problem())
              : Documents.listed(status, marked));
    }
    return new Tree().put("backend", backend).put("current", current).put("experiments", list);
  }

  private static @Nullable String current(Cluster cluster) {
    try {
      return cluster.currentExperiment();
    } catch (SymphonyException e) {
      return null; // several, and none was chosen
    }
  }
}
