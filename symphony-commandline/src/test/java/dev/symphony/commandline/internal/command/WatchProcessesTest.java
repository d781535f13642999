package dev.symphony.commandline.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.commandline.internal.view.Format;
import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.State;
import dev.symphony.engine.UsageException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchProcessesTest {
  @TempDir Path folder;
  private Given given;

  private final ExperimentStatus first =
      Given.experiment(
          "rl", Given.running("learner", "PT5M"), Given.waiting("a", State.PENDING, null, null));
  private final ExperimentStatus second =
      Given.experiment("rl", Given.running("learner", "PT5M"), Given.running("a", "PT1S"));
  private final ExperimentStatus last =
      Given.experiment(
          "rl",
          Given.ended("learner", State.FAILED, 1, null, null, "no disk"),
          Given.ended("a", State.SUCCEEDED, 0, null, null, null));

  @BeforeEach
  void give() {
    given = new Given(folder);
  }

  @Test
  void printsChangesAsLinesUntilAllHaveEnded() {
    watch(given.session(), Format.TABLE, first, first, second, last);
    assertEquals(
        """
        2026-01-31T12:00:00Z  learner  running
        2026-01-31T12:00:00Z  a        pending
        2026-01-31T12:00:00Z  a        running
        2026-01-31T12:00:00Z  learner  failed (1): no disk
        2026-01-31T12:00:00Z  a        succeeded
        """,
        given.out());
    assertEquals("rl: learner failed first with exit code 1\n", given.err());
  }

  @Test
  void endsWhereThereIsNothingToLookAt() {
    watch(given.session(), Format.TABLE, Given.experiment("rl"));
    assertEquals("", given.out());
    assertTrue(given.err().startsWith("rl: no processes"), given.err());
  }

  @Test
  void redrawsInPlaceOnATerminal() {
    watch(given.onTerminal("COLUMNS", "80", "LINES", "24"), Format.TABLE, first, last);
    assertEquals(
        """
        Group  Name     Ready  Restarts  State
               learner  1      0         running: 5m
               a        0      0         pending
        \r\u001b[3A\u001b[JGroup  Name     Ready  Restarts  State
               learner  0      0         failed (1) after 5m: no disk
               a        0      0         succeeded after 5m
        """,
        given.out());
  }

  @Test
  void aTableHigherThanTheTerminalSaysWhatIsLeftOut() {
    watch(given.onTerminal("COLUMNS", "80", "LINES", "4"), Format.TABLE, last);
    assertEquals(3, given.out().split("\n").length);
    given.out.reset();
    ExperimentStatus three =
        Given.experiment(
            "rl",
            Given.ended("a", State.SUCCEEDED, 0, null, null, null),
            Given.ended("b", State.SUCCEEDED, 0, null, null, null),
            Given.ended("c", State.SUCCEEDED, 0, null, null, null));
    watch(given.onTerminal("COLUMNS", "80", "LINES", "4"), Format.TABLE, three);
    assertEquals(
        """
        Group  Name  Ready  Restarts  State
               a     0      0         succeeded after 5m
        … 2 more
        """,
        given.out());
  }

  @Test
  void jsonIsAnObjectALineAndTheExperimentComesLast() {
    watch(given.session(), Format.JSON, first, second, last);
    String[] lines = given.out().split("\n");
    String[] starts = {
      "{\"type\":\"experiment\",\"experiment\":\"rl\",\"backend\":\"given\",\"launchId\":\"id-rl\","
          + "\"created\":\"2026-01-30T11:00:00.000Z\",\"state\":\"RUNNING\",\"verdict\":null,"
          + "\"deleting\":false}",
      "{\"type\":\"process\",\"experiment\":\"rl\",\"process\":\"learner\",\"group\":null,"
          + "\"name\":\"learner\",\"state\":\"RUNNING\"",
      "{\"type\":\"process\",\"experiment\":\"rl\",\"process\":\"a\"",
      "{\"type\":\"process\",\"experiment\":\"rl\",\"process\":\"a\"",
      "{\"type\":\"process\",\"experiment\":\"rl\",\"process\":\"learner\"",
      "{\"type\":\"process\",\"experiment\":\"rl\",\"process\":\"a\"",
      "{\"type\":\"experiment\",\"experiment\":\"rl\""
    };
    assertEquals(starts.length, lines.length, given.out());
    for (int i = 0; i < starts.length; i++) {
      assertEquals(starts[i], lines[i].substring(0, starts[i].length()));
    }
    assertEquals("", given.err());
  }

  @Test
  void endsWithAnErrorWhereTheExperimentIsDeleted() {
    WatchProcesses watch =
        new WatchProcesses(
            given.session(),
            () -> {
              throw new NotFoundException("no experiment rl");
            },
            millis -> true);
    assertThrows(NotFoundException.class, () -> watch.run(Format.TABLE));
  }

  @Test
  void refusesFormatsThatCannotGoOn() {
    assertThrows(UsageException.class, () -> watch(given.session(), Format.YAML, first));
    assertThrows(UsageException.class, () -> watch(given.session(), Format.NAME, first));
  }

  private void watch(Session session, Format format, ExperimentStatus... statuses) {
    Iterator<ExperimentStatus> next = Arrays.asList(statuses).iterator();
    new WatchProcesses(session, next::next, millis -> true).run(format);
  }
}
