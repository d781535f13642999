package dev.symphony.engine.internal.log;

import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the attempts of a process begin in its log.
 *
 * <p>Read from the file {@code attempts}, a line each: {@code ATTEMPT OFFSET UPTIME EPOCH}. Lines
 * may be missing or torn, since a disk may have been full. While there has been one attempt only,
 * there is no such file, and the record tells when it began.
 *
 * @param starts in order of attempt
 * @param current the number of the attempt that came last; at least that of the last start
 */
record Attempts(List<Start> starts, int current) {
  /** The length of a record in bytes. */
  private static final int RECORD = 160;

  /**
   * The beginning of an attempt.
   *
   * @param attempt its number, from 1
   * @param offset where its output begins, in bytes
   * @param uptime when it began, in hundredths of a second since boot
   * @param epoch the same in seconds since 1970
   */
  record Start(int attempt, long offset, long uptime, long epoch) {}

  /**
   * The part of a log that one attempt wrote.
   *
   * @param end the first byte after it; {@link Long#MAX_VALUE} for the end of the log
   * @param exact whether both ends are known
   */
  record Range(long start, long end, boolean exact) {}

  /**
   * Reads the attempts of a process; none where nothing is known of it.
   *
   * @param files what the names of its files begin with
   */
  static Attempts read(Path files) throws IOException {
    List<Start> starts = new ArrayList<>();
    String text = text(HostLog.attempts(files), Integer.MAX_VALUE);
    int last = 0;
    for (int from = 0, end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      long[] numbers = numbers(text, from, end, 4);
      from = end + 1;
      if (numbers.length == 4 && numbers[0] > last && numbers[0] < Integer.MAX_VALUE) {
        last = (int) numbers[0];
        starts.add(new Start(last, numbers[1], numbers[2], numbers[3]));
      }
    }
    // #R ATTEMPT …: the record is written before the process starts, the disk full or not.
    String record = text(HostLog.record(files), RECORD);
    long attempt = number(record, 1);
    if (starts.isEmpty() && attempt == 1 && !record.startsWith("#P")) {
      long uptime = number(record, 6);
      long boot = number(record, 12);
      if (uptime >= 0 && boot >= 0) {
        starts.add(new Start(1, 0, uptime, (boot / 10 + uptime) / 100));
      }
    }
    boolean later = attempt > last && attempt < Integer.MAX_VALUE;
    return new Attempts(starts, later ? (int) attempt : last);
  }

  /** A word of a record, counted from 0; -1 where it is no number or missing. */
  private static long number(String record, int index) {
    int from = 0;
    for (int i = 0; i < index && from >= 0; i++) {
      from = record.indexOf(' ', from) + 1;
      if (from == 0) {
        return -1;
      }
    }
    int end = record.indexOf(' ', from);
    long[] number = end > from ? numbers(record, from, end, 1) : new long[0];
    return number.length == 1 ? number[0] : -1;
  }

  /**
   * The part of the log that the last but one attempt wrote; from the attempt before or to the one
   * after where a line is missing.
   *
   * @throws SymphonyException when there was only one attempt of this process
   */
  Range previous(String name) {
    if (current < 2) {
      throw new SymphonyException(name + " has had only one attempt: there is no previous log");
    }
    long start = 0;
    long end = Long.MAX_VALUE;
    boolean startKnown = current == 2;
    boolean endKnown = false;
    for (Start each : starts) {
      if (each.attempt < current) {
        start = each.offset;
        startKnown = each.attempt == current - 1;
      } else {
        end = each.offset;
        endKnown = true;
      }
    }
    return new Range(start, Math.max(start, end), startKnown && endKnown);
  }

  /** The beginning of a file, at most so many bytes; empty where there is none. */
  private static String text(Path file, int limit) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(limit), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException none) {
      return "";
    }
  }

  /** The numbers that a line has, none when it is not exactly so many. */
  private static long[] numbers(String text, int from, int end, int count) {
    long[] result = new long[count];
    int found = 0;
    int at = from;
    while (at < end) {
      long value = 0;
      int digits = 0;
      while (at < end && text.charAt(at) >= '0' && text.charAt(at) <= '9' && digits < 18) {
        value = 10 * value + (text.charAt(at++) - '0');
        digits++;
      }
      if (digits == 0 || found == count || (at < end && text.charAt(at) != ' ')) {
        return new long[0];
      }
      result[found++] = value;
      at++;
    }
    return found == count ? result : new long[0];
  }
}
