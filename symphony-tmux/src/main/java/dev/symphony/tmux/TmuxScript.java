package dev.symphony.tmux;

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
    String last = " -t " + TmuxQuoting.word(session + ":{end}");
    text.append("new-window -d -a").append(last);
    mark(window);
    text.append(" -n ").append(TmuxQuoting.word(TmuxQuoting.format(window.name()))).append(' ');
    TmuxQuoting.words(text, window.command());
    pipe(last, window);
    text.append(" ; set-option -w").append(last).append(' ').append(TmuxPane.TAG).append(' ');
    text.append(TmuxQuoting.word(TmuxQuoting.encode(window.tag()))).append('\n');
    windows++;
    return this;
  }

  /** Runs a window's command once more in the pane of its former run, ending what runs there. */
  TmuxScript again(String pane, TmuxWindow window) {
    String target = " -t " + TmuxQuoting.word(pane);
    text.append("respawn-pane -k").append(target);
    mark(window);
    text.append(' ');
    TmuxQuoting.words(text, window.command());
    pipe(target, window);
    text.append('\n');
    return this;
  }

  private void mark(TmuxWindow window) {
    if (!window.marker().isEmpty()) {
      text.append(" -e ").append(TmuxQuoting.word(window.marker()));
    }
  }

  private void pipe(String target, TmuxWindow window) {
    text.append(" ; pipe-pane").append(target).append(' ');
    text.append(TmuxQuoting.word(TmuxQuoting.appendTo(window.log())));
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
