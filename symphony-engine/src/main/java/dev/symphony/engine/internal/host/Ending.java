package dev.symphony.engine.internal.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One go at ending all that belongs to some launched processes. */
final class Ending {
  private static final long MILLISECOND = 1_000_000;

  /**
   * How long a wrapper may take to write its record after its command has ended. It may wait ten
   * seconds for a terminal to show what was printed last, and some for the log to hold it.
   */
  private static final long WRAPPER = 15_000 * MILLISECOND;

  /** How long what was asked to end now may take before it is killed. */
  private static final long MOMENT = 200 * MILLISECOND;

  /** How long to wait for what was killed: it may be writing to a slow disk. */
  private static final long KILLED = 10_000 * MILLISECOND;

  /** How often to look once more, where a process was seen that nobody could tell whose it is. */
  private static final int MOST_LOOKS = 6;

  private static final long BETWEEN_LOOKS = 10 * MILLISECOND;
  private static final long LONGEST_REST = 20 * MILLISECOND;
  private static final long LONGEST_BETWEEN_SCANS = 500 * MILLISECOND;

  private final List<ProcessTree.Target> targets;
  private final ProcessTable table;
  private final ProcessTree.Mode mode;
  private final ProcessTree.@Nullable Progress progress;
  private final Family family;

  /** How many processes other than the wrapper still run, by target. */
  private final int[] others;

  /** Since when a target has only its wrapper left, 0 while it has more. */
  private final long[] aloneSince;

  private final List<ProcessTree.Survivor> survivors = new ArrayList<>();
  private List<Family.Member> pending = new ArrayList<>();
  private int told = -1;
  private int looks;

  Ending(
      List<ProcessTree.Target> targets,
      ProcessTable table,
      ProcessTree.Mode mode,
      ProcessTree.@Nullable Progress progress) {
    this.targets = targets;
    this.table = table;
    this.mode = mode;
    this.progress = progress;
    this.family = new Family(targets, table);
    this.others = new int[targets.size()];
    this.aloneSince = new long[targets.size()];
  }

  List<ProcessTree.Survivor> run() {
    long between = 10 * MILLISECOND;
    while (true) {
      long begun = System.nanoTime();
      List<Family.Member> fresh = family.scan();
      if (fresh.isEmpty() && pending.isEmpty()) {
        if (family.isSure() || looks++ == MOST_LOOKS || !rest(BETWEEN_LOOKS)) {
          return finish();
        }
        continue;
      }
      terminate(fresh);
      long cost = System.nanoTime() - begun;
      // Looking at a large machine again and again would take from those that are ending.
      between = Math.max(Math.min(2 * between, LONGEST_BETWEEN_SCANS), 4 * cost);
      if (!waitForThem(System.nanoTime() + between)) {
        for (Family.Member member : pending) {
          survive(member, "was not waited for: interrupted");
        }
        return finish();
      }
    }
  }

