package dev.symphony.tmux;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * How values are written so that tmux, its formats and the shell all leave them as they are.
 *
 * <p>Some of tmux's arguments pass through its formats, where {@code #(command)} runs a command;
 * the command of pipe-pane passes through strftime and a shell besides.
 */
final class TmuxQuoting {
  private TmuxQuoting() {}

  /** One word of a line that {@code source-file} reads. */
  static String word(String value) {
    StringBuilder out = new StringBuilder(value.length() + 8);
    append(out, value);
    return out.toString();
  }

  /** Appends a value as {@link #word} has it. */
  static void append(StringBuilder out, String value) {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c != '\\' && c != '"' && c != '$' && c != '~' && c != 127) {
        continue;
      }
      out.append(value, plain, i).append('\\');
      plain = i + 1;
      if (c == 0) {
        throw new IllegalArgumentException("a value given to tmux must not hold a zero byte");
      } else if (c == '\\' || c == '"' || c == '$') {
        out.append(c);
      } else {
        // Between double quotes too, a leading ~ would become a home directory.
        out.append((char) ('0' + (c >> 6)))
            .append((char) ('0' + (c >> 3 & 7)))
            .append((char) ('0' + (c & 7)));
      }
    }
    out.append(value, plain, value.length()).append('"');
  }

  /** The same value for an argument in which tmux expands formats, before {@link #word}. */
  static String format(String value) {
    return value.indexOf('#') < 0 ? value : value.replace("#", "##");
  }

  /** The same value for an argument on tmux's own command line, where a last ; ends the command. */
  static String argument(String value) {
    return value.endsWith(";") ? value.substring(0, value.length() - 1) + "\\;" : value;
  }

  /** A file's name where tmux takes a pattern, as a shell does. */
  static String pattern(String name) {
    StringBuilder out = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ("\\*?[]".indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }

  /**
   * The command of pipe-pane that appends a pane's output to a file, before {@link #word}.
   *
   * @param log the file's absolute path
   */
  static String appendTo(Path log) {
    String path = log.toString();
    StringBuilder out = new StringBuilder(path.length() + 24).append("umask 077; exec cat >> '");
    int plain = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '#' || c == '%' || c == '\'') {
        out.append(path, plain, i);
        plain = i + 1;
        // # closed and opened again: tmux would keep both # of "##[".
        out.append(c == '#' ? "##''" : c == '%' ? "%%" : "'\\''");
      }
    }
    return out.append(path, plain, path.length()).append('\'').toString();
  }

  /** Appends a command and its arguments, each quoted as a word. */
  static void words(StringBuilder out, List<String> command) {
    for (int i = 0; i < command.size(); i++) {
      if (i > 0) {
        out.append(' ');
      }
      append(out, command.get(i));
    }
  }

  /** A value as letters that no version of tmux changes; empty for an empty value. */
  static String encode(String value) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }

  /** What {@link #encode} was given; null for what it cannot have made. */
  static @org.jspecify.annotations.Nullable String decode(String encoded) {
    try {
      return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
