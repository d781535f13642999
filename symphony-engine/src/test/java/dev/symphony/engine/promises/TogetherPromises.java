package dev.symphony.engine.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.AlreadyExistsException;
import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.LaunchOptions;
import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.State;
import dev.symphony.engine.SymphonyException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Several programs that act on one experiment at once never make a second copy of a process. */
public abstract class TogetherPromises extends Promises {
  private static final int ROUNDS = 12;

  private interface Action {
    void run(Cluster cluster, int round) throws Exception;
  }

  /** Runs an action again and again in several threads, each with a cluster of its own. */
  private List<String> together(int threads, Action action) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Callable<List<String>>> tasks = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      Cluster own = open(context());
      tasks.add(
          () -> {
            List<String> refused = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
              try {
                action.run(own, round);
              } catch (AlreadyExistsException | NotFoundException expected) {
                continue;
              } catch (SymphonyException e) {
                refused.add(String.valueOf(e.getMessage()));
              }
            }
            return refused;
          });
    }
    List<String> refused = new ArrayList<>();
    for (Future<List<String>> task : pool.invokeAll(tasks)) {
      refused.addAll(task.get());
    }
    pool.shutdown();
    return refused;
  }

  @Test
  void launchesThatReplaceEachOtherLeaveOneExperimentWithOneCopy() throws Exception {
    List<String> refused =
        together(
            3,
            (own, round) -> {
              ExperimentSpec experiment = own.newExperiment(NAME);
              experiment.newProcesses(
                  "p", 2, (p, i) -> p.shell("echo $$ >>" + file("pids"), "exec sleep 600"));
              own.launch(experiment, LaunchOptions.forced());
            });
    for (String message : refused) {
      // Some lose the race while their processes start; they say so.
      assertTrue(
          message.contains("deleted while it was being launched")
              || message.contains("machine refused"),
          message);
    }
    List<String> left = cluster.listExperiments();
    assertTrue(left.size() <= 1, left.toString());
    if (left.isEmpty()) {
      ExperimentSpec experiment = experiment();
      experiment.newProcesses(
          "p", 2, (p, i) -> p.shell("echo $$ >>" + file("pids"), "exec sleep 600"));
      cluster.launch(experiment);
    }
    awaitState("p-0", State.RUNNING);
    awaitState("p-1", State.RUNNING);
    Eventually.is("copies", 2L, this::copies);
    cluster.delete(NAME);
    assertEquals(0, copies());
  }

  private long copies() {
    List<Long> ours = Pids.mentioning(state().toString());
    return Pids.text(file("pids"))
        .lines()
        .filter(pid -> ours.contains(Long.parseLong(pid)))
        .distinct()
        .count();
  }

  @Test
  void stopsAndStartsAtOnceNeverRunTwoCopies() throws Exception {
    Needs.program("flock");
    ExperimentSpec experiment = experiment();
    experiment
        .newProcess("p")
        .restart(RestartPolicy.always())
        .command("sh", "-c", "flock -n -E 99 lock sleep 0.4; [ $? != 99 ] || echo double >>double");
    cluster.launch(experiment);
    Random random = new Random();
    List<String> refused =
        together(
            3,
            (own, round) -> {
              switch (random.nextInt(3)) {
                case 0 -> own.stop(NAME, List.of());
                case 1 -> own.start(NAME, List.of());
                default -> own.restart(NAME, List.of());
              }
            });
    assertEquals(List.of(), refused);
    cluster.stop(NAME, List.of());
    assertEquals(State.STOPPED, status("p").state());
    assertFalse(Files.exists(file("double")));
    cluster.start(NAME, List.of());
    awaitState("p", State.RUNNING);
  }
}
