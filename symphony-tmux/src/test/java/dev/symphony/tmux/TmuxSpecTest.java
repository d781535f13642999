package dev.symphony.tmux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessSpec;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import org.junit.jupiter.api.Test;

class TmuxSpecTest {
  /** Each neutral setter returns the backend's own type, so that calls can be chained on. */
  private static void returnsItself(Class<?> neutral, Class<?> own) throws Exception {
    int setters = 0;
    for (Method method : neutral.getDeclaredMethods()) {
      int modifiers = method.getModifiers();
      if (Modifier.isPublic(modifiers)
          && !Modifier.isStatic(modifiers)
          && !Modifier.isFinal(modifiers)
          && !method.isBridge()
          && method.getReturnType() == neutral
          && !method.getName().startsWith("get")) {
        assertEquals(
            own,
            own.getDeclaredMethod(method.getName(), method.getParameterTypes()).getReturnType(),
            method.toString());
        setters++;
      }
    }
    assertTrue(setters > 2, neutral + " has lost its setters");
  }

  @Test
  void everyNeutralSetterReturnsTheOwnType() throws Exception {
    returnsItself(ExperimentSpec.class, TmuxExperimentSpec.class);
    returnsItself(ProcessGroupSpec.class, TmuxProcessGroupSpec.class);
    returnsItself(ProcessSpec.class, TmuxProcessSpec.class);
  }

  @Test
  void makesProcessesAndGroupsOfItsOwnType() {
    TmuxExperimentSpec experiment = new TmuxExperimentSpec("rl");
    TmuxProcessGroupSpec group = experiment.newProcessGroup("nonagent");
    TmuxProcessSpec learner = group.newProcess("learner").command("true").startDir("/tmp");
    List<TmuxProcessSpec> agents =
        experiment.newProcesses("agent", 2, (agent, i) -> agent.command("agent", "" + i));
    assertEquals("agent-1", agents.get(1).getName());
    assertEquals(2, group.newProcesses("replica", 2).size());
    assertEquals("/tmp", learner.getWorkingDirectory());
    assertInstanceOf(TmuxProcessSpec.class, experiment.getProcess("agent-0"));
    StringBuilder said = new StringBuilder();
    learner.on(TmuxProcessSpec.class, own -> said.append(own.getName()));
    assertEquals("learner", said.toString());
  }

  @Test
  void startDirIsThatOfAllThatNameNoneWhateverTheOrder() {
    TmuxExperimentSpec experiment = new TmuxExperimentSpec("rl");
    experiment.newProcess("before").command("true");
    experiment.newProcess("own").command("true").workingDirectory("/own");
    experiment.newProcessGroup("g").newProcess("in-group").command("true");
    experiment.newProcessGroup("h").startDir("/h").newProcess("in-h").command("true");
    experiment.startDir("/start");
    experiment.newProcess("after").command("true");
    experiment.getProcessGroup("g").newProcess("later").command("true");
    experiment.addProcess(new ProcessSpec("neutral").command("true"));
    StringBuilder all = new StringBuilder();
    for (ProcessSpec process : experiment.listAllProcesses()) {
      all.append(process.getName()).append('=').append(process.getWorkingDirectory()).append(' ');
    }
    for (String expected :
        List.of(
            "before=/start",
            "own=/own",
            "in-group=/start",
            "in-h=/h",
            "after=/start",
            "later=/start",
            "neutral=/start")) {
      assertTrue((" " + all).contains(" " + expected + " "), expected + " not in " + all);
    }
  }

  @Test
  void preambleCmdsArePreamble() {
    TmuxExperimentSpec experiment = new TmuxExperimentSpec("rl").preambleCmds("one", "two");
    assertEquals(List.of("one", "two"), experiment.getPreamble());
    assertEquals(
        List.of("three"), experiment.newProcessGroup("g").preambleCmds("three").getPreamble());
  }
}
