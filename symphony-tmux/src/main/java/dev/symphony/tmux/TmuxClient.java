package dev.symphony.tmux;

import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.Programs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls the tmux program on one socket.
 *
 * <p>Each call has a time limit, an environment of its own, and a session of its own (or SIGINT
 * ignored, where there is no setsid): a Ctrl-C in the terminal ends neither it nor the server it
 * may start.
 */
final class TmuxClient {
  private static final Path NOTHING = Path.of("/dev/null");

  /** Between two looks at what a client has printed, in milliseconds; its end is seen at once. */
  private static final long SHORTEST_PAUSE = 2;

  private static final long LONGEST_PAUSE = 32;

  private final Path program;
  private final TmuxSocket socket;
  private final Map<String, String> environment;
  private final @Nullable Path setsid;

  /**
   * @param program the tmux program
   * @param socket where the server listens
   * @param environment the user's; only PATH is passed on
   */
  TmuxClient(Path program, TmuxSocket socket, Map<String, String> environment) {
    this.program = program;
    this.socket = socket;
    this.environment = environment;
    this.setsid = Programs.find("setsid", environment);
  }

  /**
   * What tmux answered.
   *
   * @param status the client's exit status
   * @param text what it printed, output and errors in one
   */
  record Answer(int status, String text) {
    boolean succeeded() {
      return status == 0;
    }

    /** Whether the reason is that no server listens on the socket, or that it ended just now. */
    boolean isWithoutServer() {
      return hasReachedNobody()
          || status != 0
              && (text.startsWith("lost server") || text.startsWith("server exited unexpectedly"));
    }

    /** Whether no server listens on the socket, so that nothing was done. */
    boolean hasReachedNobody() {
      return status != 0
          && (text.startsWith("no server running on")
              || text.startsWith("error connecting to")
                  && (text.contains("(No such file or directory)")
                      || text.contains("(Connection refused)")));
    }

    /** The first line of the text, for an error. */
    String firstLine() {
      int end = text.indexOf('\n');
      String line = (end < 0 ? text : text.substring(0, end)).strip();
      return line.isEmpty() ? "exit status " + status : line;
    }
  }

  TmuxSocket socket() {
    return socket;
  }

  Path program() {
    return program;
  }

  /** Calls tmux without starting a server. */
  Answer call(Duration limit, List<String> words) {
    return run(limit, command("-N", words), null);
  }

  /**
   * Calls tmux without starting a server.
   *
   * @param limit how long it may take
   * @param directory the directory that a new session begins in; null for this program's own
   */
  Answer call(Duration limit, @Nullable Path directory, List<String> words) {
    return run(limit, command("-N", words), directory);
  }

  /**
   * Calls tmux such that it starts a server if there is none, with as many descriptors as the
   * system gives: each window takes two, and a server without any left answers nobody.
   */
  Answer start(Duration limit, List<String> words) {
    List<String> command = new ArrayList<>();
    command.add("/bin/sh");
    command.add("-c");
    command.add(
        "n=$(ulimit -Hn); case $n in unlimited) n=65536;; esac;"
            + " [ \"$n\" -le 65536 ] || n=65536; ulimit -Sn \"$n\"; exec \"$@\"");
    command.add("sh");
    command.addAll(command(null, words));
    return run(limit, command, Path.of("/"));
  }

  /** The program and the options that every call has, for a caller that runs it by itself. */
  List<String> command(@Nullable String option, List<String> words) {
    List<String> command = new ArrayList<>(words.size() + 7);
    command.add(program.toString());
    command.add("-u");
    command.add("-S");
    command.add(socket.path().toString());
    command.add("-f");
    command.add("/dev/null");
    if (option != null) {
      command.add(option);
    }
    command.addAll(words);
    return command;
  }

  /**
   * Calls tmux without starting a server, and without waiting for what it says. A shell stands
   * between: a Java virtual machine that has a child left takes 300 ms longer to end.
   */
  void begin(Duration limit, List<String> words) {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "\"$@\" >/dev/null 2>&1 &", "sh"));
    command.addAll(command("-N", words));
    run(limit, command, null);
  }

  private Answer run(Duration limit, List<String> command, @Nullable Path directory) {
    List<String> apart = new ArrayList<>(command.size() + 4);
    if (setsid != null) {
      apart.add(setsid.toString());
    } else {
      apart.add("/bin/sh");
      apart.add("-c");
      apart.add("trap '' INT QUIT; exec \"$@\"");
      apart.add("sh");
    }
    apart.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(apart)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(NOTHING.toFile()));
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    // The first client's environment would be that of every pane for ever.
    Map<String, String> clean = builder.environment();
    clean.clear();
    clean.put("PATH", Programs.path(environment));
    clean.put("TERM", "screen");
    try {
      Process process = builder.start();
      String said = read(process, limit);
      return new Answer(process.exitValue(), said);
    } catch (IOException e) {
      throw new SymphonyException("tmux cannot be run: " + Programs.reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SymphonyException("interrupted while waiting for tmux", e);
    }
  }

  /**
   * What a process printed until it ended. Its end, not that of the output, is waited for: the
   * descriptors that a client has sent to a frozen server keep its pipe open after its death. A
   * server that is stopped is not waited for: nobody but the user wakes it.
   */
  private String read(Process process, Duration limit) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    long looks = 0;
    long pause = SHORTEST_PAUSE;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (InputStream out = process.getInputStream()) {
      for (boolean ended = false; ; ) {
        while (out.available() > 0) {
          int length = out.read(buffer);
          said.write(buffer, 0, Math.max(0, length));
          pause = SHORTEST_PAUSE;
        }
        if (ended) {
          return said.toString(StandardCharsets.UTF_8);
        }
        ended = process.waitFor(pause, TimeUnit.MILLISECONDS);
        // Who opens hundreds of windows says nothing, and needs the processor.
        pause = Math.min(pause * 2, LONGEST_PAUSE);
        long waited = System.nanoTime() - begin;
        boolean late = waited > limit.toNanos();
        if (!ended && (late || waited / 1_000_000_000 > looks)) {
          looks++;
          long server = ListeningProcess.find(socket.path());
          boolean stopped = ListeningProcess.isStopped(server);
          if (late || stopped) {
            process.destroyForcibly();
            throw silent(late ? limit : Duration.ofSeconds(looks), server, stopped);
          }
        }
      }
    }
  }

  /** One line about a call that failed, by what was to be done. */
  SymphonyException refused(String what, Answer answer) {
    // An old tmux fails with the usage of an option it lacks.
    TmuxVersion.of(program).require();
    return new SymphonyException(
        "tmux failed " + what + " on " + socket.path() + ": " + answer.firstLine());
  }

  /** One line about a server that does not answer; its process id is below 0 if not known. */
  private SymphonyException silent(Duration waited, long pid, boolean stopped) {
    return new SilentServerException(
        "the tmux server on "
            + socket.path()
            + (pid < 0 ? "" : " (process " + pid + ")")
            + " has not answered within "
            + (waited.toMillis() + 999) / 1000
            + " s: it is stopped"
            + (stopped ? "" : " or overloaded")
            + (pid < 0
                ? ""
                : "; wake it with kill -CONT "
                    + pid
                    + ", or end it with kill -9 "
                    + pid
                    + ": processes that survive it stay listed"));
  }

  /** The server is there but does not answer. */
  static final class SilentServerException extends SymphonyException {
    private static final long serialVersionUID = 1L;

    SilentServerException(String message) {
      super(message);
    }
  }
}
