package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.AlreadyExistsException;
import dev.symphony.engine.LogOptions;
import dev.symphony.engine.LogStream;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import dev.symphony.engine.UsageException;
import dev.symphony.engine.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From launch to deletion, as a user's program does it. */
@ExtendWith(RealCluster.class)
final class LifeClusterIT {
  private static final ProcessName AGENT = new ProcessName(null, "agent");
  private static final ProcessName LEARNER = new ProcessName("nonagent", "learner");
  private static final ProcessName REPLAY = new ProcessName("nonagent", "replay");

  /** So long that also on a busy node each ends by itself. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private static KubeExperimentSpec experiment(KubeCluster cluster, String name) {
    KubeExperimentSpec experiment = cluster.newExperiment(name);
    experiment.newProcess("agent").shell(untilStopped()).gracePeriod(GRACE);
    KubeProcessGroupSpec group = experiment.newProcessGroup("nonagent");
    group.newProcess("learner").shell(untilStopped()).gracePeriod(GRACE);
    group.newProcess("replay").command("echo", "done");
    return experiment;
  }

  private static String untilStopped() {
    return "trap 'echo bye; exit 7' TERM; hostname; while :; do sleep 0.1; done";
  }

  private static State state(KubeCluster cluster, String name, ProcessName process) {
    return cluster.describeProcess(name, process).state();
  }

  private static void waitForState(
      KubeCluster cluster, String name, ProcessName process, State state) {
    KubeTest.waitFor(process + " is " + state, () -> state(cluster, name, process) == state);
  }

  @Test
  void launchesStopsStartsAgainAndDeletes(KubeTest test) {
    KubeCluster cluster = test.cluster();
    String name = test.name("life");
    cluster.launch(experiment(cluster, name));

    assertEquals(List.of(name), own(cluster, name));
    waitForState(cluster, name, AGENT, State.RUNNING);
    waitForState(cluster, name, LEARNER, State.RUNNING);
    waitForState(cluster, name, REPLAY, State.SUCCEEDED);

    assertEquals(List.of(AGENT), cluster.stop(name, List.of(AGENT)));
    ProcessStatus stopped = cluster.describeProcess(name, AGENT);
    assertEquals(State.STOPPED, stopped.state());
    assertEquals("agent\nbye\n", log(cluster, name, AGENT));
    assertEquals(State.RUNNING, state(cluster, name, LEARNER));
    assertEquals(List.of(), cluster.stop(name, List.of(AGENT)), "it has ended already");

    UsageException part =
        assertThrows(UsageException.class, () -> cluster.stop(name, List.of(LEARNER)));
    assertTrue(part.getMessage().contains("-p nonagent/"), part.getMessage());
    assertEquals(List.of(LEARNER), cluster.stop(name, List.of(LEARNER, REPLAY)));
    assertEquals(State.STOPPED, state(cluster, name, LEARNER));
    assertEquals(State.SUCCEEDED, state(cluster, name, REPLAY), "it had ended by itself");
    Verdict verdict = cluster.await(name, List.of(), Duration.ofSeconds(10), false, f -> {});
    assertEquals(State.STOPPED, verdict.outcome());

    assertEquals(List.of(AGENT), cluster.start(name, List.of(AGENT)));
    waitForState(cluster, name, AGENT, State.RUNNING);
    assertEquals(List.of(), cluster.start(name, List.of(AGENT)), "it runs already");
    assertNotNull(test.api().find("/api/v1/namespaces/" + name + "/pods/agent.r2"));
    assertNotNull(test.api().find("/api/v1/namespaces/" + name + "/pods/agent"));
    KubeTest.waitFor(
        "the log of both attempts, with one host name",
        () -> log(cluster, name, AGENT).equals("agent\nbye\nagent\n"));
    assertEquals(3, cluster.describeExperiment(name).processes().size());

    assertEquals(3, cluster.restart(name, List.of()).size());
    waitForState(cluster, name, AGENT, State.RUNNING);
    waitForState(cluster, name, LEARNER, State.RUNNING);
    assertNotNull(test.api().find("/api/v1/namespaces/" + name + "/pods/agent.r3"));

    cluster.delete(name);

    assertEquals(List.of(), own(cluster, name));
    assertEquals(null, test.api().find("/api/v1/namespaces/" + name));
  }

  @Test
  void whatIsOnNoNodeIsStoppedAndStartedToo(KubeTest test) {
    KubeCluster cluster = test.cluster();
    String name = test.name("wait");
    KubeExperimentSpec experiment = cluster.newExperiment(name);
    experiment.newProcess("agent").command("true").nodeSelector("no", "such");
    cluster.launch(experiment);
    KubeTest.waitFor(
        "the scheduler has looked at it",
        () -> "Unschedulable".equals(cluster.describeProcess(name, AGENT).reason()));

    assertEquals(List.of(AGENT), cluster.stop(name, List.of()));

    ProcessStatus stopped = cluster.describeProcess(name, AGENT);
    assertEquals(State.STOPPED, stopped.state());
    assertEquals(List.of(), cluster.stop(name, List.of()));
    assertEquals(List.of(AGENT), cluster.start(name, List.of()));
    assertEquals(State.PENDING, state(cluster, name, AGENT));
    cluster.delete(name);
  }

  @Test
  void whatHangsBeforeItRunsIsStoppedAndStartedToo(KubeTest test) {
    KubeCluster cluster = test.cluster();
    String name = test.name("hang");
    KubeExperimentSpec experiment = cluster.newExperiment(name);
    experiment.newProcess("agent").command("true").mountSecret("no-such", "/secret");
    cluster.launch(experiment);
    KubeTest.waitFor(
        "it hangs",
        () -> "ContainerCreating".equals(cluster.describeProcess(name, AGENT).reason()));

    assertEquals(List.of(AGENT), cluster.stop(name, List.of()));

    assertEquals(State.STOPPED, state(cluster, name, AGENT));
    assertEquals(List.of(AGENT), cluster.start(name, List.of()));
    assertEquals(State.PENDING, state(cluster, name, AGENT));
    assertEquals(List.of(AGENT), cluster.restart(name, List.of()));
    assertEquals(State.PENDING, state(cluster, name, AGENT));
    assertEquals(1, cluster.describeExperiment(name).processes().size());
    cluster.delete(name);
  }

  @Test
  void twoStartsAtOnceMakeOnePod(KubeTest test) throws Exception {
    KubeCluster cluster = test.cluster();
    String name = test.name("twice");
    KubeExperimentSpec experiment = cluster.newExperiment(name);
    experiment.newProcess("agent").command("true");
    cluster.launch(experiment);
    waitForState(cluster, name, AGENT, State.SUCCEEDED);

    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    Thread[] threads = new Thread[2];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(() -> cluster.start(name, List.of()));
      threads[i].setUncaughtExceptionHandler((thread, e) -> failures.add(e));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertEquals(List.of(), failures);
    waitForState(cluster, name, AGENT, State.SUCCEEDED);
    cluster.delete(name);
  }

  @Test
  void oneOfTwoLaunchesAtOnceHasTheName(KubeTest test) throws Exception {
    KubeCluster cluster = test.cluster();
    String name = test.name("race");
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    Thread[] threads = new Thread[3];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(() -> cluster.launch(experiment(cluster, name)));
      threads[i].setUncaughtExceptionHandler((thread, e) -> failures.add(e));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertEquals(2, failures.size());
    for (Throwable failure : failures) {
      assertTrue(failure instanceof AlreadyExistsException, failure.toString());
    }
    waitForState(cluster, name, LEARNER, State.RUNNING);
    cluster.delete(name);
  }

  @Test
  void aServerChecksAPlanWithoutMakingAnything(KubeTest test) {
    KubeCluster cluster = test.cluster();
    String name = test.name("check");

    List<String> notes = cluster.validate(cluster.plan(experiment(cluster, name)));

    assertTrue(notes.get(0).contains("is still to be made"), notes.toString());
    assertEquals(List.of(), own(cluster, name));
  }

  private static String log(KubeCluster cluster, String name, ProcessName process) {
    StringBuilder text = new StringBuilder();
    try (LogStream log = cluster.logs(name, process, LogOptions.all())) {
      int read = 0;
      while (read >= 0) {
        read =
            log.poll(
                (bytes, offset, length, millis) ->
                    text.append(new String(bytes, offset, length, StandardCharsets.UTF_8)));
        if (read == 0) {
          Thread.sleep(10);
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
    // The shell may say so of its sleep.
    return text.toString().replace("Terminated\n", "");
  }

  private static List<String> own(KubeCluster cluster, String name) {
    return cluster.listExperiments().stream().filter(name::equals).toList();
  }
}
