package dev.symphony.engine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backend says of one experiment at one moment.
 *
 * @param name the experiment's whole name
 * @param launchId what tells this launch from any other of the same name
 * @param created when it was launched
 * @param state RUNNING while any process runs, PENDING while any is about to, UNKNOWN where nothing
 *     runs and some cannot be told or there are none; else the verdict's
 * @param processes its processes in declared order
 * @param verdict how it ended; null until it has
 * @param deleting whether being deleted
 */
public record ExperimentStatus(
    String name,
    String launchId,
    Instant created,
    State state,
    List<ProcessStatus> processes,
    @Nullable Verdict verdict,
    boolean deleting) {

  /** One that is not being deleted. */
  public ExperimentStatus(
      String name,
      String launchId,
      Instant created,
      State state,
      List<ProcessStatus> processes,
      @Nullable Verdict verdict) {
    this(name, launchId, created, state, processes, verdict, false);
  }

  /** Copies the list. */
  public ExperimentStatus {
    processes = List.copyOf(processes);
  }

  /** The status of one process, or null where the experiment has none of that name. */
  public @Nullable ProcessStatus process(ProcessName process) {
    for (ProcessStatus status : processes) {
      if (status.name().equals(process)) {
        return status;
      }
    }
    return null;
  }

  /** The same while being deleted. */
  public ExperimentStatus whileDeleting() {
    return new ExperimentStatus(name, launchId, created, state, processes, verdict, true);
  }

  /**
   * One line for people: the verdict's, or why there are no processes; null while there is nothing
   * to say.
   */
  public @Nullable String message() {
    if (deleting) {
      return "being deleted";
    }
    if (verdict != null) {
      return verdict.message();
    }
    if (!processes.isEmpty()) {
      return null;
    }
    return state == State.UNKNOWN
        ? "no processes: its launch was interrupted, or its deletion; delete it"
        : "no processes yet";
  }

  /** Computes state and verdict of an experiment from its processes. */
  public static ExperimentStatus of(
      String name,
      String launchId,
      Instant created,
      List<ProcessStatus> processes,
      java.time.Duration grain) {
    Verdict verdict = Verdict.of(processes, grain);
    State state = verdict == null ? unended(processes) : verdict.outcome();
    return new ExperimentStatus(name, launchId, created, state, processes, verdict);
  }

  private static State unended(List<ProcessStatus> processes) {
    boolean pending = false;
    boolean waiting = false;
    for (ProcessStatus status : processes) {
      if (status.state() == State.RUNNING) {
        return State.RUNNING;
      }
      pending |= status.state() == State.PENDING;
      waiting |= status.state() == State.WAITING;
    }
    return pending ? State.PENDING : waiting ? State.WAITING : State.UNKNOWN;
  }
}
