package dev.symphony.engine.internal.log;

import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the attempts of a process begin in its log.
 *
 * <p>Read from the file {@code attempts}, a line each: {@code ATTEMPT OFFSET UPTIME EPOCH}. Lines
 * may be missing or torn, since a disk may have been full.
 *
 * @param starts in order of attempt
 * @param current the number of the attempt that came last; at least that of the last start
 */
record Attempts(List<Start> starts, int current) {
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

  /** Reads the attempts of the process with this directory; none where there is no such file. */
  static Attempts read(Path directory) throws IOException {
    List<Start> starts = new ArrayList<>();
    String text = text(directory.resolve("attempts"));
    int last = 0;
    for (int from = 0, end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      long[] numbers = numbers(text, from, end, 4);
      from = end + 1;
      if (numbers.length == 4 && numbers[0] > last && numbers[0] < Integer.MAX_VALUE) {
        last = (int) numbers[0];
        starts.add(new Start(last, numbers[1], numbers[2], numbers[3]));
      }
    }
    // R ATTEMPT …: the record is written before the process starts, the disk full or not.
    String record = text(directory.resolve("record"));
    int space = record.indexOf(' ');
    int next = record.indexOf(' ', space + 1);
    long[] attempt = space > 0 && next > 0 ? numbers(record, space + 1, next, 1) : new long[0];
    boolean later = attempt.length == 1 && attempt[0] > last && attempt[0] < Integer.MAX_VALUE;
    return new Attempts(starts, later ? (int) attempt[0] : last);
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

  private static String text(Path file) throws IOException {
    return Files.exists(file)
        ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
        : "";
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
