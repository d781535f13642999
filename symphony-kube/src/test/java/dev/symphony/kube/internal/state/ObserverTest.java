package dev.symphony.kube.internal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.ProcessDescription;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.State;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.Verdict;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import dev.symphony.kube.internal.plan.PlannedProcess;
import dev.symphony.kube.internal.plan.PlannedService;
import dev.symphony.kube.internal.plan.StoredPlan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObserverTest {
  private static final String NAMESPACE = "/api/v1/namespaces/rec";
  private static final ProcessName DONE = new ProcessName(null, "done");
  private static final ProcessName LATER = new ProcessName(null, "later");

  private final FakeApi api = new FakeApi();
  private Instant now = Instant.parse("2026-11-27T10:00:00Z");
  private final Observer observer = new Observer(api, new Places(api, null), () -> now);

  ObserverTest() {
    api.answer(NAMESPACE, PlacesTest.holder("rec", "namespace"));
    api.answerList(NAMESPACE + "/configmaps", List.of());
    api.answerList(NAMESPACE + "/services", List.of());
    api.answerList(NAMESPACE + "/events", List.of());
  }

  private ExperimentStatus observe() {
    ExperimentStatus status = observer.observe("rec");
    assertNotNull(status);
    return status;
  }

  private static PlannedProcess planned(ProcessName name) {
    return new PlannedProcess(
        name,
        name.name(),
        name.name(),
        List.of("sh", "-c", "sleep 1"),
        List.of(),
        null,
        Map.of("B", "2", "A", "1"),
        Map.of(),
        Set.of(),
        "busybox:1");
  }

  /** Keeps a plan of two processes, of which only the first has a pod. */
  private void plan(Map<String, Object> annotations, PlannedService... services) {
    StoredPlan plan =
        new StoredPlan(
            List.of(planned(DONE), planned(LATER)), List.of(services), List.of(), annotations);
    List<Map<String, Object>> parts = new ArrayList<>();
    for (Map<String, Object> part : plan.toConfigMaps("")) {
      Tree.make(part, "metadata", "annotations").putAll(annotations);
      parts.add(part);
    }
    api.answerList(NAMESPACE + "/configmaps", parts);
    api.pods =
        """
        {"items":[{"metadata":{"name":"done","uid":"u1","labels":{"symphony.dev/process":"done"},
        "annotations":{"symphony.dev/place":"0/2"}},"spec":{"nodeName":"n",
        "restartPolicy":"Never","containers":[{"name":"done"}]},"status":{"phase":"Succeeded",
        "containerStatuses":[{"name":"done","restartCount":0,"state":{"terminated":{"exitCode":0,
        "reason":"Completed","startedAt":"2026-11-27T09:09:20Z",
        "finishedAt":"2026-11-27T09:09:30Z","containerID":"c"}}}]}}]}
        """
            .getBytes(StandardCharsets.UTF_8);
  }

  private ProcessStatus later() {
    ExperimentStatus status = observe();
    assertEquals(2, status.processes().size());
    assertEquals(DONE, status.processes().get(0).name());
    assertEquals(LATER, status.processes().get(1).name());
    return status.processes().get(1);
  }

  @Test
  void oneListOfPodsSuffices() {
    api.pods = Recorded.json();
    now = Instant.parse("2026-11-27T09:00:10Z"); // None of them hangs yet.
    ExperimentStatus status = observe();
    assertEquals("rec", status.name());
    assertEquals("l1", status.launchId());
    assertEquals(State.RUNNING, status.state());
    assertTrue(status.processes().size() > 34);
    assertEquals(
        List.of(
            "GET /api/v1/namespaces/rec",
            "READ /api/v1/namespaces/rec/pods?labelSelector=app.kubernetes.io/managed-by=symphony,"
                + "symphony.dev/experiment=rec,symphony.dev/launch=l1"),
        api.requests);
  }

  /** Three pods whose containers are being made, one of them for a moment only. */
  private void hang() {
    String pods = "";
    for (String name : List.of("one", "two", "young")) {
      String start = name.equals("young") ? "2026-11-27T09:59:55Z" : "2026-11-27T09:59:40Z";
      pods +=
          """
          %s{"metadata":{"name":"%2$s","uid":"u-%2$s","labels":{"symphony.dev/process":"%2$s"},
          "annotations":{"symphony.dev/place":"%3$d/3"}},"spec":{"nodeName":"n",
          "containers":[{"name":"%2$s"}]},"status":{"phase":"Pending","startTime":"%4$s",
          "containerStatuses":[{"name":"%2$s","restartCount":0,
          "state":{"waiting":{"reason":"ContainerCreating"}}}]}}
          """
              .formatted(
                  pods.isEmpty() ? "" : ",",
                  name,
                  List.of("one", "two", "young").indexOf(name),
                  start);
    }
    api.pods = ("{\"items\":[" + pods + "]}").getBytes(StandardCharsets.UTF_8);
  }

  private List<String> messages() {
    return observe().processes().stream().map(each -> String.valueOf(each.message())).toList();
  }

  @Test
  void whatHangsHasItsNewestWarningFromOneListOfEvents() {
    hang();
    List<Map<String, Object>> events = new ArrayList<>();
    for (String name : List.of("one", "two", "young")) {
      events.add(warning(name, "Old", "2026-11-27T09:59:41Z"));
      events.add(warning(name, "FailedMount", "2026-11-27T09:59:50Z"));
    }
    api.answerList(NAMESPACE + "/events", events);
    assertEquals(List.of("FailedMount: it did", "FailedMount: it did", "null"), messages());
    assertEquals("ContainerCreating", observe().processes().get(0).reason());
    api.requests.clear();
    observe();
    assertEquals(
        List.of("GET /api/v1/namespaces/rec/events?fieldSelector=type=Warning"),
        api.requests.stream().filter(request -> request.contains("/events")).toList());
  }

  @Test
  void whatHangsIsShownWithoutTheRightToReadEvents() {
    hang();
    api.refuse(NAMESPACE + "/events", 403, "you may not list events");
    assertEquals(List.of("null", "null", "null"), messages());
  }

  private static Map<String, Object> warning(String pod, String reason, String when) {
    Map<String, Object> warning = event(reason, when, 1);
    warning.put("involvedObject", Tree.of("uid", "u-" + pod));
    return warning;
  }

  @Test
  void whatDoesNotExistHasNoStatus() {
    assertNull(observer.observe("other"));
    assertThrows(NotFoundException.class, () -> observer.inspect("other", DONE));
    assertThrows(NotFoundException.class, () -> observer.addresses("other"));
  }

  @Test
  void podThatWasDeletedIsUnknown() {
    plan(Map.of(Names.LAUNCHED, "2026-11-27T09:00:05Z"));
    assertEquals(State.UNKNOWN, later().state());
    assertEquals("PodGone", later().reason());
    assertEquals(State.UNKNOWN, observe().state());
  }

  @Test
  void podThatWasStoppedBeforeItWasOnANodeIsStopped() {
    plan(Map.of(Names.STOPPED_UNSTARTED + "later", "me@host 2026-11-27T09:00:05Z"));
    assertEquals(State.STOPPED, later().state());
    assertEquals("by me@host", later().message());
    Verdict verdict = observe().verdict();
    assertNotNull(verdict);
    assertEquals(State.STOPPED, verdict.outcome());
  }

  @Test
  void podOfALaunchThatGoesOnIsPending() {
    plan(Map.of());
    now = Instant.parse("2026-11-27T09:00:10Z");
    assertEquals(State.PENDING, later().state());
  }

  @Test
  void launchThatMadeAPodLatelyGoesOn() {
    plan(Map.of());
    api.pods =
        new String(api.pods, StandardCharsets.UTF_8)
            .replace("\"uid\"", "\"creationTimestamp\":\"2026-11-27T09:59:30Z\",\"uid\"")
            .getBytes(StandardCharsets.UTF_8);
    assertEquals(State.PENDING, later().state());
  }

  @Test
  void podOfALaunchThatWasInterruptedIsUnknown() {
    plan(Map.of());
    assertEquals(State.UNKNOWN, later().state());
    assertEquals("LaunchInterrupted", later().reason());
  }

  @Test
  void experimentWithoutPlanHasNoProcessesYetThenIsUnknown() {
    now = Instant.parse("2026-11-27T09:00:10Z");
    assertEquals(State.PENDING, observe().state());
    assertEquals("no processes yet", observe().message());
    now = Instant.parse("2026-11-27T10:00:10Z");
    assertEquals(State.UNKNOWN, observe().state());
  }

  @Test
  void experimentThatIsBeingDeletedSaysSo() {
    plan(Map.of(Names.LAUNCHED, "2026-11-27T09:00:05Z"));
    Map<String, Object> going = PlacesTest.holder("rec", "namespace");
    Tree.make(going, "metadata").put("deletionTimestamp", "2026-11-27T09:59:00Z");
    api.answer(NAMESPACE, going);
    assertEquals("the experiment is being deleted", later().message());
    api.answerList(NAMESPACE + "/configmaps", List.of());
    ExperimentStatus status = observe();
    assertEquals(1, status.processes().size());
    assertTrue(status.deleting());
    assertEquals("being deleted", status.message());
  }

  @Test
  void partsOfAPlanThatAreMissingForGoodAreAnError() {
    plan(Map.of());
    api.answerList(NAMESPACE + "/configmaps", List.of(Tree.of("metadata", Map.of())));
    assertThrows(SymphonyException.class, this::observe);
    now = Instant.parse("2026-11-27T09:00:10Z");
    assertEquals(1, observe().processes().size());
  }

  @Test
  void attemptsComeInOrder() {
    api.pods = Recorded.json();
    Place place = new Places(api, null).require("rec");
    List<Attempt> attempts = observer.attempts(place, new ProcessName(null, "gone"));
    assertEquals(2, attempts.size());
    assertEquals("gone", attempts.get(0).pod());
    assertTrue(attempts.get(0).ended());
    assertTrue(attempts.get(0).hasRun());
    assertEquals("gone.r2", attempts.get(1).pod());
    assertEquals(2, attempts.get(1).number());
    assertFalse(attempts.get(1).hasRun());
    assertNull(attempts.get(1).node());
    assertTrue(
        api.requests.get(1).endsWith(",symphony.dev/process=gone"), () -> api.requests.get(1));
  }

  @Test
  void attemptsTellOfLogsAndEnds() {
    api.pods = Recorded.json();
    Place place = new Places(api, null).require("rec");
    Map<ProcessName, List<Attempt>> all = observer.attempts(place);
    Attempt running = all.get(new ProcessName(null, "running")).get(0);
    assertTrue(running.running());
    assertFalse(running.ended());
    assertEquals(Instant.parse("2026-11-27T09:09:20Z"), running.startedAt());
    Attempt crash = all.get(new ProcessName(null, "crash")).get(0);
    assertTrue(crash.hasRun());
    assertFalse(crash.running());
    assertFalse(crash.ended());
    assertEquals(6, crash.restarts());
    Attempt image = all.get(new ProcessName(null, "noimage")).get(0);
    assertFalse(image.hasRun());
    assertFalse(image.ended());
    Attempt member = all.get(new ProcessName("team", "first")).get(0);
    assertEquals("team", member.pod());
    assertEquals("first", member.container());
    assertTrue(member.ended());
    assertFalse(all.get(new ProcessName("team", "second")).get(0).ended());
  }

  @Test
  void addressesAreThoseOfLoadBalancersOrNames() {
    plan(
        Map.of(),
        new PlannedService("store", "store", LATER, 7000, false, false),
        new PlannedService("board", "board", DONE, 6006, true, true),
        new PlannedService("page", "page", DONE, 80, true, true),
        new PlannedService("soon", "soon", DONE, 81, true, true),
        new PlannedService("near", "near", DONE, 82, true, false));
    api.answerList(
        NAMESPACE + "/services",
        List.of(
            balancer("board", Tree.of("ip", "10.97.0.5")),
            balancer("page", Tree.of("hostname", "lb.example.com")),
            balancer("soon", Tree.of())));
    assertEquals(
        List.of(
            new ServiceAddress("store", LATER, "store.rec", 7000, false, false),
            new ServiceAddress("board", DONE, "10.97.0.5", 6006, true, true),
            new ServiceAddress("page", DONE, "lb.example.com", 80, true, true),
            new ServiceAddress("soon", DONE, "soon.rec", 81, true, false, true),
            new ServiceAddress("near", DONE, "near.rec", 82, true, false)),
        observer.addresses("rec"));
  }

  private static Map<String, Object> balancer(String name, Map<String, Object> ingress) {
    return Tree.of(
        "metadata", Tree.of("name", name),
        "spec", Tree.of("type", "LoadBalancer"),
        "status", Tree.of("loadBalancer", Tree.of("ingress", List.<Object>of(ingress))));
  }

  @Test
  void planThatIsGoneIsAnErrorThatSaysWhatToDo() {
    SymphonyException e = assertThrows(SymphonyException.class, () -> observer.addresses("rec"));
    assertTrue(e.getMessage().startsWith("the plan of experiment rec is gone"), e.getMessage());
  }

  @Test
  void descriptionHasPlanPodAndNewestWarnings() {
    plan(Map.of(), new PlannedService("board", "board", DONE, 6006, true, false));
    api.answer(
        NAMESPACE + "/pods/done",
        Tree.of(
            "status",
            Tree.of(
                "podIP",
                "10.244.0.7",
                "phase",
                "Failed",
                "conditions",
                List.<Object>of(
                    Tree.of("type", "Initialized", "status", "True"),
                    Tree.of("type", "Ready", "status", "False", "reason", "PodFailed"),
                    Tree.of("type", "DisruptionTarget", "status", "True", "reason", "Taint")),
                "containerStatuses",
                List.<Object>of(
                    Tree.of(
                        "name",
                        "done",
                        "image",
                        "docker.io/library/busybox:1",
                        "imageID",
                        "sha256:1")))));
    api.answerList(
        NAMESPACE + "/events",
        List.of(
            event("BackOff", "2026-11-27T09:01:00Z", 1),
            event("FailedMount", "2026-11-27T09:03:00Z", 12),
            event("Failed", "2026-11-27T09:02:00Z", 1),
            event("Old", "2026-11-27T09:00:00Z", 1)));
    ProcessDescription description = observer.inspect("rec", DONE);
    assertEquals(State.SUCCEEDED, description.status().state());
    assertEquals(List.of("sh", "-c", "sleep 1"), description.command());
    assertEquals(List.of("A", "B"), List.copyOf(description.environment().keySet()));
    assertEquals(1, description.services().size());
    assertEquals(
        """
        namespace=rec
        pod=done
        pod IP=10.244.0.7
        image=busybox:1
        image id=sha256:1
        attempts=1
        condition DisruptionTarget=True: Taint
        event=2026-11-27T09:03:00Z (12 times) FailedMount: it did
        event 2=2026-11-27T09:02:00Z Failed: it did
        event 3=2026-11-27T09:01:00Z BackOff: it did
        launch=l1
        """,
        lines(description.details()));
    assertTrue(
        api.requests.contains(
            "GET /api/v1/namespaces/rec/events?fieldSelector=involvedObject.uid=u1,type=Warning"),
        () -> api.requests.toString());
  }

  @Test
  void descriptionOfWhatHasNoPodTellsWhatHappenedToIt() {
    plan(Map.of(Names.LAUNCHED, "2026-11-27T09:00:05Z"));
    api.refuse(NAMESPACE + "/events", 403, "you may not list events");
    ProcessDescription description = observer.inspect("rec", LATER);
    assertEquals("PodGone", description.status().reason());
    assertEquals(
        """
        namespace=rec
        pod=later (not there)
        image=busybox:1
        event=cannot be read: you may not list events
        launch=l1
        """,
        lines(description.details()));
    assertThrows(
        NotFoundException.class, () -> observer.inspect("rec", new ProcessName("g", "done")));
  }

  private static Map<String, Object> event(String reason, String when, int count) {
    return Tree.of("reason", reason, "message", "it did\n", "lastTimestamp", when, "count", count);
  }

  private static String lines(Map<String, String> map) {
    StringBuilder text = new StringBuilder();
    map.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return text.toString();
  }
}
