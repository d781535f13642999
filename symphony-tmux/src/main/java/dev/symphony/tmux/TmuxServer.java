package dev.symphony.tmux;

import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.Problems;
import dev.symphony.spi.RandomId;
import dev.symphony.tmux.TmuxClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tmux server of Symphony's own, and what is asked of it.
 *
 * <p>Sessions, windows and panes are addressed by their ids alone: names are matched loosely by
 * tmux and may be changed by the user.
 */
final class TmuxServer {
  /** The name of the server unless the user chooses another. */
  static final String USUAL_NAME = "__symphony__";

  /** The window that keeps a session while no process has one. */
  static final String MAIN_WINDOW = "__main__";

  /** Set at every launch, since the user may have started this server by hand. */
  private static final List<String> OPTIONS =
      List.of(
          "set-option",
          "-s",
          "exit-empty",
          "off",
          ";",
          "set-option",
          "-g",
          "remain-on-exit",
          "on",
          ";",
          "set-option",
          "-g",
          "default-shell",
          "/bin/sh",
          ";",
          "set-option",
          "-g",
          "history-limit",
          "5000",
          ";",
          "set-option",
          "-g",
          "update-environment",
          "");

  private final TmuxClient client;
  private final Duration limit;

  /**
   * @param client how it is called
   * @param limit how long an answer may take
   */
  TmuxServer(TmuxClient client, Duration limit) {
    this.client = client;
    this.limit = limit;
  }

  TmuxSocket socket() {
    return client.socket();
  }

  /**
   * A session that was made.
   *
   * @param id its id
   * @param serverPid the process of the server
   */
  record Session(String id, long serverPid) {}

  /**
   * Makes a session with the window {@link #MAIN_WINDOW}, and the server first if there is none.
   *
   * @param name letters, digits, {@code _}, {@code -} and {@code +} only
   * @param owner whose it is, as {@link TmuxPane#owner} gives it back
   * @param directory where windows begin that the user opens by hand; null for this program's own
   * @return null if there is a session of this name already
   */
  @Nullable Session newSession(String name, String owner, @Nullable Path directory) {
    List<String> words = sessionWords(name, owner, List.of("-P", "-F", "#{session_id}|#{pid}"));
    for (int attempt = 0; ; attempt++) {
      Answer answer = client.call(limit, directory, words);
      if (answer.succeeded()) {
        String line = answer.firstLine();
        int bar = line.indexOf('|');
        if (bar < 0) {
          throw client.refused("to make a session", answer);
        }
        return new Session(line.substring(0, bar), Long.parseLong(line.substring(bar + 1)));
      }
      if (answer.text().startsWith("duplicate session")) {
        return null;
      }
      if (!answer.isWithoutServer() || attempt == 3) {
        throw client.refused("to make a session", answer);
      }
      ensure();
    }
  }

  /** Makes a session in words of tmux. */
  private static List<String> sessionWords(String name, String owner, List<String> flags) {
    requirePlain(name);
    List<String> words = new ArrayList<>(OPTIONS);
    words.addAll(List.of(";", "new-session", "-d"));
    words.addAll(flags);
    words.addAll(
        List.of(
            "-s",
            name,
            "-n",
            MAIN_WINDOW,
            "-x",
            "200",
            "-y",
            "50",
            "/bin/sh",
            "-c",
            "exec tail -f /dev/null",
            ";",
            "set-option",
            "-t",
            "=" + name + ":",
            TmuxPane.OWNER,
            TmuxQuoting.encode(owner)));
    return words;
  }

