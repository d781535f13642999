package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.State;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes wrong in a cluster, as the user sees it. */
@ExtendWith(RealCluster.class)
final class FaultsClusterIT {
  private static ProcessStatus await(
      KubeCluster cluster, String experiment, String process, String... reasons) {
    ProcessName name = new ProcessName(null, process);
    KubeTest.waitFor(
        process + " is " + String.join(" or ", reasons),
        () ->
            List.of(reasons)
                .contains(String.valueOf(cluster.describeProcess(experiment, name).reason())));
    return cluster.describeProcess(experiment, name);
  }

  private static void assertMessage(ProcessStatus status, String part) {
    String message = String.valueOf(status.message());
    assertTrue(message.contains(part), message);
  }

  /** As {@code p} shows it. */
  private static ProcessStatus shown(KubeCluster cluster, String experiment, ProcessName name) {
    return Objects.requireNonNull(cluster.describeExperiment(experiment).process(name));
  }

  @Test
  void eachHasItsStateReasonAndMessage(KubeTest test) {
    KubeCluster cluster = test.cluster();
    String name = test.name("faults");
    KubeExperimentSpec experiment = cluster.newExperiment(name);
    experiment.newProcess("unschedulable").command("true").nodeSelector("no", "such");
    experiment.newProcess("imageless").image("localhost/no-such-image:1").command("true");
    experiment
        .newProcess("greedy")
        .shell("x=12345678; while :; do x=$x$x; done")
        .resourceRequest(null, "16Mi")
        .resourceLimit(null, "16Mi");
    experiment.newProcess("looping").shell("exit 3").restart(RestartPolicy.always());
    experiment.newProcess("failing").shell("exit 9");
    experiment.newProcess("volumeless").command("true").mountSecret("no-such", "/secret");
    cluster.launch(experiment);

    ProcessStatus unschedulable = await(cluster, name, "unschedulable", "Unschedulable");
    assertEquals(State.PENDING, unschedulable.state());
    assertMessage(unschedulable, "node");

    ProcessStatus imageless =
        await(cluster, name, "imageless", "ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull");
    assertEquals(State.PENDING, imageless.state());
    assertMessage(imageless, "no-such-image");

    ProcessName volumeless = new ProcessName(null, "volumeless");
    KubeTest.waitFor(
        "a reason of volumeless", () -> shown(cluster, name, volumeless).message() != null);
    assertEquals("ContainerCreating", shown(cluster, name, volumeless).reason());
    assertMessage(shown(cluster, name, volumeless), "secret \"no-such\" not found");

    ProcessStatus greedy = await(cluster, name, "greedy", "OOMKilled", "SignalKilled");
    // A busy node may see the end of a container before it hears that memory was the reason, and
    // says Error for ever, of which Symphony makes SignalKilled.
    for (int again = 0; again < 3 && !"OOMKilled".equals(greedy.reason()); again++) {
      assertEquals(137, greedy.exitCode());
      cluster.restart(name, List.of(greedy.name()));
      greedy = await(cluster, name, "greedy", "OOMKilled", "SignalKilled");
    }
    assertEquals("OOMKilled", greedy.reason());
    assertEquals(State.FAILED, greedy.state());
    assertEquals(137, greedy.exitCode());

    ProcessStatus failing = await(cluster, name, "failing", "Error");
    assertEquals(State.FAILED, failing.state());
    assertEquals(9, failing.exitCode());

    ProcessStatus looping = await(cluster, name, "looping", "CrashLoopBackOff");
    assertTrue(looping.restarts() >= 1, looping.toString());

    ProcessName loop = new ProcessName(null, "looping");
    assertEquals(List.of(loop), cluster.stop(name, List.of(loop)));
    assertEquals(State.STOPPED, cluster.describeProcess(name, loop).state());
    ProcessName image = new ProcessName(null, "imageless");
    assertEquals(List.of(image), cluster.stop(name, List.of(image)));
    assertEquals(State.STOPPED, cluster.describeProcess(name, image).state());
    assertEquals(List.of(volumeless), cluster.stop(name, List.of(volumeless)));
    ProcessName never = new ProcessName(null, "unschedulable");
    assertEquals(List.of(never), cluster.stop(name, List.of(never)));

    assertEquals(
        State.FAILED,
        cluster.await(name, List.of(), Duration.ofSeconds(10), false, f -> {}).outcome());
    cluster.delete(name);
  }
}
