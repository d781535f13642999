package dev.symphony.kube.internal.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symphony.engine.ProcessName;
import dev.symphony.kube.KubeTest;
import dev.symphony.kube.RealCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A shell in a pod as somebody at a terminal has it, which is tmux's here. */
@ExtendWith(RealCluster.class)
@Timeout(180)
final class TerminalClusterIT {
  /** Logs in to a process: the program that runs in the terminal. */
  static final class Login {
    private Login() {}

    /** Takes the context, the experiment and the process. */
    public static void main(String[] arguments) {
      System.exit(
          BarePods.inProgram(
              arguments[0],
              arguments[1],
              (shell, place) -> shell.login(place, new ProcessName(null, arguments[2]))));
    }
  }

  private static String tmux(Path socket, String... arguments) throws Exception {
    List<String> argv =
        new ArrayList<>(List.of("tmux", "-S", socket.toString(), "-f", "/dev/null"));
    argv.addAll(List.of(arguments));
    Process tmux = new ProcessBuilder(argv).redirectErrorStream(true).start();
    tmux.getOutputStream().close();
    String said = new String(tmux.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    tmux.waitFor();
    return said;
  }

  private static void type(Path socket, String keys) throws Exception {
    tmux(socket, "send-keys", "-l", keys);
    tmux(socket, "send-keys", "Enter");
  }

  private static void awaitText(Path socket, String text) {
    KubeTest.waitFor(
        "'" + text + "' on the screen", () -> tmux(socket, "capture-pane", "-p").contains(text));
  }

  private static void awaitSize(Path socket, String size) {
    KubeTest.waitFor(
        "the size " + size,
        () -> {
          type(socket, "stty size");
          return tmux(socket, "capture-pane", "-p").contains(size);
        });
  }

  @Test
  void isAShellWithATerminalOfItsOwn(KubeTest test) throws Exception {
    BarePods pods = new BarePods(test, "terminal");
    ProcessName process = pods.run("agent", "sleep", "600");
    Path socket = test.directory().resolve("tmux");
    Path done = test.directory().resolve("done");
    logIn(
        test,
        pods,
        socket,
        "stty -g > before; %s; echo $? > code; stty -g > after; touch done; sleep 600");
    try {
      awaitText(socket, "/ #");
      awaitSize(socket, "31 101");
      type(socket, "sleep 500");
      pods.awaitRuns(process, "sleep 500");
      tmux(socket, "send-keys", "C-c");
      type(socket, "echo was $?");
      awaitText(socket, "was 130");
      assertEquals("", pods.out(process, "ps | grep -v grep | grep 'sleep 500'"));
      tmux(socket, "resize-window", "-x", "71", "-y", "21");
      awaitSize(socket, "21 71");
      type(socket, "exit 5");
      KubeTest.waitFor("the end of the shell", () -> Files.exists(done));
      assertEquals("5\n", read(test, "code"));
      assertEquals(read(test, "before"), read(test, "after"));
    } finally {
      tmux(socket, "kill-server");
    }
  }

  @Test
  void hangingUpEndsItsShellAndWhatThatRuns(KubeTest test) throws Exception {
    BarePods pods = new BarePods(test, "hangup");
    ProcessName process = pods.run("agent", "sleep", "600");
    Path socket = test.directory().resolve("tmux");
    try {
      logIn(test, pods, socket, "exec %s");
      awaitText(socket, "/ #");
      type(socket, "sleep 501 & sleep 502");
      pods.awaitRuns(process, "sleep 501");
      pods.awaitRuns(process, "sleep 502");
    } finally {
      tmux(socket, "kill-server");
    }
    KubeTest.waitFor(
        "the shell and both commands are gone",
        () ->
            !pods.runs(process, "sleep 501")
                && !pods.runs(process, "sleep 502")
                && !pods.runs(process, "sh"));
  }

  /** Opens a terminal of 101 columns and 31 lines that runs a script with the program in it. */
  private static void logIn(KubeTest test, BarePods pods, Path socket, String script)
      throws Exception {
    String program =
        Path.of(System.getProperty("java.home"), "bin", "java")
            + " -cp "
            + System.getProperty("java.class.path")
            + " '"
            + Login.class.getName()
            + "' "
            + test.context()
            + " "
            + pods.place.experiment()
            + " agent";
    Files.writeString(test.directory().resolve("run"), script.formatted(program));
    tmux(
        socket,
        "new-session",
        "-d",
        "-x",
        "101",
        "-y",
        "31",
        "-c",
        test.directory().toString(),
        "sh run");
  }

  private static String read(KubeTest test, String file) throws IOException {
    return Files.readString(test.directory().resolve(file));
  }
}
