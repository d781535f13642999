package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.view.Terminal;
import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.Match;
import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a typed name means: exactly that, else what is like it.
 *
 * <p>One candidate is used with a warning. Several are shown, and a person chooses. Where nobody
 * can be asked, several are an error; so is one for a command that changes what it names.
 */
final class Matching {
  private final Cluster cluster;
  private final Terminal terminal;

  Matching(Cluster cluster, Terminal terminal) {
    this.cluster = cluster;
    this.terminal = terminal;
  }

  /**
   * The experiment that a word means.
   *
   * @param typed null for the current one
   * @param careful whether a guess must be confirmed by a person
   * @param mayTakeProcess whether the name of a process could have been given with {@code -p}
   */
  String experiment(@Nullable String typed, boolean careful, boolean mayTakeProcess) {
    if (typed == null) {
      return careful && cluster.isShared() ? chosen() : cluster.currentExperiment();
    }
    Match<String> match = cluster.fuzzyMatchExperiment(typed);
    if (match.candidates().isEmpty()) {
      throw new NotFoundException(noExperiment(typed, mayTakeProcess));
    }
    return choose("experiment", typed, match.candidates(), match.exact(), careful);
  }

  /** Of what is shared, the only experiment there is may be somebody else's. */
  private String chosen() {
    String chosen = cluster.chosenExperiment();
    if (chosen != null) {
      return chosen;
    }
    String only = cluster.currentExperiment();
    throw new UsageException(
        "no experiment is the current one; write the name of the one that is meant: " + only);
  }

  private String noExperiment(String typed, boolean mayTakeProcess) {
    String line = "there is no experiment '" + typed + "' on " + cluster.backend();
    List<String> all = cluster.listExperiments();
    if (all.isEmpty()) {
      return line + ", nor any other";
    }
    String process = processOfCurrent(typed, mayTakeProcess);
    if (process != null) {
      return line + "; " + process;
    }
    return line + (all.size() <= 10 ? "; there is " + String.join(", ", all) : "; 'ls' lists them");
  }

  /** Explains {@code stop agent-0}, which names a process where an experiment belongs. */
  private @Nullable String processOfCurrent(String typed, boolean mayTakeProcess) {
    try {
      String current = cluster.currentExperiment();
      if (typed.indexOf('/') < 0 && cluster.findProcess(current, typed).isEmpty()) {
        return null;
      }
      return mayTakeProcess
          ? "for process " + typed + " of experiment " + current + " write -p " + typed
          : typed + " is a process of experiment " + current;
    } catch (SymphonyException e) {
      // There is no current experiment to look into.
      return null;
    }
  }

  ProcessName process(String experiment, String typed, boolean careful) {
    Match<ProcessName> match = cluster.fuzzyMatchProcess(experiment, typed);
    if (match.candidates().isEmpty()) {
      throw noProcess(experiment, typed);
    }
    return choose("process", typed, match.candidates(), match.exact(), careful);
  }

  List<ProcessName> processes(String experiment, String typed, boolean careful) {
    Set<ProcessName> found = new LinkedHashSet<>();
    int start = 0;
    while (start <= typed.length()) {
      int comma = typed.indexOf(',', start);
      int end = comma < 0 ? typed.length() : comma;
      String word = typed.substring(start, end);
      if (word.isEmpty()) {
        throw new UsageException(
            "'" + typed + "': write the names of processes with single commas between them");
      }
      addAll(experiment, word, careful, found);
      start = end + 1;
    }
    return new ArrayList<>(found);
  }

  private void addAll(String experiment, String word, boolean careful, Set<ProcessName> found) {
    if (Glob.isPattern(word)) {
      addMatching(experiment, word, found);
    } else if (word.endsWith("/")) {
      String group = word.substring(0, word.length() - 1);
      for (ProcessStatus member : cluster.describeProcessGroup(experiment, group)) {
        found.add(member.name());
      }
    } else {
      found.add(process(experiment, word, careful));
    }
  }

  private void addMatching(String experiment, String pattern, Set<ProcessName> found) {
    boolean any = false;
    ExperimentStatus status = cluster.describeExperiment(experiment);
    for (ProcessStatus process : status.processes()) {
      ProcessName name = process.name();
      String whole = pattern.indexOf('/') >= 0 ? name.toString() : name.name();
      if (Glob.matches(pattern, whole)) {
        found.add(name);
        any = true;
      }
    }
    if (!any) {
      throw new NotFoundException(
          "no process of experiment " + experiment + " matches '" + pattern + "'");
    }
  }

  private NotFoundException noProcess(String experiment, String typed) {
    List<ProcessStatus> all = cluster.describeExperiment(experiment).processes();
    StringBuilder line = new StringBuilder();
    line.append("experiment ").append(experiment).append(" has no process '").append(typed);
    line.append('\'');
    for (int i = 0; i < all.size() && i < 10; i++) {
      line.append(i == 0 ? "; it has " : ", ").append(all.get(i).name());
    }
    if (all.size() > 10) {
      line.append(" and ").append(all.size() - 10).append(" more");
    }
    return new NotFoundException(line.toString());
  }

  private <T> T choose(
      String kind, String typed, List<T> candidates, boolean exact, boolean careful) {
    T first = candidates.get(0);
    if (candidates.size() == 1 && exact) {
      return first;
    }
    if (terminal.canAsk() && (candidates.size() > 1 || careful)) {
      return ask(kind, typed, candidates);
    }
    if (candidates.size() > 1 || careful) {
      throw new UsageException(
          "'"
              + typed
              + "' is "
              + (exact ? "the name of several " + kind + "es" : "the name of no " + kind)
              + "; write "
              + list(candidates));
    }
    Invocation.warn(terminal, "there is no " + kind + " '" + typed + "'; this is about " + first);
    return first;
  }

  private static <T> String list(List<T> candidates) {
    StringBuilder text = new StringBuilder();
    int shown = Math.min(candidates.size(), 20);
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : i == candidates.size() - 1 ? " or " : ", ");
      text.append(candidates.get(i));
    }
    return text.append(shown < candidates.size() ? " …" : "").toString();
  }

  private <T> T ask(String kind, String typed, List<T> candidates) {
    terminal.err().println("which " + kind + " is '" + typed + "'?");
    for (int i = 0; i < candidates.size(); i++) {
      terminal.err().println("  " + (i + 1) + "  " + candidates.get(i));
    }
    while (true) {
      String answer = terminal.ask("number, enter for 1, q to quit: ");
      if (answer == null || answer.strip().equals("q")) {
        throw new Declined();
      }
      int number = number(answer.strip());
      if (number >= 1 && number <= candidates.size()) {
        return candidates.get(number - 1);
      }
    }
  }

  private static int number(String answer) {
    if (answer.isEmpty()) {
      return 1;
    }
    try {
      return Integer.parseInt(answer);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
