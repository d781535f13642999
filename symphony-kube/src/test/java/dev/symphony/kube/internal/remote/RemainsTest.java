package dev.symphony.kube.internal.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.symphony.kube.KubeTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shells on both sides of an end, in sessions of this machine instead of a container's. */
@Timeout(300)
final class RemainsTest {
  @TempDir private Path directory;
  private final List<Process> sessions = new ArrayList<>();

  @BeforeEach
  void needsProc() {
    assumeTrue(Files.isReadable(Path.of("/proc/self/stat")), "there is no /proc");
  }

  @AfterEach
  void endAll() {
    for (Process session : sessions) {
      session.descendants().forEach(ProcessHandle::destroyForcibly);
      session.destroyForcibly();
    }
  }

  /** Starts what a command is wrapped into; it writes the file {@code up} when it is there. */
  private Process start(Mark mark, String script) throws IOException {
    List<String> argv = new ArrayList<>(List.of("setsid", "--wait"));
    argv.addAll(new Ending(mark).command(List.of("sh", "-c", script)));
    Process session =
        new ProcessBuilder(argv)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    sessions.add(session);
    session.getOutputStream().close();
    return session;
  }

  private void awaitFile(String name) {
    KubeTest.waitFor(name, () -> Files.exists(directory.resolve(name)));
  }

  private static void end(Mark mark) throws Exception {
    Process ending =
        new ProcessBuilder(Remains.ending(mark, "INT"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEquals(0, ending.waitFor());
  }

  @Test
  void endsOneCommandWithItsChildrenByTheFirstSignal() throws Exception {
    Mark mark = new Mark();
    String script = "trap 'kill $!; exit 7' INT; sleep 300 & touch %s; wait";
    Process ended = start(mark, script.formatted("one"));
    Process other = start(new Mark(), script.formatted("two"));
    awaitFile("one");
    awaitFile("two");

    end(mark);
    assertTrue(ended.waitFor(60, TimeUnit.SECONDS));
    assertEquals(7, ended.exitValue());
    assertTrue(other.isAlive());
  }

  @Test
  void endsWhatTakesNoNoticeOfTheFirst() throws Exception {
    Mark mark = new Mark();
    Process ended = start(mark, "trap '' INT; touch one; sleep 300; touch survived; sleep 300");
    awaitFile("one");
    end(mark);
    assertTrue(ended.waitFor(60, TimeUnit.SECONDS));
    assertTrue(Files.notExists(directory.resolve("survived")));
  }

  @Test
  void endsWhatTakesNoNoticeAtAll() throws Exception {
    Mark mark = new Mark();
    String script = "trap '' INT TERM; touch one; while :; do sleep 300; done";
    Process ended = start(mark, script);
    awaitFile("one");
    ProcessHandle command = ended.children().findFirst().orElseThrow();
    end(mark);
    KubeTest.waitFor("the command is killed", Duration.ofMinutes(3), () -> !command.isAlive());
  }
}
