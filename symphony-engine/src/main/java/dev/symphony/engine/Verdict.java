package dev.symphony.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an experiment ended: one answer, whoever asks.
 *
 * @param outcome SUCCEEDED, FAILED or STOPPED
 * @param first the process that failed first by itself; null unless FAILED
 * @param code that process's exit code; null where nobody knows
 * @param reason that process's reason; null where it has none
 * @param message one line for people
 */
public record Verdict(
    State outcome,
    @Nullable ProcessName first,
    @Nullable Integer code,
    @Nullable String reason,
    String message) {

  /**
   * The verdict on processes that have all ended; null while one of them has not, and where there
   * are none.
   *
   * @param processes in declared order
   * @param grain ends that are no further apart than this cannot be told apart; then a process that
   *     returned goes before one that a signal ended, and declared order decides the rest
   */
  public static @Nullable Verdict of(List<ProcessStatus> processes, Duration grain) {
    if (processes.isEmpty()) {
      return null;
    }
    for (ProcessStatus status : processes) {
      if (!status.state().hasEnded()) {
        return null;
      }
    }
    ProcessStatus first = firstFailure(processes, grain);
    if (first != null) {
      return failed(first, ties(processes, first, grain));
    }
    int stopped = 0;
    for (ProcessStatus status : processes) {
      if (status.state() == State.STOPPED) {
        stopped++;
      }
    }
    if (stopped > 0) {
      return new Verdict(
          State.STOPPED,
          null,
          null,
          null,
          stopped + " of " + processes.size() + " processes stopped by the user");
    }
    return new Verdict(
        State.SUCCEEDED,
        null,
        null,
        null,
        processes.size() == 1 ? "1 process succeeded" : processes.size() + " processes succeeded");
  }

  /**
   * The process that failed first by itself among these, ended or not; null while none has.
   *
   * @param processes in declared order
   * @param grain as for {@link #of}
   */
  public static @Nullable ProcessStatus firstFailure(
      List<ProcessStatus> processes, Duration grain) {
    Instant earliest = null;
    for (ProcessStatus status : processes) {
      if (status.state() == State.FAILED) {
        Instant end = endOf(status);
        earliest = earliest == null || end.isBefore(earliest) ? end : earliest;
      }
    }
    ProcessStatus first = null;
    for (ProcessStatus status : processes) {
      boolean among =
          status.state() == State.FAILED
              && earliest != null
              && !endOf(status).isAfter(later(earliest, grain));
      if (among && (first == null || (first.signal() != null && status.signal() == null))) {
        first = status;
      }
    }
    return first;
  }

  /**
   * What {@code wait} ends with: 0, the first failure's own code (1 without one), 130 when stopped.
   */
  public int exitCode() {
    if (outcome == State.SUCCEEDED) {
      return 0;
    }
    if (outcome == State.STOPPED) {
      return 130;
    }
    return code == null || code == 0 ? 1 : code;
  }

  private static Verdict failed(ProcessStatus first, int ties) {
    StringBuilder text = new StringBuilder();
    text.append(first.name()).append(" failed first");
    Integer code = first.exitCode();
    if (code != null) {
      text.append(" with exit code ").append(code);
    }
    if (first.reason() != null) {
      text.append(" (").append(first.reason()).append(')');
    }
    if (ties > 0) {
      text.append("; ")
          .append(ties)
          .append(
              " more failed too close in time to tell apart, so exits went before signals, then declared"
                  + " order decided");
    }
    return new Verdict(State.FAILED, first.name(), code, first.reason(), text.toString());
  }

  private static int ties(List<ProcessStatus> processes, ProcessStatus first, Duration grain) {
    int ties = 0;
    for (ProcessStatus status : processes) {
      if (!status.name().equals(first.name()) && status.state() == State.FAILED) {
        Duration apart = Duration.between(endOf(first), endOf(status)).abs();
        if (apart.compareTo(grain) <= 0) {
          ties++;
        }
      }
    }
    return ties;
  }

  /** A failure whose end nobody saw counts as the last: what was seen explains more. */
  private static Instant endOf(ProcessStatus status) {
    Instant end = status.end();
    return end == null ? Instant.MAX : end;
  }

  private static Instant later(Instant end, Duration grain) {
    return end.equals(Instant.MAX) ? end : end.plus(grain);
  }
}
