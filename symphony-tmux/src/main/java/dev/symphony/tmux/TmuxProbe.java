package dev.symphony.tmux;

import dev.symphony.engine.SymphonyException;
import dev.symphony.tmux.TmuxClient.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What there is before a launch.
 *
 * @param version that of the server, else of the program
 * @param serverPid the process of the server; 0 where none answers
 * @param sessions the names of its sessions
 */
record TmuxProbe(TmuxVersion version, long serverPid, Set<String> sessions) {
  TmuxProbe {
    sessions = Set.copyOf(sessions);
  }

  /** Looks in a thread of its own. */
  static FutureTask<TmuxProbe> begin(TmuxClient client, Duration limit) {
    FutureTask<TmuxProbe> look = new FutureTask<>(() -> look(client, limit));
    Thread thread = new Thread(look, "symphony-tmux");
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError full) {
      // That is what a machine without room for a thread is told as.
      look.run();
    }
    return look;
  }

  /** What was found. */
  static TmuxProbe found(FutureTask<TmuxProbe> look) {
    try {
      return look.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SymphonyException told) {
        throw told;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SymphonyException("interrupted while waiting for tmux", e);
    }
  }

  /** One call where a server answers; a second to the program itself where none does. */
  static TmuxProbe look(TmuxClient client, Duration limit) {
    List<String> words =
        List.of(
            "display-message",
            "-p",
            "#{version}|#{pid}",
            ";",
            "list-sessions",
            "-F",
            "#{session_name}");
    try {
      Answer answer = client.call(limit, words);
      List<String> lines = List.of(answer.text().split("\n"));
      int bar = lines.get(0).indexOf('|');
      if (answer.succeeded() && bar > 0) {
        return new TmuxProbe(
            new TmuxVersion(client.program(), lines.get(0).substring(0, bar)),
            Long.parseLong(lines.get(0).substring(bar + 1)),
            Set.copyOf(lines.subList(1, lines.size())));
      }
    } catch (TmuxClient.SilentServerException | NumberFormatException e) {
      // Who needs the server will be told.
    }
    return new TmuxProbe(TmuxVersion.of(client.program()), 0, Set.of());
  }
}
