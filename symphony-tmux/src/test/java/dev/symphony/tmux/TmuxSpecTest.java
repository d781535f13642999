package dev.symphony.tmux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TmuxSpecTest {
  @TempDir private Path directory;

  private TmuxExperimentSpec load(String yaml) {
    Path file = directory.resolve("experiment.yaml");
    write(file, yaml);
    return ExperimentSpec.load(file, TmuxExperimentSpec::new);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

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

  @Test
  void whatIsSaidToTmuxAloneIsSavedAndLoaded() {
    TmuxExperimentSpec experiment = new TmuxExperimentSpec("rl").startDir("/start");
    experiment.preambleCmds("one");
    experiment.newProcessGroup("g").startDir("/g").newProcess("p").command("true");
    experiment.newProcess("q").command("true").startDir("/own");
    TmuxExperimentSpec loaded = load(experiment.toYaml());
    assertEquals(experiment.toPlain(), loaded.toPlain());
    assertEquals("/start", loaded.getStartDir());
    assertEquals("/start", loaded.newProcess("later").getWorkingDirectory());
    assertEquals("/g", loaded.getProcessGroup("g").newProcess("r").getWorkingDirectory());
  }

  @Test
  void filesSayItInASectionOfTmux() {
    TmuxExperimentSpec loaded =
        load(
            """
            name: rl
            preamble: two
            tmux: {startDir: /start, preambleCmds: one}
            groups:
            - name: g
              tmux: {preambleCmds: [three, four]}
              processes: [{name: p, command: ["true"]}]
            processes:
            - {name: q, command: ["true"], tmux: {startDir: /own}}
            """);
    assertEquals(List.of("one", "two"), loaded.getPreamble());
    assertEquals(List.of("three", "four"), loaded.getProcessGroup("g").getPreamble());
    assertEquals("/start", loaded.getProcessGroup("g").getProcess("p").getWorkingDirectory());
    assertEquals("/own", loaded.getProcess("q").getWorkingDirectory());
    assertEquals(loaded.toPlain(), load(loaded.toYaml()).toPlain());
  }

  @Test
  void aFileKeepsTheDirectoryOfItsClusterUnlessItNamesOne() {
    for (String said : List.of("{preambleCmds: one}", "{startDir: /own}")) {
      Path file = directory.resolve("experiment.yaml");
      write(file, "name: rl\ntmux: " + said + "\nprocesses: [{name: p, command: ['true']}]\n");
      TmuxExperimentSpec loaded =
          ExperimentSpec.load(
              file, name -> new TmuxExperimentSpec(name).startDir("/of-the-cluster"));
      String expected = said.contains("/own") ? "/own" : "/of-the-cluster";
      assertEquals(expected, loaded.getProcess("p").getWorkingDirectory());
    }
  }

  @Test
  void whatNobodyReadsIsRefusedWithItsLine() {
    for (String section :
        List.of("{color: red}", "{startDir: 1}", "{preambleCmds: [1]}", "nothing")) {
      SymphonyException refusal =
          assertThrows(
              SymphonyException.class,
              () -> load("name: rl\ntmux: " + section + "\nprocesses: []\n"));
      assertTrue(refusal.getMessage().contains("line 2"), refusal.getMessage());
    }
    SymphonyException refusal =
        assertThrows(
            SymphonyException.class,
            () -> load("name: rl\nprocesses: [{name: p, tmux: {preambleCmds: [a]}}]\n"));
    assertTrue(refusal.getMessage().contains("'preambleCmds'"), refusal.getMessage());
    assertThrows(
        SymphonyException.class, () -> load("name: rl\nlocal: {color: red}\nprocesses: []\n"));
  }
}
