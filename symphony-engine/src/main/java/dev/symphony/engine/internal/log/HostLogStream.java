package dev.symphony.engine.internal.log;

import dev.symphony.engine.LogOptions;
import dev.symphony.engine.LogStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The log of one process on this host, from its file.
 *
 * <p>Without following it ends where the log ended when it was opened. With following it ends when
 * the process has ended for good and the last byte was passed on; a log that somebody cuts short or
 * replaces goes on from its new beginning. Not thread-safe.
 */
public final class HostLogStream implements LogStream {
  private static final int SMALLEST = 16 * 1024;
  private static final int LARGEST = 256 * 1024;

  /** How long a line may wait for its end before what there is of it is passed on. */
  private static final long LINE_MILLIS = 1_000;

  /** How long a terminal's output may take from the terminal to its log. */
  private static final long TERMINAL_MILLIS = 500;

  private final HostLog log;
  private final LogOptions options;
  private final BooleanSupplier ended;
  private final InstantSource clock;
  private final List<String> notes = new ArrayList<>();
  private final boolean following;
  private @Nullable LogFile file;
  private LogDelivery delivery;

  /** What was read and not passed on yet: so many bytes, the first of them at this offset. */
  private byte[] buffer = new byte[0];

  private int count;
  private long position;
  private long heldSince;

  /** How long the log was when last asked. */
  private long size;

  /** Where reading ends. */
  private long limit = Long.MAX_VALUE;

  /** When the log is complete though it may still grow a moment; -1 while the process runs. */
  private long completeAt = -1;

  private long askedAt;
  private boolean done;

  private HostLogStream(
      HostLog log, LogOptions options, BooleanSupplier ended, InstantSource clock) {
    this.log = log;
    this.options = options;
    this.ended = ended;
    this.clock = clock;
    this.askedAt = clock.millis();
    this.following = options.follow() && !options.previous();
    this.delivery = new LogDelivery(null, newFilter(), clock);
  }

