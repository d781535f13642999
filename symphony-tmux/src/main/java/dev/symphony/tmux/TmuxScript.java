package dev.symphony.tmux;

import java.util.List;

/**
 * Lines for {@code source-file} that begin windows: any number in one call, one line each, so that
 * each window's output is caught from its first byte.
 */
final class TmuxScript {
  private final StringBuilder text = new StringBuilder();
  private int windows;

  /** Opens a window after the last one of a session. */
  TmuxScript open(String session, TmuxWindow window) {
    // After the last, not at the first free number: only so the new window is the last.
    String last = session + ":{end}";
    TmuxQuoting.words(text, List.of("new-window", "-d", "-a", "-t", last));
    mark(window);
    text.append(" -n");
    text.append(' ').append(TmuxQuoting.word(TmuxQuoting.format(window.name()))).append(' ');
    TmuxQuoting.words(text, window.command());
    pipe(last, window);
    text.append(" ; ");
    TmuxQuoting.words(
        text,
        List.of("set-option", "-w", "-t", last, TmuxPane.TAG, TmuxQuoting.encode(window.tag())));
    text.append('\n');
    windows++;
    return this;
  }

  /** Runs a window's command once more in the pane of its former run, ending what runs there. */
  TmuxScript again(String pane, TmuxWindow window) {
    TmuxQuoting.words(text, List.of("respawn-pane", "-k", "-t", pane));
    mark(window);
    text.append(' ');
    TmuxQuoting.words(text, window.command());
    pipe(pane, window);
    text.append('\n');
    return this;
  }

  private void mark(TmuxWindow window) {
    if (!window.marker().isEmpty()) {
      text.append(' ');
      TmuxQuoting.words(text, List.of("-e", window.marker()));
    }
  }

  private void pipe(String target, TmuxWindow window) {
    text.append(" ; ");
    TmuxQuoting.words(text, List.of("pipe-pane", "-t", target, TmuxQuoting.appendTo(window.log())));
  }

  /** How many windows it opens that are not there yet. */
  int windows() {
    return windows;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
