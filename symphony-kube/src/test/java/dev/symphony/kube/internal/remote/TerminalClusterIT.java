package dev.symphony.kube.internal.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symphony.engine.ProcessName;
import dev.symphony.kube.KubeTest;
import dev.symphony.kube.RealCluster;
import dev.symphony.kube.internal.api.KubeAccess;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.state.Observer;
import dev.symphony.kube.internal.state.Place;
import dev.symphony.kube.internal.state.Places;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
      Path here = Path.of("").toAbsolutePath();
      int code;
      try (KubeApi api = KubeAccess.load(null, arguments[0], System.getenv(), here, here).open()) {
        String name = arguments[1];
        Place place = new Place(name, name, false, "uid", "launch", Instant.EPOCH, false, Map.of());
        Observer observer = new Observer(api, new Places(api, null), InstantSource.system());
        code =
            new PodShell(api, observer, System.getenv(), here)
                .login(place, new ProcessName(null, arguments[2]));
      }
      System.exit(code);
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

  @Test
  void isAShellWithATerminalOfItsOwn(KubeTest test) throws Exception {
    BarePods pods = new BarePods(test, "terminal");
    ProcessName process = pods.run("agent", "sleep", "600");
    Path socket = test.directory().resolve("tmux");
    Path done = test.directory().resolve("done");
    String line =
        "stty -g > before; "
            + Path.of(System.getProperty("java.home"), "bin", "java")
            + " -cp "
            + System.getProperty("java.class.path")
            + " '"
            + Login.class.getName()
            + "' "
            + test.context()
            + " "
            + pods.place.experiment()
            + " agent; echo $? > code; stty -g > after; touch done; sleep 600";
    Files.writeString(test.directory().resolve("run"), line);
    try {
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
      awaitText(socket, "/ #");
      type(socket, "stty size; sleep 500");
      awaitText(socket, "31 101");
      tmux(socket, "send-keys", "C-c");
      type(socket, "echo was $?");
      awaitText(socket, "was 130");
      assertEquals("", pods.out(process, "ps | grep -v grep | grep 'sleep 500'"));
      tmux(socket, "resize-window", "-x", "71", "-y", "21");
      KubeTest.waitFor(
          "the new size",
          () -> {
            type(socket, "stty size");
            return tmux(socket, "capture-pane", "-p").contains("21 71");
          });
      type(socket, "exit 5");
      KubeTest.waitFor("the end of the shell", () -> Files.exists(done));
      assertEquals("5\n", read(test, "code"));
      assertEquals(read(test, "before"), read(test, "after"));
    } finally {
      tmux(socket, "kill-server");
    }
  }

  private static String read(KubeTest test, String file) throws IOException {
    return Files.readString(test.directory().resolve(file));
  }
}
