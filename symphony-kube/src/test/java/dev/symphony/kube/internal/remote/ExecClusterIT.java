package dev.symphony.kube.internal.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.KubeTest;
import dev.symphony.kube.RealCluster;
import dev.symphony.kube.internal.api.Tree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(RealCluster.class)
@Timeout(180)
final class ExecClusterIT {
  /** Endless input, as of {@code /dev/zero}. */
  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'x';
    }
  }

  /** Input that never comes, as from somebody who does not type. */
  private static final class Waiting extends InputStream {
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public int read() throws IOException {
      try {
        never.await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
      return -1;
    }
  }

  private static Thread started(Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (SymphonyException e) {
                return; // It was interrupted.
              }
            },
            "interrupted-by-the-test");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Test
  void runsCommandsWithTheirStreamsAndExitCodes(KubeTest test) {
    BarePods pods = new BarePods(test, "exec");
    ProcessName process = pods.run("agent", "sleep", "600");
    InputStream nothing = InputStream.nullInputStream();

    assertEquals(
        new BarePods.Result(7, "out\n", "err\n"),
        pods.exec(process, nothing, "sh", "-c", "echo out; echo err >&2; exit 7"));
    assertEquals(
        new BarePods.Result(0, "a b|", ""), pods.exec(process, nothing, "printf", "%s|", "a b"));

    String text = "line of input\n".repeat(100_000);
    BarePods.Result copied =
        pods.exec(process, new ByteArrayInputStream(text.getBytes(UTF_8)), "cat");
    assertEquals(0, copied.code());
    assertEquals(text, copied.out());

    for (int i = 0; i < 10; i++) {
      assertEquals(0, pods.exec(process, new Endless(), "true").code());
    }
    assertEquals("xxx", pods.exec(process, new Endless(), "head", "-c", "3").out());

    BarePods.Result missing = pods.exec(process, nothing, "nosuch");
    assertEquals(127, missing.code());
    assertTrue(missing.err().contains("nosuch"), missing.err());
    assertEquals(126, pods.exec(process, nothing, "/etc/passwd").code());
    assertEquals(137, pods.exec(process, nothing, "sh", "-c", "kill -9 $$").code());
  }

  /** Runs a command in a process: the program that is interrupted. */
  static final class Program {
    private Program() {}

    /** Takes the context, the experiment, how to run and the command. */
    public static void main(String[] arguments) {
      List<String> command = List.of(arguments).subList(3, arguments.length);
      ProcessName process = new ProcessName(null, "agent");
      System.exit(
          BarePods.inProgram(
              arguments[0],
              arguments[1],
              (shell, place) ->
                  arguments[2].equals("terminal")
                      ? shell.runOnTerminal(place, process, command, null)
                      : shell.run(place, process, command, null, null, null)));
    }
  }

  private static Process program(
      KubeTest test, BarePods pods, String how, Path said, String... command) throws IOException {
    List<String> argv =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                test.context(),
                pods.place.experiment(),
                how));
    argv.addAll(List.of(command));
    return new ProcessBuilder(argv).redirectErrorStream(true).redirectOutput(said.toFile()).start();
  }

  @Test
  void givesATerminalToAProgramWithoutOne(KubeTest test) throws Exception {
    BarePods pods = new BarePods(test, "tty");
    pods.run("agent", "sleep", "600");
    Path said = test.directory().resolve("said");
    String script = "stty -echo; test -t 0 && test -t 1 && test -t 2; echo $?; cat; exit 7";
    Process program = program(test, pods, "terminal", said, "sh", "-c", script);
    try {
      KubeTest.waitFor(
          "the command runs", () -> !program.isAlive() || Files.readString(said).contains("0"));
      try (OutputStream in = program.getOutputStream()) {
        in.write("line\nrest".getBytes(UTF_8));
      }
      assertTrue(program.waitFor(60, TimeUnit.SECONDS));
      assertEquals("0\r\nline\r\nrest", Files.readString(said));
      assertEquals(7, program.exitValue());
    } finally {
      program.destroyForcibly();
    }
  }

  private static void awaitGone(BarePods pods, ProcessName process, String command) {
    KubeTest.waitFor(
        command + " is gone",
        () -> !pods.runs(process, command) && !pods.runs(process, "sh -c " + command));
  }

  @Test
  void endsTheCommandOfAnInterruptedThread(KubeTest test) throws Exception {
    BarePods pods = new BarePods(test, "interrupt");
    ProcessName process = pods.run("agent", "sleep", "600");
    Thread other = started(() -> pods.exec(process, new Waiting(), "sleep", "701"));
    Thread polite =
        started(() -> pods.exec(process, new Waiting(), "sh", "-c", "sleep 702 & sleep 703; :"));
    Thread deaf =
        started(
            () -> pods.exec(process, new Waiting(), "sh", "-c", "trap '' INT; sleep 704; sleep 9"));
    for (int i = 701; i <= 704; i++) {
      pods.awaitRuns(process, "sleep " + i);
    }
    polite.interrupt();
    deaf.interrupt();
    polite.join();
    deaf.join();
    for (int i = 702; i <= 704; i++) {
      awaitGone(pods, process, "sleep " + i);
    }
    assertTrue(pods.runs(process, "sleep 701"));
    other.interrupt();
    other.join();
    awaitGone(pods, process, "sleep 701");
  }

  @Test
  void endsTheCommandWhoseOutputNobodyTakes(KubeTest test) {
    BarePods pods = new BarePods(test, "refuse");
    ProcessName process = pods.run("agent", "sleep", "600");
    OutputStream refusing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("nobody reads");
          }
        };
    assertThrows(
        SymphonyException.class,
        () ->
            pods.shell.run(
                pods.place,
                process,
                List.of("sh", "-c", "echo line; sleep 705; :"),
                new Waiting(),
                refusing,
                OutputStream.nullOutputStream()));
    awaitGone(pods, process, "sleep 705");
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void endsTheCommandOfAnInterruptedProgram(String signal, int code, KubeTest test)
      throws Exception {
    BarePods pods = new BarePods(test, "signal");
    ProcessName process = pods.run("agent", "sleep", "600");
    Path said = test.directory().resolve("said");
    Process program = program(test, pods, "run", said, "sleep", "706");
    try {
      KubeTest.waitFor(
          "the command runs", () -> !program.isAlive() || pods.runs(process, "sleep 706"));
      assertTrue(program.isAlive(), Files.readString(said));
      new ProcessBuilder("kill", "-s", signal, String.valueOf(program.pid())).start().waitFor();
      assertTrue(program.waitFor(60, TimeUnit.SECONDS));
      assertEquals(code, program.exitValue());
      assertEquals("", Files.readString(said));
      // The program waits a few seconds for that, and a busy node may take longer.
      awaitGone(pods, process, "sleep 706");
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void saysHowAProcessIsThatDoesNotRun(KubeTest test) {
    BarePods pods = new BarePods(test, "ended");
    ProcessName process = pods.run("agent", "sh", "-c", "sleep 1; exit 3");
    KubeTest.waitFor(
        "the pod has ended",
        () -> "Failed".equals(Tree.text(pods.api.get(pods.path("agent")), "status", "phase")));
    SymphonyException told =
        assertThrows(
            SymphonyException.class,
            () -> pods.exec(process, InputStream.nullInputStream(), "true"));
    assertTrue(told.getMessage().startsWith("process agent does not run, it is FAILED"));
    assertTrue(told.getMessage().endsWith("'start' runs it again"), told.getMessage());

    pods.runAgain("agent", 2, "sleep", "600");
    assertEquals("agent.r2\n", pods.exec(process, InputStream.nullInputStream(), "hostname").out());
  }
}
