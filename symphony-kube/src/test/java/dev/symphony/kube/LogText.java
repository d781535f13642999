package dev.symphony.kube;

import dev.symphony.engine.LogOptions;
import dev.symphony.engine.LogStream;
import dev.symphony.engine.ProcessName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A log that was read to its end. */
record LogText(String lines, List<String> notes, List<Long> times) {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /**
   * Reads a log, of one that is followed until its process has ended.
   *
   * @param afterEach gets all that has been read, each time that there is more
   */
  static LogText read(
      KubeCluster cluster,
      String experiment,
      ProcessName process,
      LogOptions options,
      Consumer<CharSequence> afterEach) {
    StringBuffer lines = new StringBuffer();
    List<Long> times = new ArrayList<>();
    LogStream.Sink sink =
        (bytes, offset, length, millis) -> {
          times.add(millis);
          lines.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
        };
    try (LogStream log = cluster.logs(experiment, process, options)) {
      Runnable seen = () -> afterEach.accept(lines);
      // The first time by itself, so that a refusal comes out as it is.
      if (!isAtEnd(log, sink, seen)) {
        KubeTest.waitFor("the end of the log", LONGEST, () -> isAtEnd(log, sink, seen));
      }
      return new LogText(lines.toString(), log.notes(), times);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what is there. */
  private static boolean isAtEnd(LogStream log, LogStream.Sink sink, Runnable afterEach)
      throws IOException {
    int read = log.poll(sink);
    while (read > 0) {
      afterEach.run();
      read = log.poll(sink);
    }
    return read < 0;
  }
}
