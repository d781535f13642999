package dev.symphony.tmux;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pane as tmux lists it.
 *
 * @param session the id of its session: {@code $3}
 * @param window the id of its window: {@code @7}
 * @param pane its own id: {@code %7}
 * @param pid the process that was started in it
 * @param dead whether that process has ended
 * @param serverPid the process of the server
 * @param owner whose session it is, as given when the session was made; null if by somebody else
 * @param tag what the window runs, as given when it was made; null for a window without
 */
record TmuxPane(
    String session,
    String window,
    String pane,
    long pid,
    boolean dead,
    long serverPid,
    @Nullable String owner,
    @Nullable String tag) {

  static final String OWNER = "@symphony_owner";
  static final String TAG = "@symphony_proc";

  /** The format that makes {@code list-panes} print what {@link #parse} reads. */
  static final String FORMAT =
      "#{session_id}|#{window_id}|#{pane_id}|#{pane_pid}|#{pane_dead}|#{pid}|#{"
          + OWNER
          + "}|#{"
          + TAG
          + "}";

  /** Reads what {@code list-panes} printed; what is not such a line is passed over. */
  static List<TmuxPane> parse(String text) {
    List<TmuxPane> panes = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int newline = text.indexOf('\n', from);
      int to = newline < 0 ? text.length() : newline;
      TmuxPane pane = parseLine(text.substring(from, to));
      if (pane != null) {
        panes.add(pane);
      }
      from = to + 1;
    }
    return panes;
  }

  private static @Nullable TmuxPane parseLine(String line) {
    String[] fields = new String[8];
    int from = 0;
    for (int i = 0; i < fields.length; i++) {
      int bar = line.indexOf('|', from);
      if ((bar < 0) != (i == fields.length - 1)) {
        return null;
      }
      fields[i] = bar < 0 ? line.substring(from) : line.substring(from, bar);
      from = bar + 1;
    }
    try {
      return new TmuxPane(
          fields[0],
          fields[1],
          fields[2],
          Long.parseLong(fields[3]),
          fields[4].equals("1"),
          Long.parseLong(fields[5]),
          fields[6].isEmpty() ? null : TmuxQuoting.decode(fields[6]),
          fields[7].isEmpty() ? null : TmuxQuoting.decode(fields[7]));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
