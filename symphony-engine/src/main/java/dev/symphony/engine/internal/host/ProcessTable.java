package dev.symphony.engine.internal.host;

import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The processes of this machine, whether {@code /proc} or {@code ps} tells about them.
 *
 * <p>A process that only waits to be collected by its parent (a zombie) has ended: some machines'
 * first process collects those seldom or never. Safe for use by several threads.
 */
public abstract sealed class ProcessTable permits ProcTable, PsTable {
  ProcessTable() {}

  /** The table of this machine: from {@code /proc}, else from {@code ps}. */
  public static ProcessTable system() {
    return Holder.SYSTEM;
  }

  /** One process, ended ones too; null when there is none of this pid. */
  public abstract @Nullable ProcessStat stat(int pid);

  /** All processes, ended ones too. */
  public abstract List<ProcessStat> snapshot();

  /**
   * When a process started, to tell it from a later one of the same pid (units as in {@link
   * ProcessStat#startTime}); -1 when there is none or it has ended.
   */
  public long startTime(int pid) {
    ProcessStat stat = stat(pid);
    return stat == null || stat.ended() ? -1 : stat.startTime();
  }

  /**
   * The start time of the process that had a pid at a moment, in the unit of {@link
   * ProcessStat#startTime}; -1 when it has ended. What has the pid now and started later is
   * another.
   *
   * @param by the moment, in the same unit
   */
  public final long startTime(int pid, long by) {
    ProcessStat stat = pid <= 0 ? null : stat(pid);
    return stat != null && isThat(stat, by) ? stat.startTime() : -1;
  }

  /** Whether this is the process that had its pid at a moment, and has not ended. */
  public final boolean isThat(ProcessStat stat, long by) {
    return !stat.ended() && (stat.startTime() <= by || same(stat.startTime(), by));
  }

  /** Whether the process that got this pid at this time still runs; never for times below 0. */
  public boolean alive(int pid, long startTime) {
    return startTime >= 0 && pid > 0 && same(startTime(pid), startTime);
  }

  /** Answers {@link #alive(int, long)} for many processes at once. */
  public boolean[] alive(int[] pids, long[] startTimes) {
    boolean[] result = new boolean[pids.length];
    for (int i = 0; i < pids.length; i++) {
      result[i] = alive(pids[i], startTimes[i]);
    }
    return result;
  }

  /**
   * Whether the environment that a process was started with has exactly this entry.
   *
   * @param marker the entry as {@code NAME=value}
   * @return false also where the environment cannot be read
   */
  public abstract boolean environmentContains(int pid, byte[] marker);

  /**
   * The first entry of a process's environment that begins with {@code prefix}, whole; null where
   * there is none or it cannot be read.
   *
   * @param prefix a name with the equals sign, as {@code NAME=}
   */
  public abstract @Nullable String environmentEntry(int pid, byte[] prefix);

  /** Whether two start times, neither below 0, mean the same moment as this table tells time. */
  public boolean same(long one, long other) {
    return one == other;
  }

  /** Asked once: what the machine has does not change. */
  private static final class Holder {
    static final ProcessTable SYSTEM =
        new File("/proc/self/stat").exists() ? new ProcTable() : PsTable.create();
  }
}
