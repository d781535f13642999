package dev.symphony.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.State;
import org.junit.jupiter.api.Test;

/** What the names mean that people type. */
class MatchingTest extends OnThisHost {
  @Test
  void usesTheOnlyCandidateWithAWarning() {
    launchSleepers("rl", "learner", "agent-0");
    Ran ran = run("logs", "lear");
    assertEquals(0, ran.code(), ran.err());
    assertEquals("warning: there is no process 'lear'; this is about learner", ran.error());
    assertEquals(0, run("p", "r").code());
  }

  @Test
  void listsSeveralCandidatesWhereNobodyCanBeAsked() {
    launchSleepers("rl", "agent-0", "agent-1");
    Ran ran = run("describe", "agent");
    assertEquals(2, ran.code());
    assertEquals("error: 'agent' is the name of no process; write agent-0 or agent-1", ran.error());
  }

  @Test
  void asksAPersonWhichCandidateIsMeant() {
    launchSleepers("rl", "agent-0", "agent-1");
    Ran second = typing("2\n", "describe", "agent", "-o", "name");
    assertEquals("agent-1\n", second.out());
    Ran enter = typing("\n", "describe", "agent", "-o", "name");
    assertEquals("agent-0\n", enter.out());
    Ran wrongFirst = typing("9\nx\n1\n", "describe", "agent", "-o", "name");
    assertEquals("agent-0\n", wrongFirst.out());
    Ran quit = typing("q\n", "describe", "agent");
    assertEquals(1, quit.code());
    assertEquals("", quit.out());
    assertTrue(quit.err().endsWith("nothing was done\n"), quit.err());
    assertEquals(1, typing("", "describe", "agent").code());
  }

  @Test
  void asksWhichOfTheSameNameInTwoGroups() {
    launchSleepers("rl", "left/worker", "right/worker");
    Ran ran = run("describe", "worker");
    assertEquals(2, ran.code());
    assertTrue(ran.error().contains("left/worker or right/worker"), ran.err());
    assertEquals("right/worker\n", run("describe", "right/worker", "-o", "name").out());
  }

  @Test
  void takesGroupAndProcessExactly() {
    launchSleepers("rl", "left/worker");
    Ran ran = run("logs", "wrong/worker");
    assertEquals(3, ran.code());
    assertTrue(
        ran.error().contains("experiment rl has no process 'wrong/worker'; it has left/worker"),
        ran.err());
  }

  @Test
  void guessesNoExperimentThatItWouldStopOrDelete() {
    launchSleepers("run-one", "a");
    for (String command : new String[] {"stop", "delete", "restart", "start"}) {
      Ran ran = run(command, "run");
      assertEquals(2, ran.code());
      assertEquals("error: 'run' is the name of no experiment; write run-one", ran.error());
    }
    assertEquals(State.RUNNING, state("run-one", "a"));
    assertEquals(0, typing("1\n", "stop", "run").code());
    assertEquals(State.STOPPED, state("run-one", "a"));
  }

  @Test
  void takesAGroupAndPatternsOfWholeNames() {
    launchSleepers("rl", "agent-1", "agent-10", "g/agent-2", "g/eval");
    assertEquals(0, run("stop", "-p", "g/").code());
    assertEquals(State.STOPPED, state("rl", "g/eval"));
    assertEquals(State.RUNNING, state("rl", "agent-1"));
    assertEquals(3, run("stop", "-p", "agent*x").code());
    assertEquals(3, run("stop", "-p", "gent-*").code());
    assertEquals(0, run("stop", "-p", "agent-?").code());
    assertEquals(State.STOPPED, state("rl", "agent-1"));
    assertEquals(State.RUNNING, state("rl", "agent-10"));
  }

  @Test
  void saysWhereAProcessBelongsThatStandsForAnExperiment() {
    launchSleepers("rl", "agent-0");
    Ran ran = run("stop", "agent-0");
    assertEquals(3, ran.code());
    assertTrue(ran.error().contains("write -p agent-0"), ran.err());
    assertEquals(State.RUNNING, state("rl", "agent-0"));
    for (String[] command : new String[][] {{"p", "agent-0"}, {"delete", "-f", "agent-0"}}) {
      Ran other = run(command);
      assertEquals(3, other.code());
      assertEquals(
          "error: there is no experiment 'agent-0' on local; agent-0 is a process of experiment rl",
          other.error());
    }
  }

  @Test
  void meansTheOnlyExperimentElseTheCurrentOneElseNone() {
    assertEquals(3, run("p").code());
    launchSleepers("one", "a");
    assertEquals("one\n", run("switch-experiment").out());
    launchSleepers("two", "b");
    Ran unclear = run("p");
    assertEquals(2, unclear.code());
    assertTrue(unclear.error().contains("one, two"), unclear.err());
    assertEquals(0, run("e", "two").code());
    assertEquals("b\n", run("p", "-o", "name").out());
    assertEquals(3, run("e", "three").code());
    assertEquals("two\n", run("se").out());
  }
}