  /** False when interrupted. */
  private static boolean rest(long nanos) {
    try {
      Thread.sleep(nanos / MILLISECOND, (int) (nanos % MILLISECOND));
      return true;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<ProcessTree.Survivor> finish() {
    for (Family.Member member : family.around()) {
      survive(member, "runs this very program");
    }
    return List.copyOf(survivors);
  }

  /** Asks new ones to end; each has its own grace period from here. */
  private void terminate(List<Family.Member> fresh) {
    List<Family.Member> asked = new ArrayList<>(fresh.size());
    List<Family.Member> first = new ArrayList<>();
    long now = System.nanoTime();
    for (Family.Member member : fresh) {
      // The end of a wrapper with a terminal would hang up on its command before SIGTERM gets
      // there.
      boolean at = mode == ProcessTree.Mode.DELETE && member.wrapper && !member.terminal;
      (at ? first : asked).add(member);
      member.killAt = now + grace(member) + (member.wrapper ? WRAPPER : 0);
    }
    kill(first);
    signal(asked, false);
    pending.addAll(fresh);
  }

  private long grace(Family.Member member) {
    long grace = Math.max(0, targets.get(member.target).grace().toNanos());
    return mode == ProcessTree.Mode.NOW ? Math.min(grace, MOMENT) : grace;
  }

  /** Waits until all have ended or it is time to scan again; false when interrupted. */
  private boolean waitForThem(long until) {
    long rest = MILLISECOND;
    while (true) {
      long begun = System.nanoTime();
      forgetEnded();
      if (pending.isEmpty()) {
        return true;
      }
      killDue();
      long now = System.nanoTime();
      if (now >= until) {
        return true;
      }
      rest = Math.min(Math.max(rest * 3 / 2, now - begun), LONGEST_REST);
      if (!rest(rest)) {
        return false;
      }
    }
  }

  private void forgetEnded() {
    boolean[] alive = alive(pending);
    List<Family.Member> left = new ArrayList<>();
    Arrays.fill(others, 0);
    for (int i = 0; i < alive.length; i++) {
      Family.Member member = pending.get(i);
      if (alive[i]) {
        left.add(member);
        others[member.target] += member.wrapper ? 0 : 1;
      } else {
        family.ended(member);
      }
    }
    pending = left;
    if (progress != null && left.size() != told) {
      told = left.size();
      progress.remaining(told);
    }
  }

  private void killDue() {
    long now = System.nanoTime();
    List<Family.Member> due = new ArrayList<>();
    List<Family.Member> left = new ArrayList<>();
    for (Family.Member member : pending) {
      if (member.refused && member.killed) {
        survive(member, "may not be signalled by this user");
      } else if (!isDue(member, now)) {
        left.add(member);
      } else if (!member.killed) {
        due.add(member);
        left.add(member);
      } else {
        survive(member, "has not ended 10 s after SIGKILL: it waits in the kernel");
      }
    }
    pending = left;
    kill(due);
  }

  private boolean isDue(Family.Member member, long now) {
    if (now >= member.killAt) {
      return true;
    }
    if (!member.wrapper || member.killed) {
      return false;
    }
    // A wrapper that has nothing left to wait for does not get its whole grace period.
    int target = member.target;
    if (others[target] > 0) {
      aloneSince[target] = 0;
    } else if (aloneSince[target] == 0) {
      aloneSince[target] = now;
    }
    return aloneSince[target] != 0 && now - aloneSince[target] >= WRAPPER;
  }

  private void survive(Family.Member member, String reason) {
    survivors.add(new ProcessTree.Survivor(member.target, member.pid, member.start, reason));
  }

  private void kill(List<Family.Member> due) {
    signal(due, true);
    long until = System.nanoTime() + KILLED;
    for (Family.Member member : due) {
      member.killed = true;
      member.killAt = until;
    }
  }

  /**
   * Signals those that are still the processes we know. The handle is taken before that is checked
   * and looks at the start time it has seen once more itself, so whatever gets the pid in between
   * gets no signal.
   */
  private void signal(List<Family.Member> to, boolean force) {
    if (to.isEmpty()) {
      return;
    }
    List<Optional<ProcessHandle>> handles = new ArrayList<>(to.size());
    for (Family.Member member : to) {
      handles.add(ProcessHandle.of(member.pid));
    }
    boolean[] alive = alive(to);
    for (int i = 0; i < alive.length; i++) {
      if (alive[i] && handles.get(i).isPresent()) {
        ProcessHandle handle = handles.get(i).get();
        boolean sent = force ? handle.destroyForcibly() : handle.destroy();
        Family.Member member = to.get(i);
        member.refused = !sent && table.alive(member.pid, member.start);
      }
    }
  }

  private boolean[] alive(List<Family.Member> members) {
    int[] pids = new int[members.size()];
    long[] starts = new long[pids.length];
    for (int i = 0; i < pids.length; i++) {
      pids[i] = members.get(i).pid;
      starts[i] = members.get(i).start;
    }
    return table.alive(pids, starts);
  }
}
