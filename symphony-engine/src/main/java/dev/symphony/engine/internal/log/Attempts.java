package dev.symphony.engine.internal.log;

import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.internal.host.ProcessRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
public record Attempts(List<Start> starts, int current) {
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
    String text = text(HostLog.attempts(files));
    int last = 0;
    for (int from = 0, end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      long[] numbers = numbers(text, from, end, 4);
      from = end + 1;
      if (numbers.length == 4 && numbers[0] > last && numbers[0] < Integer.MAX_VALUE) {
        last = (int) numbers[0];
        starts.add(new Start(last, numbers[1], numbers[2], numbers[3]));
      }
    }
    // The record is written before the process starts, the disk full or not.
    ProcessRecord record =
        ProcessRecord.read(HostLog.record(files).toString(), new byte[ProcessRecord.SIZE]);
    if (record == null) {
      return new Attempts(starts, last);
    }
    if (starts.isEmpty() && isFirst(record)) {
      starts.add(new Start(1, 0, record.up(), record.upEpoch()));
    }
    return new Attempts(starts, Math.max(last, record.attempt()));
  }

  /** Whether a record tells when the first attempt began. */
  private static boolean isFirst(ProcessRecord record) {
    return record.attempt() == 1 && record.state() != 'P';
  }

  /**
   * Writes down where the first attempt of a process began, before its record tells of another.
   * Where there is no room, that is not known any more.
   *
   * @param files what the names of its files begin with
   */
  public static void keepFirst(Path files, ProcessRecord record) {
    if (!isFirst(record)) {
      return;
    }
    try {
      Files.writeString(
          HostLog.attempts(files),
          "1 0 " + record.up() + " " + record.upEpoch() + "\n",
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      // It is there already, or nothing can be written.
    }
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
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
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
