package dev.symphony.tmux;

import java.nio.file.Path;
import java.util.List;

/**
 * What a window is to run.
 *
 * @param name what the user sees
 * @param tag what Symphony finds it by again
 * @param command the program and its arguments, run without a shell
 * @param log the file that everything printed in it is appended to
 * @param marker an entry {@code NAME=value} of the command's environment; empty for none
 */
record TmuxWindow(String name, String tag, List<String> command, Path log, String marker) {
  TmuxWindow {
    command = List.copyOf(command);
  }

  /** One without a marker. */
  TmuxWindow(String name, String tag, List<String> command, Path log) {
    this(name, tag, command, log, "");
  }
}
