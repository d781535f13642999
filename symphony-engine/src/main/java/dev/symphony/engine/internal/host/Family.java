package dev.symphony.engine.internal.host;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what belongs to launched processes, scan by scan: what one scan has found, the next uses,
 * so that nothing gets lost when the parent or the leader of a session ends in between.
 */
final class Family {
  /** Ticks within which a process may still exchange its program, and its environment with it. */
  private static final long YOUNG = 100;

  /** Ticks within which one without an environment may be exchanging its program right now. */
  private static final long NEW = 5;

  private static final byte[] ANY = {};

  /** One process that belongs to a target. */
  static final class Member {
    final int pid;
    final long start;
    final int target;
    final boolean wrapper;
    final boolean terminal;

    /** When SIGKILL is due, and once it was sent, until when to wait: {@link System#nanoTime}. */
    long killAt;

    boolean killed;

    /** Whether the last signal was not permitted. */
    boolean refused;

    Member(ProcessStat stat, int target, boolean wrapper) {
      this.pid = stat.pid();
      this.start = stat.startTime();
      this.target = target;
      this.wrapper = wrapper;
      this.terminal = stat.tty() != 0;
    }
  }

  /** A session that was begun by a member. */
  private record Session(long leaderStart, int target) {}

  /** What a process's environment said; target -1 for nothing. */
  private record Read(long start, int target) {}

  private final List<ProcessTree.Target> targets;
  private final ProcessTable table;
  private final int self = (int) ProcessHandle.current().pid();
  private final Map<Integer, Member> members = new HashMap<>();
  private final Map<Integer, Member> around = new HashMap<>();
  private final Map<Integer, Session> sessions = new HashMap<>();
  private final Map<Integer, Read> read = new HashMap<>();
  private final Map<String, Integer> markers = new HashMap<>();
  private final List<byte[]> markerNames = new ArrayList<>();

  // What one scan works on.
  private final Map<Integer, ProcessStat> now = new HashMap<>();
  private final Map<Integer, List<ProcessStat>> children = new HashMap<>();
  private final Map<Integer, List<ProcessStat>> bySession = new HashMap<>();
  private final Map<Integer, Integer> found = new HashMap<>();
  private final ArrayDeque<ProcessStat> queue = new ArrayDeque<>();
  private final Set<Integer> ancestors = new HashSet<>();
  private boolean sure;

