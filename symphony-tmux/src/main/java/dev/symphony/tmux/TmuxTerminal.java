package dev.symphony.tmux;

import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.Programs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Shows a window of a server on the user's terminal. */
final class TmuxTerminal {
  private static final int NO_TERMINAL = 97;

  private final TmuxClient client;
  private final Map<String, String> environment;

  /**
   * @param client how the server is called
   * @param environment the user's, which says what the terminal is
   */
  TmuxTerminal(TmuxClient client, Map<String, String> environment) {
    this.client = client;
    this.environment = environment;
  }

  /**
   * Shows a pane's window until the user leaves it; a terminal that shows this server already only
   * turns to it.
   *
   * @return tmux's exit status
   */
  int show(TmuxPane pane) {
    String inside = environment.getOrDefault("TMUX", "");
    List<String> command = new ArrayList<>();
    if (client.socket().isNamedBy(inside)) {
      command.addAll(
          client.command(
              "-N", List.of("switch-client", "-t", pane.session() + ":" + pane.window())));
    } else if (inside.isEmpty()) {
      command.add("/bin/sh");
      command.add("-c");
      command.add("test -t 0 && test -t 1 || exit " + NO_TERMINAL + "; exec \"$@\"");
      command.add("sh");
      command.addAll(
          client.command(
              "-N",
              List.of(
                  "select-window",
                  "-t",
                  pane.window(),
                  ";",
                  "attach-session",
                  "-t",
                  pane.session() + ":")));
    } else {
      throw new SymphonyException(
          "this terminal is inside another tmux ("
              + inside.substring(0, Math.max(inside.indexOf(','), 0))
              + "): leave it first, or open another terminal");
    }
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      int status = builder.start().waitFor();
      if (status == NO_TERMINAL) {
        throw new SymphonyException(
            "showing a window of tmux needs a terminal, and this is none: logs PROC -f follows the"
                + " output without one");
      }
      return status;
    } catch (IOException e) {
      throw new SymphonyException("tmux cannot be run: " + Programs.reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SymphonyException("interrupted while tmux shows a window", e);
    }
  }
}
