package dev.symphony.engine.internal.host;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that launched processes have started since, and how to end it.
 *
 * <p>Three ways lead to it, each of which misses something: the tree of parents misses what has
 * made itself a daemon, the session misses what began one of its own, the environment misses what
 * was started with an empty one. What any of them finds belongs to it. A process is known by pid
 * and start time, looked at again right before each signal, so that a pid which was given to
 * another program is never taken for the old one. Neither this program itself nor what it was
 * started by is ever signalled.
 */
public final class ProcessTree {
  private ProcessTree() {}

  /** How much time what ends is given. */
  public enum Mode {
    /** SIGTERM, and SIGKILL after the grace period; a wrapper writes down how its command ended. */
    STOP,
    /** SIGTERM, and SIGKILL a moment later, as a second Ctrl-C asks for. */
    NOW,
    /** As STOP, but nobody needs the wrappers' records: they are killed at once where possible. */
    DELETE
  }

  /**
   * One launched process: the wrapper shell that runs its command, and the command.
   *
   * @param wrapperPid the pid of the wrapper, -1 when unknown
   * @param wrapperStart its start time as {@link ProcessTable} tells it, -1 when unknown: then the
   *     pid is not used
   * @param childPid the pid of the command, -1 when unknown
   * @param childStart its start time, -1 when unknown: then the pid is not used
   * @param marker the entry {@code NAME=value} of the environment that everything it starts
   *     inherits and nothing else has
   * @param grace how long it may take from SIGTERM to its end
   * @param endedAt the uptime in hundredths of a second at which the wrapper wrote that it ends, -1
   *     when it did not: what was in its session by then is its own, though its pid is another's by
   *     now
   */
  public record Target(
      int wrapperPid,
      long wrapperStart,
      int childPid,
      long childStart,
      String marker,
      Duration grace,
      long endedAt) {

    /** A process whose wrapper has not written that it ended. */
    public Target(
        int wrapperPid,
        long wrapperStart,
        int childPid,
        long childStart,
        String marker,
        Duration grace) {
      this(wrapperPid, wrapperStart, childPid, childStart, marker, grace, -1);
    }
  }

  /**
   * What could not be ended.
   *
   * @param target the index of the target it belongs to
   * @param pid its pid
   * @param startTime its start time
   * @param reason why it still runs, to follow "process 4711"
   */
  public record Survivor(int target, int pid, long startTime, String reason) {}

  /** Hears how ending goes on. */
  @FunctionalInterface
  public interface Progress {
    /** So many processes still run; said whenever the number has changed. */
    void remaining(int processes);
  }

  /**
   * Ends everything that belongs to the targets, all of them together, and waits until it has
   * ended: SIGTERM to each process found, also to those that appear meanwhile, and SIGKILL after
   * the grace period of its target, which for each begins with its own SIGTERM.
   *
   * <p>A wrapper is given two more seconds after what it waits for has ended. Returns early when
   * the thread is interrupted, with the interrupt still set.
   *
   * @return what still runs, with the reason; empty when all has ended
   */
  public static List<Survivor> end(
      List<Target> targets, ProcessTable table, Mode mode, @Nullable Progress progress) {
    return targets.isEmpty() ? List.of() : new Ending(targets, table, mode, progress).run();
  }

  /** The indices of the targets of which anything still runs. */
  public static BitSet alive(List<Target> targets, ProcessTable table) {
    BitSet alive = new BitSet(targets.size());
    if (!targets.isEmpty()) {
      Family family = new Family(targets, table);
      family.scan();
      for (Family.Member member : family.members()) {
        alive.set(member.target);
      }
      for (Family.Member member : family.around()) {
        alive.set(member.target);
      }
    }
    return alive;
  }

  /** Whether anything of a target still runs. */
  public static boolean alive(Target target, ProcessTable table) {
    return table.alive(target.wrapperPid(), target.wrapperStart())
        || table.alive(target.childPid(), target.childStart())
        || !alive(List.of(target), table).isEmpty();
  }
}
