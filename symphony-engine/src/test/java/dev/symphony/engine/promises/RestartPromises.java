package dev.symphony.engine.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.LogOptions;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.State;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Restart policies, counted and with pauses that grow; their logs keep every attempt. */
public abstract class RestartPromises extends Promises {
  private static final String NOW = "read -r up rest </proc/uptime; echo $up; ";

  @Test
  void eachPolicyRunsWhatItSaysAndNoMore() throws Exception {
    ExperimentSpec experiment = experiment();
    add(experiment, "never", RestartPolicy.never(), 1);
    add(experiment, "failure-2", RestartPolicy.onFailure(2), 1);
    add(experiment, "failure-0", RestartPolicy.onFailure(0), 1);
    add(experiment, "failure-ok", RestartPolicy.onFailure(), 0);
    add(experiment, "failure-accepted", RestartPolicy.onFailure(), 5);
    add(experiment, "always-1", RestartPolicy.always(1), 0);
    experiment
        .newProcess("until-third")
        .restart(RestartPolicy.onFailure())
        .shell("echo x >>" + file("tries"), "[ $(wc -l <" + file("tries") + ") = 3 ]");
    cluster.launch(experiment);
    assertEquals(State.FAILED, ended().outcome());
    assertRan("never", 1, State.FAILED);
    assertRan("failure-2", 3, State.FAILED);
    assertRan("failure-0", 1, State.FAILED);
    assertRan("failure-ok", 1, State.SUCCEEDED);
    assertRan("failure-accepted", 1, State.SUCCEEDED);
    assertRan("always-1", 2, State.SUCCEEDED);
    assertEquals(State.SUCCEEDED, status("until-third").state());
    assertEquals(2, status("until-third").restarts());

    List<String> times = log("failure-2").lines().toList();
    double first = Double.parseDouble(times.get(1)) - Double.parseDouble(times.get(0));
    double second = Double.parseDouble(times.get(2)) - Double.parseDouble(times.get(1));
    assertTrue(first >= 0.98 && second >= 1.98, "the pauses were " + first + " and " + second);
    assertEquals(times.get(1) + "\n", read(LogOptions.all().withPrevious(true), "failure-2"));
    assertEquals(times.get(2) + "\n", read(LogOptions.all().withTail(1), "failure-2"));
  }

  private static void add(ExperimentSpec experiment, String name, RestartPolicy policy, int code) {
    experiment
        .newProcess(name)
        .restart(policy)
        .successExitCodes(5)
        .command("sh", "-c", NOW + "exit " + code);
  }

  private void assertRan(String process, int times, State state) throws Exception {
    assertEquals(state, status(process).state(), process);
    assertEquals(times - 1, status(process).restarts(), process);
    assertEquals(times, log(process).lines().count(), process);
  }

  @Test
  void whileItWaitsItIsPendingAndItsUserStartsItAnew() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment
        .newProcess("p")
        .restart(RestartPolicy.onFailure())
        .shell("test ! -e " + file("well") + " || exec sleep 600", "exit 4");
    cluster.launch(experiment);
    ProcessStatus[] waiting = new ProcessStatus[1];
    Eventually.is(
        "reason",
        "BackOff",
        () -> {
          waiting[0] = status("p");
          return String.valueOf(waiting[0].reason());
        });
    assertEquals(State.PENDING, waiting[0].state());
    assertEquals(4, waiting[0].exitCode());
    Eventually.that("restarts", () -> status("p").restarts() >= 2);
    Files.createFile(file("well"));
    cluster.restart(NAME, List.of());
    awaitState("p", State.RUNNING);
    assertEquals(0, status("p").restarts(), "a new count");
  }
}
