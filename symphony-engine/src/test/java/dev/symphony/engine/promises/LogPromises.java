package dev.symphony.engine.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.LogOptions;
import dev.symphony.engine.LogStream;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.State;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole log, from the first byte to the last, while running and afterwards. */
public abstract class LogPromises extends Promises {
  @Test
  void twoThousandLinesPrintedAndExitedAtOnceAreExactAHundredTimes() throws Exception {
    Needs.program("seq");
    ExperimentSpec experiment = experiment();
    experiment.newProcesses(
        "p", 100, (process, i) -> process.command("seq", "-f", "line %g of " + i, "1", "2000"));
    cluster.launch(experiment);
    assertEquals(State.SUCCEEDED, ended().outcome());
    for (int i = 0; i < 100; i++) {
      StringBuilder wanted = new StringBuilder();
      for (int line = 1; line <= 2000; line++) {
        wanted.append("line ").append(line).append(" of ").append(i).append('\n');
      }
      assertEquals(wanted.toString(), log("p-" + i));
    }
  }

  @Test
  void theLogHoldsAllAttemptsAndFollowingThemEndsWithTheLast() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment
        .newProcess("p")
        .restart(RestartPolicy.onFailure(2))
        .shell(
            "echo x >>" + file("tries"),
            "seq -f \"$(wc -l <" + file("tries") + ")-%g\" 500",
            "exit 1");
    cluster.launch(experiment);
    StringBuilder wanted = new StringBuilder();
    for (int attempt = 1; attempt <= 3; attempt++) {
      for (int line = 1; line <= 500; line++) {
        wanted.append(attempt).append('-').append(line).append('\n');
      }
    }
    ByteArrayOutputStream followed = new ByteArrayOutputStream();
    try (LogStream log = cluster.logs(NAME, process("p"), LogOptions.all().withFollow(true))) {
      Eventually.that(
          "the end of the log",
          () -> log.poll((bytes, from, length, time) -> followed.write(bytes, from, length)) < 0);
    }
    assertEquals(wanted.toString(), followed.toString(StandardCharsets.UTF_8));
    ended();
    assertEquals(wanted.toString(), log("p"));
    assertEquals(
        wanted.substring(wanted.indexOf("2-1\n"), wanted.indexOf("3-1\n")),
        read(LogOptions.all().withPrevious(true), "p"));
    assertEquals("3-499\n3-500\n", read(LogOptions.all().withTail(2), "p"));
    assertEquals(wanted.toString(), read(LogOptions.all().withSince(Duration.ofHours(1)), "p"));
    cluster.start(NAME, List.of());
    Eventually.that("the next attempt", () -> log("p").startsWith(wanted + "4-1\n"));
  }

  @Test
  void theFirstOfTwoAttemptsIsThePreviousOneAndItsTimesStayKnown() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment.newProcess("p").shell("echo it is $PPID", "sleep 0.1");
    cluster.launch(experiment);
    ended();
    String first = log("p");
    for (String name : below(state())) {
      // Hundreds of processes that run once must not cost more files than they need.
      assertFalse(name.matches(".*/p/0[^/]*") && !name.matches(".*[.](sh|go|log)"), name);
    }
    cluster.start(NAME, List.of());
    ended();
    assertEquals(first, read(LogOptions.all().withPrevious(true), "p"));
    assertTrue(log("p").startsWith(first + "it is "), log("p"));
    String attempts = "";
    for (String name : below(state())) {
      if (name.endsWith("/p/0.attempts")) {
        attempts = Files.readString(state().resolve(name));
      }
    }
    assertTrue(attempts.matches("1 0 \\d+ \\d+\n2 \\d+ \\d+ \\d+\n"), attempts);
  }

  @Test
  void followingEndsWithAProcessThatIsStoppedOrThatNobodySawEnd() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment.newProcess("stopped").shell("echo up", "exec sleep 600");
    experiment
        .newProcess("lost")
        .shell("echo up", "echo $PPID $$ >" + file("pids"), "exec sleep 600");
    cluster.launch(experiment);
    Eventually.that("pids", () -> Pids.text(file("pids")).endsWith("\n"));
    LogOptions following = LogOptions.all().withFollow(true);
    StringBuilder text = new StringBuilder();
    LogStream.Sink sink =
        (bytes, from, length, time) ->
            text.append(new String(bytes, from, length, StandardCharsets.UTF_8));
    for (String process : List.of("stopped", "lost")) {
      text.setLength(0);
      try (LogStream log = cluster.logs(NAME, process(process), following)) {
        Eventually.that(
            "the first line",
            () -> {
              assertTrue(log.poll(sink) >= 0, "it runs");
              return text.toString().startsWith("up\n");
            });
        assertTrue(log.poll(sink) >= 0, "it runs");
        if (process.equals("stopped")) {
          cluster.stop(NAME, List.of(process(process)));
        } else {
          for (String pid : Pids.text(file("pids")).strip().split(" ")) {
            Pids.kill(Long.parseLong(pid));
          }
        }
        Eventually.that("the end of the log", () -> log.poll(sink) < 0);
      }
    }
  }

  @Test
  void errorsAndOutputShareTheLogFromTheFirstByteWithoutANewlineAtTheEnd() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment
        .newProcess("p")
        .command("sh", "-c", "printf first; printf ' second' >&2; printf '\\nlast'");
    experiment.newProcess("unicode").command("printf", "%s\\n", "größer als 日本 – \uD83D\uDE00");
    cluster.launch(experiment);
    ended();
    assertEquals("first second\nlast", log("p"));
    assertEquals(
        "größer als 日本 – \uD83D\uDE00\n",
        new String(log("unicode").getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
  }

  @Test
  void thereIsNoLogOfAnAttemptThatWasNot() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment.newProcess("p").command("true");
    cluster.launch(experiment);
    ended();
    assertEquals("", log("p"));
    String message =
        refusalInOneLine(
            () -> cluster.logs(NAME, process("p"), LogOptions.all().withPrevious(true)).close());
    assertTrue(message.contains("p"), message);
  }

  @Test
  void aSamplerNotesWhenLogsGrowAndEndsWithTheExperiment() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment
        .newProcess("p")
        .shell("echo one", "until [ -e " + file("go") + " ]; do sleep 0.05; done", "echo two");
    cluster.launch(experiment);
    Eventually.that("samples", () -> samples().matches("(?s).* 0=[45]\\n.*"));
    Files.createFile(file("go"));
    ended();
    // A terminal adds a carriage return to each line, and its answer at the end.
    Eventually.that("samples", () -> samples().matches("(?s).* 0=(8|1\\d)\\n.*"));
    Eventually.is("what runs", List.of(), () -> Pids.mentioning(state() + "/"));
    cluster.delete(NAME);
  }

  private String samples() throws Exception {
    for (String name : below(state())) {
      if (name.endsWith("/" + NAME + "/samples")) {
        return Pids.text(state().resolve(name));
      }
    }
    return "";
  }
}
