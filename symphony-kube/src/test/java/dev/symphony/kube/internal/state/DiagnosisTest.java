package dev.symphony.kube.internal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
  private static final String DEADLINE =
      "Pod was active on the node longer than the specified deadline";

  private static ProcessStatus status(String pod) {
    return status(Recorded.pod(pod), pod);
  }

  private static ProcessStatus status(Pod pod, String container) {
    return Pods.status(new ProcessName(pod.group, container), container, pod);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "fresh, PENDING, -",
        "unschedulable, PENDING, Unschedulable",
        "nomount, PENDING, ContainerCreating",
        "errimage, PENDING, ErrImagePull",
        "noimage, PENDING, ImagePullBackOff",
        "badimage, PENDING, InvalidImageName",
        "noconfig, PENDING, CreateContainerConfigError",
        "initrun, PENDING, PodInitializing",
        "initloop, PENDING, Init:CrashLoopBackOff",
        "crash, PENDING, CrashLoopBackOff",
        "oomloop, PENDING, CrashLoopBackOff",
        "running, RUNNING, -",
        "unready, RUNNING, -",
        "slowterm, RUNNING, -",
        "lost, UNKNOWN, NodeLost",
        "done, SUCCEEDED, -",
        "accepted, SUCCEEDED, -",
        "failing, FAILED, Error",
        "signal, FAILED, SignalKilled",
        "sig2, FAILED, SignalKilled",
        "oom, FAILED, OOMKilled",
        "nocommand, FAILED, StartError",
        "initfail, FAILED, Init:Error",
        "evicted, FAILED, Evicted",
        "deadline, FAILED, DeadlineExceeded",
        "refused, FAILED, OutOfcpu",
        "stopimage, STOPPED, -",
        "crashstop, STOPPED, -",
      })
  void stateAndReason(String pod, State state, String reason) {
    ProcessStatus status = status(pod);
    assertEquals(state, status.state());
    assertEquals(reason, status.reason());
    Pod recorded = Recorded.pod(pod);
    Container container = Pod.container(recorded.containers, pod);
    assertEquals(
        state.hasEnded(), new Diagnosis(status.name(), recorded, container).hasEnded(), pod);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "unschedulable | 0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate,"
            + " preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
        "noconfig | secret \"nope\" not found",
        "initrun | init container clone runs",
        "initloop | init container clone: exit code 5",
        "initfail | init container clone: exit code 128",
        "crash | exit code 1; waits before it runs again",
        "oomloop | OOMKilled, exit code 137; waits before it runs again",
        "running | -",
        "slowterm | being deleted",
        "lost | node node-1 does not answer",
        "done | -",
        "failing | -",
        "signal | ended by signal 9",
        "oom | -",
        "evicted | Pod ephemeral local storage usage exceeds the total limit of containers 10Mi.",
        "deadline | " + DEADLINE,
        "stopimage | by me@host",
      })
  void messageForPeople(String pod, String message) {
    assertEquals(message, status(pod).message());
  }

  @Test
  void endedProcessTellsCodeSignalAndTimes() {
    ProcessStatus status = status("oom");
    assertEquals(137, status.exitCode());
    assertEquals(9, status.signal());
    assertEquals(Instant.parse("2026-11-27T09:09:20Z"), status.start());
    assertEquals(Instant.parse("2026-11-27T09:09:21Z"), status.end());
    assertEquals("node-1", status.node());
    assertFalse(status.ready());
  }

  @Test
  void readyIsTheContainersOwn() {
    assertTrue(status("running").ready());
    assertFalse(status("unready").ready());
    assertEquals(Instant.parse("2026-11-27T09:09:20Z"), status("running").start());
  }

  @Test
  void backingOffTellsHowTheLastRunEnded() {
    ProcessStatus status = status("crash");
    assertEquals(1, status.exitCode());
    assertEquals(6, status.restarts());
    assertEquals(Instant.parse("2026-11-27T09:14:40Z"), status.end());
  }

  @Test
  void whatNeverRanHasNoExitCode() {
    for (String pod : new String[] {"refused", "stopimage", "initfail", "unschedulable"}) {
      assertNull(status(pod).exitCode(), pod);
      assertNull(status(pod).start(), pod);
    }
    assertNull(status("nocommand").start());
  }

  @Test
  void failedInitTellsWhenSoThatTheFirstFailureIsFound() {
    assertEquals(Instant.parse("2026-11-27T09:09:21Z"), status("initfail").end());
  }

  @Test
  void membersOfAGroupHaveTheirOwnStates() {
    Pod team = Recorded.pod("team");
    assertEquals(State.SUCCEEDED, status(team, "first").state());
    assertEquals(State.RUNNING, status(team, "second").state());
    assertTrue(status(team, "second").ready());
  }

  @Test
  void whatEndedBeforeTheStopKeepsItsOwnEnd() {
    Pod crew = Recorded.pod("crew");
    assertEquals(State.SUCCEEDED, status(crew, "ok").state());
    assertEquals(State.FAILED, status(crew, "bad").state());
    assertEquals("Error", status(crew, "bad").reason());
    assertEquals(State.STOPPED, status(crew, "going").state());
    assertEquals(7, status(crew, "going").exitCode());
    assertEquals(State.STOPPED, status(crew, "hard").state());
  }

  @Test
  void whatTheStopNotedCountsMoreThanClocks() {
    Pod skewed = Recorded.pod("skewed");
    assertEquals(State.SUCCEEDED, status(skewed, "ok").state());
    assertEquals(State.FAILED, status(skewed, "bad").state());
    assertEquals(State.STOPPED, status(skewed, "going").state());
    assertEquals(State.STOPPED, status(skewed, "hard").state());
  }

  @Test
  void deadlineOfTheUsersOwnIsAFailureOfWhatItEnded() {
    Pod pod = Recorded.pod("userdl");
    assertEquals(State.SUCCEEDED, status(pod, "ok2").state());
    assertEquals(State.FAILED, status(pod, "long").state());
    assertEquals("DeadlineExceeded", status(pod, "long").reason());
  }

  @Test
  void stopThatComesTooLateChangesNothing() {
    Pod pod = Recorded.pod("failing");
    pod.stoppedBy = "me@host";
    pod.stoppedAt = "2026-11-27T09:00:00Z";
    assertEquals(State.FAILED, status(pod, "failing").state());
  }

  @Test
  void runningPodThatIsStoppedSaysSo() {
    Pod pod = Recorded.pod("running");
    pod.stoppedBy = "me@host";
    assertEquals(State.RUNNING, status(pod, "running").state());
    assertEquals("being stopped by me@host", status(pod, "running").message());
  }

  @Test
  void crashedProcessThatIsBetweenTwoRunsIsPending() {
    Pod pod = Recorded.pod("failing");
    pod.phase = "Running";
    pod.restartPolicy = "OnFailure";
    assertEquals(State.PENDING, status(pod, "failing").state());
    assertEquals("exit code 3; runs again soon", status(pod, "failing").message());
    Pod.container(pod.containers, "failing").restartPolicy = "Never";
    assertEquals(State.FAILED, status(pod, "failing").state());
  }

  @Test
  void restartRuleGoesBeforeTheRestartPolicy() throws IOException {
    String json =
        """
        {"items":[{"metadata":{"labels":{"symphony.dev/process":"a"}},"spec":{"restartPolicy":
        "Never","containers":[{"name":"a","restartPolicy":"Never","restartPolicyRules":[
        {"action":"Restart","exitCodes":{"operator":"In","values":[42,43]}}]}]},
        "status":{"phase":"Running","containerStatuses":[{"name":"a","state":{"terminated":
        {"exitCode":CODE,"finishedAt":"2026-11-27T09:09:20Z"}}}]}}]}
        """;
    assertEquals(State.PENDING, status(read(json.replace("CODE", "43")), "a").state());
    assertEquals(State.FAILED, status(read(json.replace("CODE", "1")), "a").state());
    String others = json.replace("\"In\"", "\"NotIn\"");
    assertEquals(State.FAILED, status(read(others.replace("CODE", "43")), "a").state());
    assertEquals(State.PENDING, status(read(others.replace("CODE", "1")), "a").state());
  }

  private static Pod read(String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return new PodReader().read(new ByteArrayInputStream(bytes)).get(0);
  }

  @Test
  void restartedProcessTellsHowItsLastRunEnded() {
    Pod pod = Recorded.pod("running");
    Container container = pod.containers.get(0);
    container.restarts = 2;
    container.last = new Ended(137, "OOMKilled", null, null, null, true);
    assertEquals(2, status(pod, "running").restarts());
    assertEquals(
        "its last run ended with OOMKilled, exit code 137", status(pod, "running").message());
    assertNull(status(pod, "running").exitCode());
  }

  @Test
  void nodeThatCannotBeReachedIsUnknownInEachWayItIsTold() {
    Pod unknown = Recorded.pod("running");
    unknown.readyStatus = "Unknown";
    assertEquals(State.UNKNOWN, status(unknown, "running").state());
    Pod named = Recorded.pod("running");
    named.reason = "NodeLost";
    named.message = "Node node-1 which was running pod running is unresponsive";
    assertEquals(named.message, status(named, "running").message());
    assertEquals(State.UNKNOWN, status(named, "running").state());
  }

  @Test
  void endedMemberOfALostNodeKeepsItsEnd() {
    Pod team = Recorded.pod("team");
    team.readyStatus = "Unknown";
    assertEquals(State.SUCCEEDED, status(team, "first").state());
    assertEquals(State.UNKNOWN, status(team, "second").state());
  }
}
