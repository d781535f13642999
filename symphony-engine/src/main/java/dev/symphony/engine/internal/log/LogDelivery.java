package dev.symphony.engine.internal.log;

import dev.symphony.engine.LogStream.Sink;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Brings what was read to a sink: each line with its time, a terminal's as it was seen. */
final class LogDelivery {
  private final @Nullable SampleIndex times;
  private final @Nullable TerminalFilter filter;
  private final InstantSource clock;

  /**
   * @param times when what was there came, what came since being new; null where nobody asks
   * @param filter null for a log that is no terminal's
   */
  LogDelivery(@Nullable SampleIndex times, @Nullable TerminalFilter filter, InstantSource clock) {
    this.times = times;
    this.filter = filter;
    this.clock = clock;
  }

  /**
   * Passes on the first bytes of a buffer.
   *
   * @param position where in the log the buffer begins
   * @return how many bytes went to the sink
   */
  int pass(Sink sink, byte[] buffer, int length, long position) throws IOException {
    int passed = 0;
    int from = 0;
    while (from < length) {
      int end = length;
      long time = -1;
      if (times != null) {
        int entry = times.entryAt(position + from);
        // A line came when its last byte came.
        while (entry < times.count() && times.end(entry) - position < length) {
          end = lineEnd(buffer, from, (int) (times.end(entry) - position));
          if (end > from) {
            break;
          }
          end = length;
          entry++;
        }
        time = time(times, entry);
      }
      if (filter == null) {
        sink.lines(buffer, from, end - from, time);
        passed += end - from;
      } else {
        filter.accept(buffer, from, end - from);
        passed += passFiltered(filter, sink, time);
      }
      from = end;
    }
    return passed;
  }

  /** Passes on what a terminal's line shows that has no newline yet. */
  int breakOff(Sink sink) throws IOException {
    if (filter == null) {
      return 0;
    }
    filter.breakOff();
    return passFiltered(filter, sink, -1);
  }

  /** Passes on what is left at the end of the log, which is at {@code position}. */
  int finish(Sink sink, long position) throws IOException {
    if (filter == null) {
      return 0;
    }
    filter.finish();
    long time = times == null ? -1 : time(times, times.entryAt(position - 1));
    return passFiltered(filter, sink, time);
  }

  /** Gives back memory that a pause does not need. */
  void shrink() {
    if (filter != null) {
      filter.shrink();
    }
  }

  /** The index after the last newline in a part of a buffer; {@code from} when there is none. */
  static int lineEnd(byte[] buffer, int from, int to) {
    int end = to;
    while (end > from && buffer[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private static int passFiltered(TerminalFilter lines, Sink sink, long time) throws IOException {
    int ready = lines.ready();
    if (ready > 0) {
      sink.lines(lines.bytes(), 0, ready, time);
      lines.taken();
    }
    return ready;
  }

  private long time(SampleIndex known, int entry) {
    return entry < known.count() ? known.time(entry) : clock.millis();
  }
}
