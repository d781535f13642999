package dev.symphony.engine.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** kill -9 of the launching program at any moment leaves nothing that delete cannot remove. */
public abstract class KilledPromises extends Promises {
  private static final int ROUNDS = 16;
  private static final int PROCESSES = 60;

  @Test
  void aLaunchThatIsKilledLeavesAWholeExperimentOrOneThatDeleteRemoves() throws Exception {
    environment.put("SYMPHONY_PORT_RANGE", "10000-30000");
    String started = file("started").toString();
    List<String> command =
        Jvm.command(
            LaunchingProgram.class,
            backend(),
            LaunchingProgram.join(options()),
            "" + PROCESSES,
            "echo $$ >>" + started + "; exec sleep 600",
            NAME);
    int prepared = 0;
    int claimed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int stage = round % 4;
      try (Jvm program = Jvm.start(command, environment, work())) {
        assertEquals("ready", program.line());
        program.tell("go");
        Eventually.that("stage " + stage, () -> reached(stage));
        Eventually.after(ThreadLocalRandom.current().nextLong(20_000_000));
        program.kill();
      }
      int before = unnamed().size();
      prepared += before > 0 ? 1 : 0;
      claimed += checkAndDelete();
    }
    System.out.println(
        "of "
            + ROUNDS
            + " killed launches "
            + claimed
            + " had claimed their name, and when "
            + prepared
            + " were killed there was a directory without one");

    // What the killed ones had prepared is swept away by the next launch.
    ExperimentSpec experiment = experiment();
    experiment.newProcess("p").command("true");
    cluster.launch(experiment);
    ended();
    for (String directory : unnamed()) {
      // One that does not even say yet who was at it stays for an hour, and holds nothing else.
      List<String> names = below(state().resolve(directory));
      assertTrue(List.of("index", "phase").containsAll(names), names.toString());
    }
  }

  /** The directories that have no experiment's name: prepared, or about to be removed. */
  private List<String> unnamed() throws Exception {
    // Not below(…): what is being renamed cannot be walked through.
    String folder = backend() + "/experiments";
    String[] found = state().resolve(folder).toFile().list();
    List<String> names = new ArrayList<>();
    for (String name : found == null ? new String[0] : found) {
      if (name.startsWith(".")) {
        names.add(folder + "/" + name);
      }
    }
    return names;
  }

  /** How far a launch has come: begun, preparing, named, running. */
  private boolean reached(int stage) throws Exception {
    return switch (stage) {
      case 0 -> true;
      case 1 -> !unnamed().isEmpty();
      case 2 -> cluster.listExperiments().contains(NAME);
      default -> Files.exists(file("started"));
    };
  }

  /** Returns 1 where there was an experiment. */
  private int checkAndDelete() throws Exception {
    Path started = file("started");
    int found = 0;
    if (cluster.listExperiments().contains(NAME)) {
      found = 1;
      ExperimentStatus status = cluster.describeExperiment(NAME);
      assertEquals(PROCESSES, status.processes().size());
      cluster.delete(NAME);
    }
    assertEquals(List.of(), cluster.listExperiments());
    Eventually.is("what runs", List.of(), () -> Pids.mentioning(state() + "/"));
    for (String pid : Pids.text(started).lines().toList()) {
      assertTrue(!Pids.alive(Long.parseLong(pid)), "process " + pid + " still runs");
    }
    Files.deleteIfExists(started);
    return found;
  }

  @Test
  void anExperimentOutlivesTheProgramThatLaunchedIt() throws Exception {
    List<String> command =
        Jvm.command(
            LaunchingProgram.class,
            backend(),
            LaunchingProgram.join(options()),
            "3",
            "echo up; exec sleep 600",
            NAME);
    try (Jvm program = Jvm.start(command, environment, work())) {
      assertEquals("ready", program.line());
      program.tell("go");
      assertTrue(program.line().startsWith("launched"));
      program.kill();
    }
    for (String process : List.of("p-0", "p-1", "p-2")) {
      awaitState(process, State.RUNNING);
      Eventually.is("log", "up\n", () -> log(process));
    }
    assertEquals(3, cluster.stop(NAME, List.of()).size());
    assertEquals(State.STOPPED, ended().outcome());
  }
}
