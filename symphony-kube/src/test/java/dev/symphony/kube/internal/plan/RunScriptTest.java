package dev.symphony.kube.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shell around lines and preambles, run by the shells of this machine. */
class RunScriptTest {
  /** Says when it is up, and cleans up for a moment when it is told to end. */
  private static final String PROGRAM =
      "trap 'echo told; sleep 0.3; echo cleaned; exit 5' TERM; echo up; while :; do sleep 0.1; done";

  /** Is up once it is no shell's child any more that could miss a signal. */
  private static final String SLEEPER = "sh -c 'echo up; exec sleep 60'";

  /** The shells there are: as they would be process 1, and as the command chooses. */
  static Stream<String> shells() {
    return Stream.of("", "/bin/sh", "/bin/dash", "/bin/bash", "/bin/busybox")
        .filter(shell -> shell.isEmpty() || Files.isExecutable(Path.of(shell)));
  }

  private static Process start(String shell, List<String> argv, String... lines)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            argv.isEmpty()
                ? Commands.container(List.of(), argv, Arrays.asList(lines))
                : Commands.container(Arrays.asList(lines), argv, List.of()));
    if (!shell.isEmpty()) {
      // The shell itself instead of the line that looks for one.
      command.subList(0, 4).clear();
      command.add(0, "-c");
      command.addAll(0, shell.endsWith("busybox") ? List.of(shell, "sh") : List.of(shell));
    }
    // A session of its own, as in a container: the script signals all of its group.
    command.add(0, "setsid");
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** What else it prints, without what shells say of commands that a signal has ended. */
  private static String rest(BufferedReader out) {
    return out.lines()
        .filter(line -> !line.contains("Terminated"))
        .collect(Collectors.joining("\n"));
  }

  private static BufferedReader output(Process process) {
    return process.inputReader(StandardCharsets.UTF_8);
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "has not ended");
    return process.exitValue();
  }

  private static void run(String shell, int code, String output, List<String> argv, String... lines)
      throws Exception {
    Process process = start(shell, argv, lines);
    assertEquals(output, rest(output(process)));
    assertEquals(code, exitCode(process));
  }

  /** Ends it once it has said that it is up. */
  private static void end(String shell, int code, String output, List<String> argv, String... lines)
      throws Exception {
    Process process = start(shell, argv, lines);
    BufferedReader out = output(process);
    assertEquals("up", out.readLine());
    process.toHandle().destroy();
    assertEquals(output, rest(out));
    assertEquals(code, exitCode(process));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void theLastLinesExitCodeIsTheContainers(String shell) throws Exception {
    run(shell, 7, "a", List.of(), "echo a", "exit 7");
    run(shell, 0, "", List.of(), "true");
    run(shell, 137, "", List.of(), "kill -9 $$");
    run(shell, 4, "", List.of(), "sh -c 'exit 4'");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void stopsAtTheFirstFailure(String shell) throws Exception {
    run(shell, 1, "a", List.of(), "echo a", "false", "echo b");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aPreambleRunsBeforeTheCommandInTheSameShell(String shell) throws Exception {
    run(shell, 0, "x y|", List.of("sh", "-c", "echo \"$A|$1\"", "sh", ""), "export A='x y'");
    run(shell, 1, "", List.of("echo", "never"), "false");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void sigtermReachesTheProgramAndItIsWaitedFor(String shell) throws Exception {
    end(shell, 143, "told\ncleaned", List.of(), "true", "sh -c \"" + PROGRAM + "\"", "echo never");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aProgramThatTookTheShellsPlaceEndsAsItWants(String shell) throws Exception {
    end(shell, 5, "told\ncleaned", List.of(), "exec sh -c \"" + PROGRAM + "\"");
    end(shell, 5, "told\ncleaned", List.of("sh", "-c", PROGRAM), "export A=1");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void linesMayHandleSigtermThemselves(String shell) throws Exception {
    end(shell, 9, "mine", List.of(), "trap 'echo mine; exit 9' TERM", SLEEPER + " & wait");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whatDoesNotHandleSigtermEndsOfIt(String shell) throws Exception {
    end(shell, 143, "", List.of(), SLEEPER, "echo never");
  }
}
