package dev.symphony.engine.internal.host;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The processes as {@code ps} prints them, where there is no {@code /proc}.
 *
 * <p>Start times are whole seconds, so that of two processes which got one pid within a second the
 * later is taken for the earlier; environments are not told.
 */
final class PsTable extends ProcessTable {
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  /** Elsewhere than on Linux {@code sess} is an address: the process group comes nearest. */
  private static final String COLUMNS =
      System.getProperty("os.name", "").equals("Linux")
          ? "pid=,ppid=,sess=,tty=,lstart=,state="
          : "pid=,ppid=,pgid=,tty=,lstart=,state=";

  private final Map<Integer, Long> known = new HashMap<>();

  /** Typed so that who chooses a table does not load this one to see what it is. */
  static ProcessTable create() {
    return new PsTable();
  }

  @Override
  public @Nullable ProcessStat stat(int pid) {
    List<ProcessStat> found = parse(Answer.of("ps", "-o", COLUMNS, "-p", Integer.toString(pid)));
    return found.isEmpty() ? null : found.get(0);
  }

  @Override
  public List<ProcessStat> snapshot() {
    return parse(Answer.of("ps", "-A", "-o", COLUMNS));
  }

  @Override
  public boolean[] alive(int[] pids, long[] startTimes) {
    Map<Integer, Long> running = new HashMap<>();
    for (ProcessStat stat : snapshot()) {
      if (!stat.ended()) {
        running.put(stat.pid(), stat.startTime());
      }
    }
    boolean[] result = new boolean[pids.length];
    for (int i = 0; i < pids.length; i++) {
      Long start = running.get(pids[i]);
      result[i] = start != null && startTimes[i] >= 0 && same(start, startTimes[i]);
    }
    return result;
  }

  @Override
  public boolean environmentContains(int pid, byte[] marker) {
    return false;
  }

  @Override
  public @Nullable String environmentEntry(int pid, byte[] prefix) {
    return null;
  }

  /** Some versions of ps add the age to the time of boot, and are off by one now and then. */
  @Override
  public boolean same(long one, long other) {
    return one >= 0 && Math.abs(one - other) <= 1;
  }

  private synchronized List<ProcessStat> parse(String output) {
    List<ProcessStat> all = new ArrayList<>();
    String[] field = new String[10];
    int at = 0;
    while (at < output.length()) {
      int end = output.indexOf('\n', at);
      end = end < 0 ? output.length() : end;
      // 12 1 12 ? Thu Oct  2 10:11:12 2025 Ss
      if (split(output, at, end, field) >= 10) {
        ProcessStat stat = stat(field);
        if (stat != null) {
          all.add(stat);
        }
      }
      at = end + 1;
    }
    return all;
  }

  private @Nullable ProcessStat stat(String[] field) {
    try {
      int pid = Integer.parseInt(field[0]);
      long start = steady(pid, seconds(field[5], field[6], field[7], field[8]));
      char tty = field[3].charAt(0);
      char state = field[9].charAt(0);
      return new ProcessStat(
          pid,
          Integer.parseInt(field[1]),
          Integer.parseInt(field[2]),
          tty == '?' || tty == '-' ? 0 : 1,
          start,
          state,
          state == 'Z' || state == 'X');
    } catch (NumberFormatException | DateTimeException odd) {
      // A line in a shape that no ps we know prints: a process we cannot say anything about.
      return null;
    }
  }

  /** The start time as it was told first, should ps be off by one now. */
  private long steady(int pid, long start) {
    Long before = known.get(pid);
    if (before != null && same(before, start)) {
      return before;
    }
    known.put(pid, start);
    return start;
  }

  private static long seconds(String month, String day, String time, String year) {
    return LocalDateTime.of(
            Integer.parseInt(year),
            MONTHS.indexOf(month) / 3 + 1,
            Integer.parseInt(day),
            Integer.parseInt(time, 0, 2, 10),
            Integer.parseInt(time, 3, 5, 10),
            Integer.parseInt(time, 6, 8, 10))
        .toEpochSecond(ZoneOffset.UTC);
  }

  private static int split(String text, int from, int to, String[] fields) {
    int count = 0;
    int at = from;
    while (at < to && count < fields.length) {
      while (at < to && text.charAt(at) == ' ') {
        at++;
      }
      int begin = at;
      while (at < to && text.charAt(at) != ' ') {
        at++;
      }
      if (at > begin) {
        fields[count++] = text.substring(begin, at);
      }
    }
    return count;
  }
}
