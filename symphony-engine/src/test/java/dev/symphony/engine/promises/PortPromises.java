package dev.symphony.engine.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.LaunchPlan;
import dev.symphony.engine.PortTakenException;
import dev.symphony.engine.State;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two launches never collide; ports stay with an experiment until it is deleted, then rest. */
public abstract class PortPromises extends Promises {
  @Test
  void twentyLaunchesAtOnceOfFourProgramsTwoStateDirectoriesAndTwoUsersShareNeitherPortNorName()
      throws Exception {
    Needs.root();
    Path open = Jvm.openDirectory();
    List<Jvm> programs = new ArrayList<>();
    Cluster foreign = null;
    try {
      String classPath = Jvm.classPathFor(open);
      Path mine = Files.createDirectory(open.resolve("mine"));
      Path others = Files.createDirectory(open.resolve("others"));
      Files.setAttribute(others, "unix:uid", Jvm.STRANGER);
      for (int i = 0; i < 4; i++) {
        boolean stranger = i >= 2;
        Path home = stranger ? others : mine;
        Map<String, String> its = new HashMap<>(environment);
        its.put("HOME", home.toString());
        its.put("SYMPHONY_HOME", home.resolve("state").toString());
        its.put("TMUX_TMPDIR", home.toString());
        its.put("SYMPHONY_PORTS", open.resolve("ports").toString());
        // Of forty, which are few for 32, a launch may lose those it has planned too often.
        its.put("SYMPHONY_PORT_RANGE", firstPort + "-" + (firstPort + 79));
        List<String> command =
            Jvm.command(
                classPath,
                LaunchingProgram.class,
                backend(),
                LaunchingProgram.join(options()),
                "2",
                "exec sleep 600",
                "contested",
                "contested-too",
                "own-a" + i,
                "own-b" + i,
                "own-c" + i);
        programs.add(Jvm.start(stranger ? Jvm.asStranger(command) : command, its, home));
      }
      for (Jvm program : programs) {
        assertEquals("ready", program.line());
      }
      for (Jvm program : programs) {
        program.tell("go");
      }
      Map<String, Integer> launched = new HashMap<>();
      List<String> ports = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        for (String line : programs.get(i).lines()) {
          String[] words = line.split(" ");
          if (words[0].equals("launched")) {
            launched.merge((i / 2) + words[1], 1, Integer::sum);
            ports.addAll(List.of(words).subList(2, words.length));
          } else {
            assertTrue(line.startsWith("refused contested") && line.contains(" 4 "), line);
          }
        }
      }
      assertEquals(16, launched.size(), launched.toString());
      assertEquals(Set.of(1), new HashSet<>(launched.values()), launched.toString());
      assertEquals(32, ports.size());
      assertEquals(32, new HashSet<>(ports).size(), ports.toString());
    } finally {
      for (Jvm program : programs) {
        program.close();
      }
      end(open.resolve("mine"));
      end(open.resolve("others"));
      endBackend(open);
      Eventually.is("what runs", List.of(), () -> Pids.mentioning(open + "/"));
      Jvm.remove(open);
    }
  }

  /** Deletes all that was launched below a home, whoever did. */
  private void end(Path home) {
    Map<String, String> its = new HashMap<>(environment);
    its.put("HOME", home.toString());
    its.put("SYMPHONY_HOME", home.resolve("state").toString());
    its.put("TMUX_TMPDIR", home.toString());
    its.put("SYMPHONY_PORTS", home.resolveSibling("ports").toString());
    try (Cluster theirs = open(dev.symphony.spi.ClusterContext.of(its, home))) {
      for (String experiment : theirs.listExperiments()) {
        theirs.delete(experiment);
      }
    }
  }

  @Test
  void aPortThatAnotherLaunchTookMeanwhileIsReplacedUnlessItWasNamed() throws Exception {
    ExperimentSpec first = cluster.newExperiment("first");
    first.newProcess("p").binds("s").command("true");
    LaunchPlan plan = cluster.plan(first);
    int port = plan.services().get(0).port();
    ExperimentSpec named = cluster.newExperiment("named");
    named.newProcess("p").binds("s", port).command("true");
    cluster.launch(named);

    PortTakenException taken =
        org.junit.jupiter.api.Assertions.assertThrows(
            PortTakenException.class, () -> cluster.launch(plan));
    assertTrue(taken.chosen());
    String message = String.valueOf(taken.getMessage());
    assertTrue(message.contains(port + "") && message.contains("named"), message);
    assertNotEquals(port, cluster.launch(first).services().get(0).port());

    ExperimentSpec again = cluster.newExperiment("again");
    again.newProcess("p").binds("s", port).command("true");
    taken =
        org.junit.jupiter.api.Assertions.assertThrows(
            PortTakenException.class, () -> cluster.launch(again));
    assertTrue(!taken.chosen());
    assertEquals(List.of("first", "named"), cluster.listExperiments());
  }

  @Test
  void portsStayThroughStopAndStartAndRestAfterDelete() throws Exception {
    environment.put("SYMPHONY_PORT_RANGE", firstPort + "-" + (firstPort + 1));
    cluster = open(context());
    ExperimentSpec experiment = experiment();
    experiment.newProcess("p").binds("s").shell("echo $SYMPH_S_PORT", "exec sleep 600");
    int port = cluster.launch(experiment).services().get(0).port();
    Eventually.is("log", port + "\n", () -> log("p"));
    cluster.stop(NAME, List.of());
    ExperimentSpec second = cluster.newExperiment("second");
    second.newProcess("p").binds("s").command("true");
    assertNotEquals(port, cluster.launch(second).services().get(0).port());
    cluster.start(NAME, List.of());
    Eventually.is("log", port + "\n" + port + "\n", () -> log("p"));
    cluster.restart(NAME, List.of());
    Eventually.is("log", (port + "\n").repeat(3), () -> log("p"));
    assertEquals(port, cluster.services(NAME).get(0).port());

    cluster.delete("second");
    ExperimentSpec third = cluster.newExperiment("third");
    third.newProcess("p").binds("s").command("true");
    String message = refusalInOneLine(() -> cluster.launch(third));
    assertTrue(message.contains("two minutes"), message);
  }

  @Test
  void startNamesThePortThatAForeignProgramTookMeanwhile() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment.newProcess("p").binds("s").command("sleep", "600");
    int port = cluster.launch(experiment).services().get(0).port();
    cluster.stop(NAME, List.of());
    try (ServerSocket foreign = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      String message = refusalInOneLine(() -> cluster.start(NAME, List.of()));
      assertTrue(message.contains("p, service s") && message.contains(port + ""), message);
      assertEquals(State.STOPPED, status("p").state());
    }
    cluster.start(NAME, List.of());
    awaitState("p", State.RUNNING);
  }
}
