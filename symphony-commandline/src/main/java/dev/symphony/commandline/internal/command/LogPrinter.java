package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.view.Documents;
import dev.symphony.commandline.internal.view.Json;
import dev.symphony.commandline.internal.view.Output;
import dev.symphony.commandline.internal.view.Times;
import dev.symphony.engine.LogStream;
import dev.symphony.engine.ProcessName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lines of one log; bytes are decoded only where they become JSON.
 *
 * <p>What a log passes on may end within a line. Its rest follows on the same line if nothing else
 * was printed meanwhile, else on a line of its own; a JSON object always holds the whole line.
 */
final class LogPrinter implements LogStream.Sink {
  private static final int TIME_LENGTH = "2026-01-31T12:00:00Z".length();

  /** What several logs that are printed together know of each other. */
  static final class Page {
    private @Nullable LogPrinter withinLineOf;
  }

  private final Output out;
  private final ProcessName process;
  private final LogStyle style;
  private final Page page;
  private final byte[] prefix;
  private byte[] time = new byte[0];
  private long timeIs = Long.MIN_VALUE;
  private byte[] begun = new byte[0];
  private long begunAt = -1;

  /**
   * Creates one.
   *
   * @param prefix what goes before each line, its gap included
   */
  LogPrinter(Output out, ProcessName process, LogStyle style, Page page, String prefix) {
    this.out = out;
    this.process = process;
    this.style = style;
    this.page = page;
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void lines(byte[] bytes, int offset, int length, long epochMillis) {
    if (!style.prefixed() && !style.timestamps() && !style.json()) {
      out.write(bytes, offset, length);
      return;
    }
    int end = offset + length;
    int from = offset;
    while (from < end) {
      int newline = from;
      while (newline < end && bytes[newline] != '\n') {
        newline++;
      }
      boolean whole = newline < end;
      if (style.json()) {
        object(bytes, from, newline - from, epochMillis, whole);
      } else {
        line(bytes, from, newline - from, epochMillis, whole);
      }
      from = newline + 1;
    }
  }

  /** Ends a line that the log left without its end. */
  void end() {
    if (begun.length > 0) {
      object(begun, 0, 0, begunAt, true);
    }
    if (equals(page.withinLineOf)) {
      out.write('\n');
      page.withinLineOf = null;
    }
  }

  private void line(byte[] bytes, int offset, int length, long epochMillis, boolean whole) {
    if (!equals(page.withinLineOf)) {
      if (page.withinLineOf != null) {
        out.write('\n');
      }
      out.write(prefix);
      if (style.timestamps()) {
        out.write(time(epochMillis));
      }
    }
    out.write(bytes, offset, length);
    page.withinLineOf = whole ? null : this;
    if (whole) {
      out.write('\n');
    }
  }

  private void object(byte[] bytes, int offset, int length, long epochMillis, boolean whole) {
    long came = begun.length > 0 ? begunAt : epochMillis;
    if (!whole || begun.length > 0) {
      byte[] joined = Arrays.copyOf(begun, begun.length + length);
      System.arraycopy(bytes, offset, joined, begun.length, length);
      begun = joined;
      begunAt = came;
    }
    if (whole) {
      String line =
          begun.length > 0
              ? new String(begun, StandardCharsets.UTF_8)
              : new String(bytes, offset, length, StandardCharsets.UTF_8);
      begun = new byte[0];
      String object = Json.line(Documents.logLine(process, came, line));
      out.write(object.getBytes(StandardCharsets.UTF_8));
    }
  }

  private byte[] time(long epochMillis) {
    long second = epochMillis < 0 ? -1 : epochMillis / 1000;
    if (second != timeIs) {
      timeIs = second;
      StringBuilder text = new StringBuilder(TIME_LENGTH + 1);
      text.append(second < 0 ? "-" : Times.isoSeconds(Instant.ofEpochSecond(second)));
      while (text.length() <= TIME_LENGTH) {
        text.append(' ');
      }
      time = text.toString().getBytes(StandardCharsets.US_ASCII);
    }
    return time;
  }
}