  Family(List<ProcessTree.Target> targets, ProcessTable table) {
    this.targets = targets;
    this.table = table;
    Set<String> names = new HashSet<>();
    for (int i = 0; i < targets.size(); i++) {
      ProcessTree.Target target = targets.get(i);
      int equals = target.marker().indexOf('=');
      if (equals > 0) {
        markers.put(target.marker(), i);
        String name = target.marker().substring(0, equals + 1);
        if (names.add(name)) {
          markerNames.add(name.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  /** What was found and has not been seen to end, in no order. */
  Collection<Member> members() {
    return members.values();
  }

  /** What belongs to a target and runs around this program: its parent, the parent of that... */
  Collection<Member> around() {
    return around.values();
  }

  /** Whether the last scan could tell of every process whose it is. */
  boolean isSure() {
    return sure;
  }

  /** Forgets a member that has ended. */
  void ended(Member member) {
    members.remove(member.pid, member);
  }

  /** Looks at all processes once and returns the members that were not known before. */
  List<Member> scan() {
    lookAround();
    for (int i = 0; i < targets.size(); i++) {
      ProcessTree.Target target = targets.get(i);
      root(target.wrapperPid(), target.wrapperStart(), i);
      root(target.childPid(), target.childStart(), i);
    }
    for (Member member : members.values()) {
      root(member.pid, member.start, member.target);
    }
    for (Map.Entry<Integer, Session> entry : sessions.entrySet()) {
      ProcessStat leader = now.get(entry.getKey());
      // A pid is not given again while a session goes by it: another leader, another session.
      if (leader == null || table.same(leader.startTime(), entry.getValue().leaderStart)) {
        adopt(entry.getKey(), entry.getValue().target);
      }
    }
    for (int i = 0; i < targets.size(); i++) {
      leftInSession(targets.get(i), i);
    }
    follow();
    if (!markerNames.isEmpty()) {
      for (ProcessStat stat : now.values()) {
        int target = found.containsKey(stat.pid()) ? -1 : marked(stat);
        if (target >= 0) {
          add(stat, target);
          follow();
        }
      }
    }
    return collect();
  }

  private void lookAround() {
    now.clear();
    children.clear();
    bySession.clear();
    found.clear();
    ancestors.clear();
    sure = true;
    for (ProcessStat stat : table.snapshot()) {
      now.put(stat.pid(), stat);
      put(children, stat.ppid(), stat);
      put(bySession, stat.session(), stat);
    }
    ProcessStat each = now.get(self);
    while (each != null && each.ppid() > 0 && ancestors.add(each.ppid())) {
      each = now.get(each.ppid());
    }
  }

  private static void put(Map<Integer, List<ProcessStat>> map, int key, ProcessStat stat) {
    List<ProcessStat> list = map.get(key);
    if (list == null) {
      list = new ArrayList<>(4);
      map.put(key, list);
    }
    list.add(stat);
  }

  private void root(int pid, long start, int target) {
    ProcessStat stat = start < 0 ? null : now.get(pid);
    // One that has ended and was not collected yet still tells that its session is ours.
    if (stat != null && table.same(stat.startTime(), start)) {
      add(stat, target);
    }
  }

  private void add(ProcessStat stat, int target) {
    if (stat.pid() > 1 && stat.pid() != self && found.putIfAbsent(stat.pid(), target) == null) {
      queue.add(stat);
    }
  }

  /** Adds what descends from those in the queue, and the sessions they lead. */
  private void follow() {
    ProcessStat stat;
    while ((stat = queue.poll()) != null) {
      int target = target(stat.pid());
      List<ProcessStat> below = children.get(stat.pid());
      if (below != null) {
        for (ProcessStat child : below) {
          add(child, target);
        }
      }
      if (stat.session() == stat.pid()) {
        sessions.putIfAbsent(stat.pid(), new Session(stat.startTime(), target));
        adopt(stat.pid(), target);
      }
      orphans(stat, target);
    }
  }

  /** What is left of a session after its leader, the wrapper or the command, has gone. */
  private void orphans(ProcessStat stat, int target) {
    int session = stat.session();
    ProcessTree.Target launched = targets.get(target);
    boolean led = session == launched.wrapperPid() || session == launched.childPid();
    if (led && session > 1 && !now.containsKey(session)) {
      adopt(session, target);
    }
  }

  /** Adds what was in the wrapper's session before the wrapper ended: that session was ours. */
  private void leftInSession(ProcessTree.Target target, int index) {
    List<ProcessStat> left = bySession.get(target.wrapperPid());
    if (target.endedAt() < 0 || left == null || now.containsKey(target.wrapperPid())) {
      return;
    }
    for (ProcessStat stat : left) {
      if (stat.startTime() >= target.wrapperStart() && stat.startTime() <= target.endedAt()) {
        add(stat, index);
      }
    }
  }

  private void adopt(int session, int target) {
    List<ProcessStat> all = bySession.get(session);
    if (all != null) {
      for (ProcessStat stat : all) {
        add(stat, target);
      }
    }
  }

  /** The target whose marker is in the environment; -1 for none. */
  private int marked(ProcessStat stat) {
    if (stat.ended() || stat.ppid() == 2 || stat.pid() <= 2) {
      // Of what is no thread of the kernel, those that began before the wrapper too: it may have
      // been started again, and something of its earlier run may be left.
      return -1;
    }
    Read before = read.get(stat.pid());
    if (before != null && before.start == stat.startTime()) {
      return before.target;
    }
    int target = -1;
    for (int i = 0; i < markerNames.size() && target < 0; i++) {
      String entry = table.environmentEntry(stat.pid(), markerNames.get(i));
      Integer index = entry == null ? null : markers.get(entry);
      target = index == null ? -1 : index;
    }
    long age = Uptime.now() - stat.startTime();
    if (target >= 0 || age > YOUNG) {
      read.put(stat.pid(), new Read(stat.startTime(), target));
    }
    if (target < 0 && age <= NEW) {
      String any = table.environmentEntry(stat.pid(), ANY);
      sure &= any != null && !any.isEmpty();
    }
    return target;
  }

  private List<Member> collect() {
    List<Member> fresh = new ArrayList<>();
    around.clear();
    for (Map.Entry<Integer, Integer> entry : found.entrySet()) {
      ProcessStat stat = now.get(entry.getKey());
      if (stat == null || stat.ended()) {
        continue;
      }
      int target = entry.getValue();
      boolean wrapper = stat.pid() == targets.get(target).wrapperPid();
      Member known = members.get(stat.pid());
      if (ancestors.contains(stat.pid())) {
        around.put(stat.pid(), new Member(stat, target, wrapper));
      } else if (known == null || !table.same(known.start, stat.startTime())) {
        Member member = new Member(stat, target, wrapper);
        members.put(stat.pid(), member);
        fresh.add(member);
      }
    }
    return fresh;
  }

  private int target(int pid) {
    @Nullable Integer target = found.get(pid);
    return target == null ? -1 : target;
  }
}