  /**
   * Opens a log; one that does not exist yet is an empty one.
   *
   * @param ended whether the process has ended for good; asked only while following, when there is
   *     nothing new and once a second
   * @param clock tells when a line comes
   * @throws dev.symphony.engine.SymphonyException when the previous attempt is asked for and there
   *     was only one
   */
  public static HostLogStream open(
      HostLog log, LogOptions options, BooleanSupplier ended, InstantSource clock)
      throws IOException {
    HostLogStream stream = new HostLogStream(log, options, ended, clock);
    try {
      stream.begin();
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
    return stream;
  }

  private void begin() throws IOException {
    Duration since = options.since();
    Attempts attempts =
        options.previous() || options.timestamps() || since != null
            ? Attempts.read(log.files())
            : new Attempts(List.of(), 0);
    long start = 0;
    if (options.previous()) {
      Attempts.Range range = attempts.previous(log.name());
      start = range.start();
      limit = range.end();
      if (!range.exact()) {
        notes.add("where the previous attempt begins or ends is not known exactly");
      }
    }
    LogFile opened = LogFile.open(log.file());
    if (opened == null) {
      return;
    }
    file = opened;
    size = opened.size();
    if (!following) {
      limit = Math.min(limit, size);
    }
    position = start(opened, attempts, Math.min(start, size), Math.min(limit, size));
    opened.seek(position);
  }

  /** Where to begin between the two offsets, by age and number of lines. */
  private long start(LogFile opened, Attempts attempts, long from, long to) throws IOException {
    LineSearch search = new LineSearch(opened);
    SampleIndex read = null;
    long start = from;
    Duration since = options.since();
    if (options.timestamps() || since != null) {
      long now = clock.millis();
      read = SampleIndex.read(log, attempts, size, opened.modified(), now);
      if (since != null) {
        long offset = Math.min(to, read.offsetSince(now - since.toMillis()));
        start = offset <= from ? from : search.lineStart(from, offset);
      }
    }
    if (options.tail() >= 0) {
      TerminalFilter shown = newFilter();
      boolean nothing = shown != null && search.showsNothing(start, to, shown);
      long end = nothing ? search.lineStart(start, to) : to;
      start = search.lastLines(start, end, options.tail());
    }
    if (read != null) {
      long until = options.timestamps() ? to : start + 1;
      read.addNotes(notes, start, until, clock.millis(), ZoneId.systemDefault());
      delivery = new LogDelivery(options.timestamps() ? read : null, newFilter(), clock);
    }
    return start;
  }

  private @Nullable TerminalFilter newFilter() {
    if (!log.terminal()) {
      return null;
    }
    return options.raw() ? TerminalFilter.raw() : TerminalFilter.text();
  }

  @Override
  public int poll(Sink sink) throws IOException {
    while (!done) {
      int fresh = fill();
      int passed;
      if (fresh > 0) {
        passed = passLines(sink, fresh);
        askNowAndThen();
      } else if (!following || position + count >= limit) {
        done = true;
        passed = passRest(sink);
      } else {
        passed = begunAnew(sink);
        if (passed < 0 && !complete()) {
          return passHeld(sink);
        }
      }
      if (passed > 0) {
        return passed;
      }
    }
    return -1;
  }

  @Override
  public List<String> notes() {
    return Collections.unmodifiableList(notes);
  }

  @Override
  public void close() {
    done = true;
    if (file != null) {
      file.close();
    }
  }

  /** Reads on; how many bytes, 0 when there are none now. */
  private int fill() throws IOException {
    if (file == null) {
      return 0;
    }
    long reached = position + count;
    if (reached >= size) {
      size = file.size();
    }
    long there = Math.min(limit, size) - reached;
    if (there <= 0) {
      return 0;
    }
    if (there > buffer.length - count && buffer.length < LARGEST) {
      reserve((int) Math.min(LARGEST, count + there));
    }
    int got = file.read(buffer, count, (int) Math.min(there, buffer.length - count));
    if (got <= 0) {
      return 0;
    }
    if (count == 0) {
      heldSince = clock.millis();
    }
    count += got;
    return got;
  }

  /** Makes the buffer so large at least: small for a quiet log, one of hundreds perhaps. */
  private void reserve(int length) {
    int wanted = Math.max(SMALLEST, buffer.length);
    while (wanted < length) {
      wanted *= 2;
    }
    buffer = Arrays.copyOf(buffer, wanted);
  }

  private int passLines(Sink sink, int fresh) throws IOException {
    int end = LogDelivery.lineEnd(buffer, count - fresh, count);
    if (end == count - fresh) {
      if (count < LARGEST) {
        return 0;
      }
      end = count; // a line as long as the buffer goes in pieces
    }
    int passed = pass(sink, end);
    heldSince = clock.millis();
    return passed;
  }

  /** Passes on what waits for its newline, if it has waited for long. */
  private int passHeld(Sink sink) throws IOException {
    int passed = 0;
    // With times there is one to a line: nothing is passed on before its time is known.
    if (!options.timestamps() && clock.millis() - heldSince >= LINE_MILLIS) {
      passed = pass(sink, count) + delivery.breakOff(sink);
    }
    // One reader may follow hundreds of logs, most of them quiet.
    if (count == 0 && buffer.length > 0) {
      buffer = new byte[0];
      delivery.shrink();
    }
    return passed;
  }

  private int passRest(Sink sink) throws IOException {
    return pass(sink, count) + delivery.finish(sink, position);
  }

  /** Passes on so many bytes from the beginning of the buffer. */
  private int pass(Sink sink, int length) throws IOException {
    int passed = delivery.pass(sink, buffer, length, position);
    System.arraycopy(buffer, length, buffer, 0, count - length);
    position += length;
    count -= length;
    return passed;
  }

  /**
   * Opens a log that has come into being, was cut short, or was replaced by another file.
   *
   * @return how many bytes of the old one were passed on; -1 when nothing of the kind happened
   */
  private int begunAnew(Sink sink) throws IOException {
    int passed = 0;
    if (file != null) {
      boolean cut = size < position + count;
      if (!cut && !file.replaced()) {
        return -1;
      }
      notes.add(
          "the log was "
              + (cut ? "cut short" : "replaced")
              + " while it was read: going on from its new beginning");
      if (count > 0) {
        reserve(count + 1);
        buffer[count++] = '\n';
        passed = passRest(sink);
      }
      file.close();
    }
    LogFile opened = LogFile.open(log.file());
    file = opened;
    SampleIndex nothing = options.timestamps() ? SampleIndex.empty() : null;
    delivery = new LogDelivery(nothing, newFilter(), clock);
    position = 0;
    count = 0;
    size = 0;
    if (limit < Long.MAX_VALUE) {
      limit = opened == null ? 0 : opened.size();
    }
    return opened == null ? -1 : passed;
  }

  /** Finds the end also of a log that something writes to faster than it is read. */
  private void askNowAndThen() throws IOException {
    long now = clock.millis();
    if (following && limit == Long.MAX_VALUE && now - askedAt >= LINE_MILLIS) {
      askedAt = now;
      complete();
    }
  }

  /** Whether the process has ended and its log has its last byte, which then is the limit. */
  private boolean complete() throws IOException {
    if (completeAt < 0 && ended.getAsBoolean()) {
      completeAt = clock.millis() + (log.terminal() ? TERMINAL_MILLIS : 0);
    }
    if (completeAt < 0 || clock.millis() < completeAt) {
      return false;
    }
    limit = file == null ? 0 : Math.max(position + count, file.size());
    return true;
  }
}
