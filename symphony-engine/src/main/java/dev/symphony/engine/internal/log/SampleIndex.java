package dev.symphony.engine.internal.log;

import dev.symphony.engine.internal.host.HostIdentity;
import dev.symphony.engine.internal.host.ProcessTable;
import dev.symphony.engine.internal.host.Uptime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Tells when the bytes of one log came, true to about a second.
 *
 * <p>Made of entries in order: the bytes from the end of the entry before to {@link #end} came
 * shortly before {@link #time}. The last entry reaches to the end that the log had when it was
 * opened.
 */
final class SampleIndex {
  private static final long PATIENCE = 5_000;
  private static final long COARSE = 60_000;
  private static final int NAMED = 5;

  private final SampleReader entries;

  /** How many entries at the beginning are true to a minute only. */
  private final int coarse;

  private SampleIndex(SampleReader entries, int coarse) {
    this.entries = entries;
    this.coarse = coarse;
  }

  /** One that knows nothing. */
  static SampleIndex empty() {
    return new SampleIndex(new SampleReader(0, "", 0, 0), 0);
  }

  /**
   * Reads the samples of a log.
   *
   * @param size how long the log is
   * @param modified when it was last written to, in milliseconds since 1970
   * @param now the same for now
   */
  static SampleIndex read(HostLog log, Attempts attempts, long size, long modified, long now)
      throws IOException {
    String boot = HostIdentity.read(Path.of("/")).bootId();
    long bootMillis = now - 10 * Uptime.now();
    SampleReader fine = new SampleReader(log.number(), boot, bootMillis, PATIENCE);
    List<Attempts.Start> starts = attempts.starts();
    boolean begun = !starts.isEmpty() && starts.get(0).attempt() == 1;
    if (begun) {
      fine.begin(starts.get(0).uptime(), starts.get(0).epoch());
    }
    Path old = sibling(log, ".old");
    SampleReader result = fine;
    int coarse = 0;
    if (Files.exists(old)) {
      result = new SampleReader(log.number(), boot, bootMillis, COARSE + PATIENCE);
      if (begun) {
        result.begin(starts.get(0).uptime(), starts.get(0).epoch());
      }
      result.read(sibling(log, ".coarse"));
      result.finish();
      fine.read(old);
    }
    fine.read(log.samples());
    fine.finish();
    if (result != fine) {
      coarse = join(result, fine);
    }
    if (result.count == 0 || result.size[result.count - 1] < size) {
      long last = result.count == 0 ? 0 : result.order[result.count - 1];
      long time = Math.max(last, Math.min(modified, now));
      Path experiment = log.samples().resolveSibling("");
      boolean sampled = LogSampler.holder(experiment, ProcessTable.system()) != null;
      boolean gap = !sampled && time - fine.lastShown > PATIENCE;
      result.add(size, time, time, gap ? fine.lastShown : -1);
    }
    return new SampleIndex(result, coarse);
  }

  /** Puts the precise entries after those that are older; how many those are. */
  private static int join(SampleReader older, SampleReader precise) {
    if (precise.count > 0) {
      int keep = 0;
      while (keep < older.count
          && older.size[keep] <= precise.size[0]
          && older.order[keep] < precise.order[0]) {
        keep++;
      }
      older.count = keep;
    }
    int coarse = older.count;
    long reached = coarse == 0 ? 0 : older.size[coarse - 1];
    for (int i = 0; i < precise.count; i++) {
      if (precise.size[i] > reached) {
        older.add(precise.size[i], precise.order[i], precise.shown[i], precise.since[i]);
      }
    }
    return coarse;
  }

  private static Path sibling(HostLog log, String suffix) {
    return log.samples().resolveSibling(log.samples().getFileName() + suffix);
  }

  /** How many entries there are. */
  int count() {
    return entries.count;
  }

  /** The first byte after those of an entry. */
  long end(int entry) {
    return entries.size[entry];
  }

  /** When the bytes of an entry had come, in milliseconds since 1970 as the clock said then. */
  long time(int entry) {
    return entries.shown[entry];
  }

  /** The first entry that ends after {@code offset}; {@link #count} when there is none. */
  int entryAt(long offset) {
    int low = 0;
    int high = entries.count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.size[middle] <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The offset of the first byte that may have come after a time, in milliseconds since 1970 on
   * today's clock.
   */
  long offsetSince(long cutoff) {
    int low = 0;
    int high = entries.count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.order[middle] <= cutoff) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? 0 : entries.size[low - 1];
  }

  /** Adds a line for each stretch of the log between two offsets whose times are not exact. */
  void addNotes(List<String> notes, long from, long to, long now, ZoneId zone) {
    int first = entryAt(from);
    if (first < coarse) {
      String until = clock(entries.shown[coarse - 1], now, zone);
      notes.add("up to " + until + " times are true to a minute only");
    }
    int named = 0;
    for (int i = first; i < entries.count && (i == first || entries.size[i - 1] < to); i++) {
      long since = entries.since[i];
      if (since >= 0 && ++named <= NAMED) {
        String until = clock(entries.shown[i], now, zone);
        String start = since == 0 ? "before " : "between " + clock(since, now, zone) + " and ";
        notes.add(start + until + " times are not known exactly (no samples)");
      }
    }
    if (named > NAMED) {
      notes.add("nor are they in " + (named - NAMED) + " later stretches");
    }
  }

  /** A time of day, with its date where that is not today. */
  private static String clock(long millis, long now, ZoneId zone) {
    LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone);
    LocalDate today = LocalDateTime.ofInstant(Instant.ofEpochMilli(now), zone).toLocalDate();
    boolean sameDay = time.toLocalDate().equals(today);
    return DateTimeFormatter.ofPattern(sameDay ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss").format(time);
  }
}
