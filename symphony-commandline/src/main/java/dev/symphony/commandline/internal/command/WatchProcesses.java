package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.view.Documents;
import dev.symphony.commandline.internal.view.Format;
import dev.symphony.commandline.internal.view.Json;
import dev.symphony.commandline.internal.view.Output;
import dev.symphony.commandline.internal.view.Paint;
import dev.symphony.commandline.internal.view.ProcessTable;
import dev.symphony.commandline.internal.view.StateText;
import dev.symphony.commandline.internal.view.Terminal;
import dev.symphony.commandline.internal.view.Times;
import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import dev.symphony.engine.UsageException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at an experiment once a second and shows what has changed, until all has ended. */
final class WatchProcesses {
  private static final long PAUSE_MILLIS = 1000;
  private static final String ESCAPE = "\u001b[";
  private static final String UP = "A";
  private static final String CLEAR_TO_END = ESCAPE + "J";
  private static final String CLEAR_ALL = ESCAPE + "H" + ESCAPE + "2J";

  private final Session session;
  private final Supplier<ExperimentStatus> source;
  private final Pause pause;
  private final StateText words;
  private final Map<ProcessName, ProcessStatus> shown = new HashMap<>();
  private @Nullable ExperimentStatus before;
  private int drawnLines;
  private int[] drawnSize = {0, 0};

  WatchProcesses(Session session, Supplier<ExperimentStatus> source) {
    this(session, source, new Pause.Sleep());
  }

  WatchProcesses(Session session, Supplier<ExperimentStatus> source, Pause pause) {
    this.session = session;
    this.source = source;
    this.pause = pause;
    this.words = session.words();
  }

  void run(Format format) {
    if (format == Format.YAML || format == Format.NAME) {
      throw new UsageException("--watch prints a table, or with -o json a line a change");
    }
    Output out = session.terminal().out();
    while (true) {
      ExperimentStatus status = source.get();
      if (format == Format.JSON) {
        json(status, out);
      } else if (out.isTerminal()) {
        draw(status);
      } else {
        lines(status, out);
      }
      before = status;
      if (status.verdict() != null || isNothing(status)) {
        end(status, format);
        return;
      }
      if (!pause.millis(PAUSE_MILLIS)) {
        return;
      }
    }
  }

  /** Goes back to where the table began, clears what follows, and writes it anew in one piece. */
  private void draw(ExperimentStatus status) {
    Terminal terminal = session.terminal();
    int[] size = terminal.sizeNow();
    Output out = terminal.out();
    List<String> lines =
        ProcessTable.of(status, words, session.clock().instant()).lines(size[1], out.hasColor());
    int fit = Math.max(3, size[0] - 1);
    StringBuilder text = new StringBuilder();
    if (drawnLines > 0 && Arrays.equals(size, drawnSize)) {
      text.append('\r').append(ESCAPE).append(drawnLines).append(UP).append(CLEAR_TO_END);
    } else if (drawnLines > 0) {
      text.append(CLEAR_ALL); // resized: nobody knows how the lines were wrapped
    }
    drawnSize = size;
    // A table that is higher than the terminal would scroll, and then nobody could go back.
    int kept = lines.size() <= fit ? lines.size() : fit - 1;
    for (int i = 0; i < kept; i++) {
      text.append(lines.get(i)).append('\n');
    }
    if (kept < lines.size()) {
      text.append(out.paint(Paint.DIM, "… " + (lines.size() - kept) + " more")).append('\n');
    }
    drawnLines = Math.min(lines.size(), fit);
    out.print(text.toString());
  }

  private void lines(ExperimentStatus status, Output out) {
    int width = 0;
    for (ProcessStatus process : status.processes()) {
      width = Math.max(width, process.name().toString().length());
    }
    String time = Times.isoSeconds(session.clock().instant());
    StringBuilder text = new StringBuilder();
    for (ProcessStatus process : status.processes()) {
      if (isNews(process)) {
        String name = process.name().toString();
        text.append(time).append("  ").append(name);
        for (int i = name.length(); i < width + 2; i++) {
          text.append(' ');
        }
        text.append(words.event(process)).append('\n');
      }
    }
    out.print(text.toString());
  }

  private void json(ExperimentStatus status, Output out) {
    StringBuilder text = new StringBuilder();
    ExperimentStatus last = before;
    boolean news =
        last == null
            || last.state() != status.state()
            || !last.launchId().equals(status.launchId());
    if (news && status.verdict() == null) {
      text.append(Json.line(Documents.experimentLine(session.cluster().backend(), status)));
    }
    for (ProcessStatus process : status.processes()) {
      if (isNews(process)) {
        text.append(Json.line(Documents.processLine(status.name(), process)));
      }
    }
    if (status.verdict() != null) {
      text.append(Json.line(Documents.experimentLine(session.cluster().backend(), status)));
    }
    out.print(text.toString());
  }

  private boolean isNews(ProcessStatus process) {
    return !Objects.equals(shown.put(process.name(), process), process);
  }

  /** Whether there is nothing to look at, and nothing to come. */
  private static boolean isNothing(ExperimentStatus status) {
    return status.processes().isEmpty() && status.state() == State.UNKNOWN;
  }

  private void end(ExperimentStatus status, Format format) {
    if (format != Format.JSON) {
      session.terminal().err().println(status.name() + ": " + status.message());
    }
  }
}
