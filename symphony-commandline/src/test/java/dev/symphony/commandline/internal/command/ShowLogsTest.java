package dev.symphony.commandline.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.LogOptions;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowLogsTest {
  private static final ProcessName A = ProcessName.parse("a");
  private static final ProcessName LEARNER = ProcessName.parse("g/learner");

  @TempDir Path folder;
  private Given given;

  @BeforeEach
  void give() {
    given = new Given(folder);
    given.cluster.add(
        Given.experiment("rl", Given.running("a", "PT5M"), Given.running("g/learner", "PT5M")));
  }

  @Test
  void oneLogPassesAsItIs() {
    GivenLog log = new GivenLog().then("\u001b[1mone\r\n\n").then("").then("two without end");
    given.cluster.logs.put(A, log);
    assertEquals(0, show(given.session(), LogOptions.all(), false, A));
    assertEquals("\u001b[1mone\r\n\ntwo without end", given.out());
    assertTrue(log.closed);
  }

  @Test
  void severalLogsInterleaveWithTheirNamesInFront() {
    given.cluster.logs.put(A, new GivenLog().then("one\ntwo\n").then("").then("three\n"));
    given.cluster.logs.put(LEARNER, new GivenLog().then("").then("").then("x\n\n").then("end"));
    assertEquals(0, show(given.session(), LogOptions.all(), false, A, LEARNER));
    assertEquals(
        """
        a         | one
        a         | two
        a         | three
        g/learner | x
        g/learner |\s
        g/learner | end
        """,
        given.out());
  }

  @Test
  void theRestOfALineFollowsOnTheSameLineUnlessAnotherLogCameBetween() {
    given.cluster.logs.put(A, new GivenLog().then("Continue? ").then("").then("yes\n").then("50%"));
    given.cluster.logs.put(LEARNER, new GivenLog().then("").then("").then("x\ny").then("z\n"));
    show(given.session(), LogOptions.all(), false, A, LEARNER);
    assertEquals(
        """
        a         | Continue? yes
        g/learner | x
        g/learner | y
        a         | 50%
        g/learner | z
        """,
        given.out());
  }

  @Test
  void aJsonObjectHoldsAWholeLine() {
    GivenLog log = new GivenLog().then("one\nhalf ", 1000).then("of two\n", 9000).then("three");
    given.cluster.logs.put(A, log);
    show(given.session(), LogOptions.all(), true, A);
    String head = "{\"process\":\"a\",\"group\":null,\"name\":\"a\",\"time\":";
    String first = "\"1970-01-01T00:00:01.000Z\"";
    assertEquals(
        head
            + first
            + ",\"line\":\"one\"}\n"
            + head
            + first
            + ",\"line\":\"half of two\"}\n"
            + head
            + "null,\"line\":\"three\"}\n",
        given.out());
  }

  @Test
  void colorsOnlyThePrefixAndOnlyOnATerminal() {
    given.cluster.logs.put(A, new GivenLog().then("one\n"));
    given.cluster.logs.put(LEARNER, new GivenLog().then("two\n"));
    show(given.onTerminal("TERM", "xterm"), LogOptions.all(), false, A, LEARNER);
    assertEquals(
        "\u001b[36ma         |\u001b[0m one\n\u001b[33mg/learner |\u001b[0m two\n", given.out());
  }

  @Test
  void putsTheTimeInFrontWhereItIsKnown() {
    long millis = Given.NOW.toEpochMilli() + 999;
    given.cluster.logs.put(A, new GivenLog().then("old\n").then("one\ntwo\n", millis));
    show(given.session(), LogOptions.all().withTimestamps(true), false, A);
    assertEquals(
        """
        -                    old
        2026-01-31T12:00:00Z one
        2026-01-31T12:00:00Z two
        """,
        given.out());
  }

  @Test
  void jsonIsAnObjectALineAndAsksForTimes() {
    given.cluster.logs.put(LEARNER, new GivenLog().then("say \"hi\"\n", 1769860800250L).then("é"));
    assertEquals(0, show(given.session(), LogOptions.all(), true, LEARNER));
    assertEquals(
        "{\"process\":\"g/learner\",\"group\":\"g\",\"name\":\"learner\","
            + "\"time\":\"2026-01-31T12:00:00.250Z\",\"line\":\"say \\\"hi\\\"\"}\n"
            + "{\"process\":\"g/learner\",\"group\":\"g\",\"name\":\"learner\","
            + "\"time\":null,\"line\":\"é\"}\n",
        given.out());
    assertTrue(given.cluster.asked.get(0).timestamps());
  }

  @Test
  void tellsNotesOnceOnStandardError() {
    given.cluster.logs.put(
        A, new GivenLog().note("the first 3 MB are gone").then("1\n").then("2\n"));
    show(given.session(), LogOptions.all(), false, A);
    assertEquals("1\n2\n", given.out());
    assertEquals("a: the first 3 MB are gone\n", given.err());
  }

  @Test
  void oneLogThatBreaksDoesNotEndTheOthers() {
    given.cluster.logs.put(A, new GivenLog().then("1\n").thenFails("disk on fire"));
    given.cluster.logs.put(LEARNER, new GivenLog().then("").then("").then("").then("last\n"));
    assertEquals(1, show(given.session(), LogOptions.all(), false, A, LEARNER));
    assertEquals("a         | 1\ng/learner | last\n", given.out());
    assertEquals("cannot read the log of a: disk on fire\n", given.err());
  }

  @Test
  void waitsOnlyWhenNothingCame() {
    List<Long> waits = new ArrayList<>();
    GivenLog log = new GivenLog().then("1\n").then("").then("").then("2\n").then("").then("3\n");
    LogMultiplexer logs =
        new LogMultiplexer(
            LogStyle.PLAIN,
            given.session().terminal().out(),
            given.session().terminal().err(),
            millis -> waits.add(millis));
    logs.add(A, log, 0);
    logs.run();
    assertEquals(List.of(20L, 25L, 20L), waits);
    assertTrue(logs.hasEnded());
  }

  @Test
  void stopsWhenToldAndClosesWhatIsOpen() {
    GivenLog log = new GivenLog().then("1\n").then("2\n").then("3\n");
    int[] rounds = {0};
    try (LogMultiplexer logs =
        new LogMultiplexer(
            LogStyle.PLAIN, given.session().terminal().out(), given.session().terminal().err())) {
      logs.add(A, log, 0);
      logs.run(() -> rounds[0]++ < 2);
      assertFalse(logs.hasEnded());
    }
    assertEquals("1\n2\n", given.out());
    assertTrue(log.closed);
  }

  @Test
  void printsWhereTheFilesAre() {
    given.cluster.files.put(A, Path.of("/state/rl/a.log"));
    new ShowLogs(given.session()).paths("rl", List.of(A));
    assertEquals("/state/rl/a.log\n", given.out());
    SymphonyException error =
        assertThrows(
            SymphonyException.class,
            () -> new ShowLogs(given.session()).paths("rl", List.of(LEARNER)));
    assertTrue(error.getMessage().contains("g/learner is not a file"), error.getMessage());
  }

  @Test
  void explainsAFailureOnStandardError() {
    given.cluster.logs.put(A, new GivenLog().then("Traceback\n"));
    new ShowLogs(given.session()).explain("rl", A);
    assertEquals("", given.out());
    assertEquals("last lines of a:\na | Traceback\n", given.err());
    assertEquals(20, given.cluster.asked.get(0).tail());
  }

  @Test
  void readsTail() {
    assertEquals(-1, ShowLogs.parseTail("all"));
    assertEquals(0, ShowLogs.parseTail("0"));
    assertEquals(500, ShowLogs.parseTail("500"));
    for (String bad : List.of("", "-1", "x", "1.5", "99999999999")) {
      assertThrows(UsageException.class, () -> ShowLogs.parseTail(bad));
    }
  }

  @Test
  void refusesToFollowAnAttemptThatHasEnded() {
    LogOptions both = LogOptions.all().withFollow(true).withPrevious(true);
    assertThrows(UsageException.class, () -> show(given.session(), both, false, A));
  }

  private static int show(
      Session session, LogOptions options, boolean json, ProcessName... processes) {
    return new ShowLogs(session).run("rl", List.of(processes), options, json);
  }
}
