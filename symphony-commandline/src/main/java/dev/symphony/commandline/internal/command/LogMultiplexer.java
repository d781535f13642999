package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.view.Output;
import dev.symphony.commandline.internal.view.OutputException;
import dev.symphony.commandline.internal.view.Paint;
import dev.symphony.engine.Cluster;
import dev.symphony.engine.LogOptions;
import dev.symphony.engine.LogStream;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads any number of logs in one loop and writes their lines as they come.
 *
 * <pre>{@code
 * try (LogMultiplexer logs =
 *     LogMultiplexer.open(cluster, "rl", processes, options, LogStyle.PREFIXED, out, err)) {
 *   logs.run(() -> !interrupted);
 * }
 * }</pre>
 */
public final class LogMultiplexer implements AutoCloseable {
  private static final Paint[] COLORS = {
    Paint.CYAN, Paint.YELLOW, Paint.GREEN, Paint.MAGENTA, Paint.BLUE
  };
  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 50;

  private static final class Source {
    final ProcessName process;
    final LogStream stream;
    final LogPrinter printer;
    int toldNotes;

    Source(ProcessName process, LogStream stream, LogPrinter printer) {
      this.process = process;
      this.stream = stream;
      this.printer = printer;
    }
  }

  private final List<Source> open = new ArrayList<>();
  private final LogPrinter.Page page = new LogPrinter.Page();
  private final Output out;
  private final Output err;
  private final LogStyle style;
  private final Pause pause;
  private int added;
  private int failures;

  /**
   * Creates one that reads nothing yet.
   *
   * @param out where lines go
   * @param err where notes and failures go
   */
  public LogMultiplexer(LogStyle style, Output out, Output err) {
    this(style, out, err, new Pause.Sleep());
  }

  LogMultiplexer(LogStyle style, Output out, Output err, Pause pause) {
    this.out = out;
    this.err = err;
    this.style = style;
    this.pause = pause;
  }

  /**
   * Opens the logs of processes; prefixes are as wide as the longest name. Of several, those
   * without an attempt before their last one are reported as failures and leave the others to be
   * read.
   */
  public static LogMultiplexer open(
      Cluster cluster,
      String experiment,
      List<ProcessName> processes,
      LogOptions options,
      LogStyle style,
      Output out,
      Output err) {
    LogMultiplexer logs = new LogMultiplexer(style, out, err);
    int width = 0;
    for (ProcessName process : processes) {
      width = Math.max(width, process.toString().length());
    }
    try {
      for (ProcessName process : processes) {
        try {
          logs.add(process, cluster.logs(experiment, process, options), width);
        } catch (SymphonyException e) {
          if (!options.previous() || processes.size() == 1) {
            throw e;
          }
          logs.failed(process, String.valueOf(e.getMessage()));
        }
      }
      return logs;
    } catch (RuntimeException e) {
      logs.close();
      throw e;
    }
  }

  /**
   * Adds a log, which is closed with this.
   *
   * @param width how wide its name is shown at least
   */
  public void add(ProcessName process, LogStream stream, int width) {
    String prefix = style.prefixed() ? prefix(process, width) : "";
    added++;
    open.add(new Source(process, stream, new LogPrinter(out, process, style, page, prefix)));
  }

  /** Reads and writes until all logs have ended. */
  public void run() {
    loop(null);
  }

  /** Reads and writes until all logs have ended, or until told not to go on, or interrupted. */
  public void run(BooleanSupplier goOn) {
    loop(goOn);
  }

  private void loop(@Nullable BooleanSupplier goOn) {
    long millis = FIRST_PAUSE_MILLIS;
    while (goOn == null || goOn.getAsBoolean()) {
      long bytes = poll();
      if (open.isEmpty()) {
        return;
      }
      if (bytes > 0) {
        millis = FIRST_PAUSE_MILLIS;
      } else if (pause.millis(millis)) {
        millis = Math.min(LONGEST_PAUSE_MILLIS, millis * 5 / 4);
      } else {
        return;
      }
    }
  }

  /**
   * Writes what is there now, without waiting: one turn for each log.
   *
   * @return how many bytes there were
   */
  public long poll() {
    long bytes = 0;
    int before = open.size();
    for (Iterator<Source> sources = open.iterator(); sources.hasNext(); ) {
      Source source = sources.next();
      int read = poll(source);
      bytes += Math.max(0, read);
      if (read < 0) {
        source.printer.end();
        source.stream.close();
        sources.remove();
      }
    }
    if (bytes > 0 || open.size() < before) {
      out.flush();
    }
    return bytes;
  }

  /** Whether all logs have ended. */
  public boolean hasEnded() {
    return open.isEmpty();
  }

  /** How many logs could not be read to their end; each was reported. */
  public int failures() {
    return failures;
  }

  @Override
  public void close() {
    for (Source source : open) {
      source.stream.close();
    }
    open.clear();
  }

  private int poll(Source source) {
    try {
      int read = source.stream.poll(source.printer);
      tellNotes(source);
      return read;
    } catch (IOException e) {
      return failed(source.process, e.getMessage() == null ? e.toString() : e.getMessage());
    } catch (OutputException e) {
      throw e;
    } catch (SymphonyException e) {
      return failed(source.process, String.valueOf(e.getMessage()));
    }
  }

  private int failed(ProcessName process, String reason) {
    failures++;
    err.println("cannot read the log of " + process + ": " + reason);
    return -1;
  }

  private void tellNotes(Source source) {
    List<String> notes = source.stream.notes();
    for (; source.toldNotes < notes.size(); source.toldNotes++) {
      err.println(source.process + ": " + notes.get(source.toldNotes));
    }
  }

  private String prefix(ProcessName process, int width) {
    StringBuilder text = new StringBuilder(process.toString());
    while (text.length() < width) {
      text.append(' ');
    }
    return out.paint(COLORS[added % COLORS.length], text + " |") + " ";
  }
}
