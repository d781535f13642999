package dev.symphony.commandline.internal.command;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;

/** {@code delete} and {@code delete-batch}. */
public final class DeleteCommands {
  private static final String DELETE = "delete";

  private DeleteCommands() {}

  /** Deletes one experiment, or all that have ended. */
  public static int delete(Invocation in, Namespace args) {
    boolean ended = Invocation.flag(args, "ended");
    boolean forget = Invocation.flag(args, "forget");
    Duration age = args.get("older_than");
    if (age != null && !ended) {
      throw new UsageException("--older-than goes with --ended: it says which of those");
    }
    if (!ended) {
      String experiment = in.experimentToChange(args);
      boolean unasked = Invocation.flag(args, "force") && !Invocation.flag(args, "dry_run");
      if (Invocation.word(args, "experiment") == null && unasked) {
        in.note((forget ? "forgetting" : "deleting") + " the current experiment, " + experiment);
      }
      return act(in, args, DELETE, List.of(experiment), forget);
    }
    if (Invocation.word(args, "experiment") != null) {
      throw new UsageException("give either an experiment or --ended, which finds them itself");
    }
    List<String> found = ended(in.cluster(), age == null ? null : in.now().minus(age));
    if (found.isEmpty()) {
      in.note(age == null ? "no experiment has ended" : "no experiment ended that long ago");
      return 0;
    }
    return act(in, args, DELETE, found, forget);
  }

  /** Deletes all whose names match. */
  public static int deleteBatch(Invocation in, Namespace args) {
    List<String> patterns = args.getList("pattern");
    List<String> found = new ArrayList<>();
    for (String name : in.cluster().listExperiments()) {
      for (String pattern : patterns) {
        if (Glob.matches(pattern, name)) {
          found.add(name);
          break;
        }
      }
    }
    if (found.isEmpty()) {
      throw new NotFoundException(
          "no experiment's whole name matches " + String.join(" or ", patterns));
    }
    return act(in, args, "delete-batch", found, false);
  }

  private static List<String> ended(Cluster cluster, @Nullable Instant before) {
    List<String> found = new ArrayList<>();
    for (String name : cluster.listExperiments()) {
      ExperimentStatus status;
      try {
        status = cluster.describeExperiment(name);
      } catch (SymphonyException unreadable) {
        continue; // of what cannot be read nobody knows that it has ended
      }
      if (status.verdict() != null && (before == null || endedBefore(status, before))) {
        found.add(name);
      }
    }
    return found;
  }

  /** Whether all ends are known and before a moment; an unknown end may have been just now. */
  private static boolean endedBefore(ExperimentStatus status, Instant moment) {
    for (ProcessStatus process : status.processes()) {
      Instant end = process.end() != null ? process.end() : process.start();
      if (end == null ? !status.created().isBefore(moment) : !end.isBefore(moment)) {
        return false;
      }
    }
    return true;
  }

  private static int act(
      Invocation in, Namespace args, String command, List<String> names, boolean forget) {
    boolean dryRun = Invocation.flag(args, "dry_run");
    boolean force = Invocation.flag(args, "force");
    String verb = forget ? "forget" : "delete";
    if (dryRun) {
      for (String name : names) {
        in.terminal().out().println("would " + verb + " " + described(in.cluster(), name));
      }
      return 0;
    }
    if (!force) {
      confirm(in, command, names, verb);
    }
    List<String> problems = new ArrayList<>();
    int worst = 0;
    for (String name : names) {
      try {
        if (forget) {
          in.cluster().forget(name);
        } else {
          in.cluster().delete(name);
        }
        in.note((forget ? "forgot " : "deleted ") + name);
      } catch (SymphonyException e) {
        if (names.size() == 1) {
          throw e;
        }
        worst = Math.max(worst, e.exitCode());
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    for (String problem : problems) {
      in.note("error: " + problem);
    }
    return worst;
  }

  private static void confirm(Invocation in, String command, List<String> names, String verb) {
    if (!in.terminal().canAsk()) {
      throw new UsageException(
          "'"
              + command
              + "' asks before it acts on "
              + String.join(", ", names)
              + ", and there is no terminal to ask on; add -f to go ahead");
    }
    String question;
    if (names.size() == 1) {
      question = verb + " " + described(in.cluster(), names.get(0)) + "? [y/N] ";
    } else {
      for (String name : names) {
        in.note("  " + described(in.cluster(), name));
      }
      question = verb + " these " + names.size() + " experiments? [y/N] ";
    }
    String answer = in.terminal().ask(question);
    String word = answer == null ? "" : answer.strip();
    if (!word.equalsIgnoreCase("y") && !word.equalsIgnoreCase("yes")) {
      throw new Declined();
    }
  }

  /** The name with what would be lost; the name alone where that cannot be told. */
  private static String described(Cluster cluster, String name) {
    try {
      ExperimentStatus status = cluster.describeExperiment(name);
      int running = 0;
      for (ProcessStatus process : status.processes()) {
        if (!process.state().hasEnded()) {
          running++;
        }
      }
      String processes = Counted.of(status.processes().size(), "process", "processes");
      return "experiment "
          + name
          + " ("
          + processes
          + ", "
          + status.state()
          + (running > 0 && running < status.processes().size()
              ? ", " + running + " not ended"
              : "")
          + ")";
    } catch (SymphonyException e) {
      return "experiment " + name;
    }
  }
}