  private static void requirePlain(String name) {
    boolean plain = !name.isEmpty();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      plain &=
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || (i > 0 && (c == '-' || c == '+'));
    }
    if (!plain) {
      throw new IllegalArgumentException("not a name of a tmux session: \"" + name + "\"");
    }
  }

  /**
   * A script that makes a session as {@link #newSession} does, in which windows are opened that are
   * said to be of {@code =NAME}.
   */
  static TmuxScript script(String name, String owner) {
    return new TmuxScript(sessionWords(name, owner, List.of()));
  }

  /**
   * Runs a script's lines as a whole, whatever happens to this program meanwhile.
   *
   * @param script what to run
   * @param directory where the script is kept while it runs, the user's alone
   * @param serverPid the process of the server
   */
  void run(TmuxScript script, Path directory, long serverPid) {
    requireRoom(script.windows(), serverPid);
    Path file;
    try {
      file = write(script, directory);
    } catch (SymphonyException full) {
      // The socket's disk may have room.
      Path other = socket().directory();
      if (!Files.isWritable(other)) {
        throw full;
      }
      file = write(script, other);
    }
    Answer answer = source(file, script.windows(), null);
    if (!isDone(answer)) {
      throw client.refused("to begin the windows", answer);
    }
  }

  /**
   * Runs a script that makes a session first.
   *
   * @param file where it has been written to
   * @param windows how many it opens, for which there is room
   * @param place where windows begin that the user opens by hand
   * @return false where nothing has been done: the server had gone, or has such a session now
   */
  boolean runNew(Path file, int windows, Path place) {
    Answer answer = source(file, windows, place);
    if (isDone(answer)) {
      return true;
    }
    if (answer.hasReachedNobody() || answer.text().startsWith("duplicate session")) {
      return false;
    }
    throw client.refused("to begin the windows", answer);
  }

  /** Errors of single lines change neither the status nor the lines after them. */
  private static boolean isDone(Answer answer) {
    return answer.succeeded() && answer.text().isBlank();
  }

  /** Two a window, and some for clients; one too many and the server answers nobody any more. */
  void requireRoom(int windows, long serverPid) {
    long free = ListeningProcess.freeDescriptors(serverPid);
    if (windows * 2L + 32 > free) {
      throw new SymphonyException(
          "the tmux server on "
              + socket().path()
              + " has room for "
              + Math.max(0, (free - 32) / 2)
              + " more windows, not for "
              + windows
              + ": raise the limit of open files (ulimit -Hn) and start the server anew, or use"
              + " --cluster local");
    }
  }

  private Answer source(Path file, int windows, @Nullable Path place) {
    try {
      Duration longer = limit.plusMillis(100L * windows);
      // By its name: when the experiment has been deleted meanwhile, there is nothing to run.
      String name = TmuxQuoting.pattern(file.toAbsolutePath().toString());
      return client.call(longer, place, List.of("source-file", name));
    } finally {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // It holds nothing secret and goes with the experiment.
      }
    }
  }

  /** Writes a script to a file of a directory that is the user's alone. */
  static Path write(TmuxScript script, Path directory) {
    Path file = directory.resolve("windows-" + RandomId.next() + ".tmux");
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        return Files.writeString(file, script.toString());
      } catch (IOException e) {
        Files.deleteIfExists(file);
        throw e;
      }
    } catch (IOException e) {
      throw new SymphonyException(
          "cannot write what tmux is to run below " + directory + ": " + Problems.reason(e), e);
    }
  }

  /** All panes of all sessions; none when no server runs. */
  List<TmuxPane> panes() {
    Answer answer = client.call(limit, List.of("list-panes", "-a", "-F", TmuxPane.FORMAT));
    if (answer.succeeded()) {
      return TmuxPane.parse(answer.text());
    }
    // "no current target" and "no sessions": it runs, and there is none.
    if (answer.isWithoutServer() || answer.text().startsWith("no ")) {
      return List.of();
    }
    throw client.refused("to list its panes", answer);
  }

  /** Removes a session and its windows; what runs in them receives SIGHUP. */
  void killSession(String id) {
    kill("kill-session", id + ":");
  }

  /**
   * The same without waiting: the server does it before anything that it is asked later, as soon as
   * it has seen the processes of the session end, which takes it a millisecond each.
   */
  void beginKillSession(String id) {
    client.begin(limit, List.of("kill-session", "-t", id + ":"));
  }

  /** Removes a window; what runs in it receives SIGHUP. */
  void killWindow(String id) {
    kill("kill-window", id);
  }

  /** Ends it. */
  void end() {
    kill(List.of("kill-server"));
  }

  private void kill(String what, String id) {
    kill(List.of(what, "-t", id));
  }

  private void kill(List<String> words) {
    Answer answer = client.call(limit, words);
    if (!answer.succeeded()
        && !answer.isWithoutServer()
        && !answer.text().startsWith("can't find")
        && !answer.text().startsWith("no ")) {
      throw client.refused("to do " + words.get(0), answer);
    }
  }

  /** Makes sure that a server listens on the socket, wherever and however often this is called. */
  void ensure() {
    new TmuxStart(client, limit).ensure(OPTIONS);
  }
}
