package dev.symphony.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code stop}, {@code start}, {@code restart}, {@code delete} and {@code delete-batch}. */
class EndingCommandsTest extends OnThisHost {
  @Test
  void stopSaysWhichExperimentAndKeepsIt() {
    launchSleepers("rl", "a", "b");
    Ran ran = run("stop");
    assertEquals(0, ran.code(), ran.err());
    assertEquals(
        "stopping the current experiment, rl\nstopped 2 processes of rl: a, b\n", ran.err());
    assertEquals(State.STOPPED, state("rl", "a"));
    assertTrue(run("logs", "a").out().contains("a is up"));
  }

  @Test
  void startAndRestartRunAgain() throws Exception {
    launchSleepers("rl", "a", "b");
    run("stop", "rl", "-p", "a");
    assertEquals(State.STOPPED, state("rl", "a"));
    assertEquals(State.RUNNING, state("rl", "b"));
    assertEquals("started 1 process of rl: a\n", run("start", "rl").err());
    Eventually.holds("a runs again", () -> state("rl", "a") == State.RUNNING);
    assertEquals("restarted 1 process of rl: b\n", run("restart", "rl", "-p", "b").err());
    Eventually.holds("b runs again", () -> state("rl", "b") == State.RUNNING);
  }

  @Test
  void processesMayBeNamedByOneOptionOrBySeveral() {
    launchSleepers("rl", "a", "b", "c", "d");
    assertEquals(
        "stopped 3 processes of rl: a, b, c\n", run("stop", "rl", "-p", "a,b", "-p", "c").err());
    assertEquals(State.RUNNING, state("rl", "d"));
    // Words that only argparse4j reads mean the same.
    assertEquals(
        "started 2 processes of rl: a, b\n", run("start", "-pa", "rl", "--process", "b").err());
    assertEquals(130, run("wait", "rl", "-p", "c", "--process=c").code());
  }

  @Test
  void deleteAsksAPersonFirst() {
    launchSleepers("rl", "a");
    Ran no = typing("\n", "delete");
    assertEquals(1, no.code());
    assertTrue(no.err().contains("delete experiment rl (1 process, RUNNING)? [y/N] "), no.err());
    assertEquals(List.of("rl"), cluster.listExperiments());
    assertEquals(0, typing("y\n", "delete").code());
    assertEquals(List.of(), cluster.listExperiments());
  }

  @Test
  void deleteNeedsForceWhereNobodyCanBeAsked() {
    launchSleepers("rl", "a");
    Ran ran = run("delete");
    assertEquals(2, ran.code());
    assertTrue(ran.error().startsWith("error: 'delete' asks before it acts on rl"), ran.err());
    assertTrue(ran.error().contains("add -f"), ran.err());
    String batch = run("delete-batch", "*").error();
    assertTrue(batch.startsWith("error: 'delete-batch' asks before it acts on rl"), batch);
    assertEquals(List.of("rl"), cluster.listExperiments());
    assertEquals("deleting the current experiment, rl\ndeleted rl\n", run("delete", "-f").err());
    assertEquals(3, run("delete", "-f", "rl").code());
  }

  @Test
  void ofSurplusWordsTheFirstIsNamed() {
    for (String[] command :
        new String[][] {
          {"delete", "rl", "two", "--dry-run"}, {"delete", "-f", "rl", "two", "three"}
        }) {
      assertEquals(
          "error: delete takes no more words: 'two' (try 'own delete --help')",
          run(command).error());
    }
    assertEquals(
        "error: delete takes no more words: 'a b' (try 'own delete --help')",
        run("delete", "rl", "a b", "--dry-run").error());
  }

  @Test
  void dryRunsDeleteNothing() {
    launchSleepers("rl", "a");
    for (String[] command :
        new String[][] {
          {"delete", "--dry-run"},
          {"delete", "-f", "--dry-run", "rl"},
          {"delete-batch", "*", "--dry-run"},
          {"delete-batch", "*", "-f", "--dry-run"},
          {"delete", "--forget", "--dry-run", "-f"}
        }) {
      Ran ran = run(command);
      assertEquals(0, ran.code(), ran.err());
      assertTrue(ran.out().startsWith("would "), ran.out());
      assertEquals(State.RUNNING, state("rl", "a"));
    }
  }

  @Test
  void deletesWhatHasEndedLongEnoughAgo() {
    launchAndAwait("done", "a", "true");
    launchSleepers("busy", "a");
    assertEquals(0, run("delete", "--ended", "--older-than", "7d", "-f").code());
    assertEquals(List.of("busy", "done"), cluster.listExperiments());
    assertEquals(2, run("delete", "--older-than", "7d", "-f").code());
    assertEquals(2, run("delete", "busy", "--ended", "-f").code());
    assertEquals("deleted done\n", run("delete", "--ended", "-f").err());
    assertEquals(List.of("busy"), cluster.listExperiments());
    assertEquals(0, run("delete", "--ended", "-f").code());
  }

  @Test
  void deleteBatchMatchesWholeNamesAndShowsThemFirst() {
    launchSleepers("exp-1", "a");
    launchSleepers("exp-10", "a");
    launchSleepers("other", "a");
    assertEquals(3, run("delete-batch", "exp", "-f").code());
    assertEquals(0, run("delete-batch", "exp-1", "-f").code());
    assertEquals(List.of("exp-10", "other"), cluster.listExperiments());
    Ran asked = typing("no\n", "db", "exp-*", "o?her");
    assertEquals(1, asked.code());
    assertTrue(asked.err().contains("  experiment exp-10 (1 process, RUNNING)\n"), asked.err());
    assertEquals(List.of("exp-10", "other"), cluster.listExperiments());
    assertEquals(0, typing("yes\n", "db", "exp-*", "o?her").code());
    assertEquals(List.of(), cluster.listExperiments());
  }
}
