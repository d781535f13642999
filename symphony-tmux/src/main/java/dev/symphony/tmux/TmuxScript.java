package dev.symphony.tmux;

import java.util.List;

/**
 * Lines for {@code source-file} that begin windows: any number in one call, so that each window's
 * output is caught from its first byte. Each is a line of its own, but with the session that they
 * are for they make one line, of which tmux does nothing more after the first command that fails.
 */
final class TmuxScript {
  private final StringBuilder text = new StringBuilder();
  private final String separator;
  private int windows;

  /** Opens windows of sessions that are there. */
  TmuxScript() {
    separator = "\n";
  }

  /**
   * Makes something first, and nothing where that fails.
   *
   * @param first commands in words, with {@code ;} between them
   */
  TmuxScript(List<String> first) {
    separator = " ; ";
    for (String word : first) {
      text.append(text.isEmpty() ? "" : " ");
      text.append(word.equals(";") ? word : TmuxQuoting.word(word));
    }
  }

  private void separate() {
    if (!text.isEmpty()) {
      text.append(separator);
    }
  }

  /** Opens a window after the last one of a session, which is meant by its id or by =NAME. */
  TmuxScript open(String session, TmuxWindow window) {
    // After the last, not at the first free number: only so the new window is the last.
    String last = " -t " + TmuxQuoting.word(session + ":{end}");
    separate();
    text.append("new-window -d -a").append(last);
    mark(window);
    text.append(" -n ");
    TmuxQuoting.append(text, TmuxQuoting.format(window.name()));
    text.append(' ');
    TmuxQuoting.words(text, window.command());
    pipe(last, window);
    text.append(" ; set-option -w").append(last).append(' ').append(TmuxPane.TAG).append(' ');
    TmuxQuoting.append(text, TmuxQuoting.encode(window.tag()));
    windows++;
    return this;
  }

  /** Runs a window's command once more in the pane of its former run, ending what runs there. */
  TmuxScript again(String pane, TmuxWindow window) {
    String target = " -t " + TmuxQuoting.word(pane);
    separate();
    text.append("respawn-pane -k").append(target);
    mark(window);
    text.append(' ');
    TmuxQuoting.words(text, window.command());
    pipe(target, window);
    return this;
  }

  private void mark(TmuxWindow window) {
    if (!window.marker().isEmpty()) {
      text.append(" -e ");
      TmuxQuoting.append(text, window.marker());
    }
  }

  private void pipe(String target, TmuxWindow window) {
    text.append(" ; pipe-pane").append(target).append(' ');
    TmuxQuoting.append(text, TmuxQuoting.appendTo(window.log()));
  }

  /** How many windows it opens that are not there yet. */
  int windows() {
    return windows;
  }

  @Override
  public String toString() {
    return text + "\n";
  }
}
