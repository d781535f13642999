package dev.symphony.kube.internal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.ProcessDescription;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.State;
import dev.symphony.kube.KubeTest;
import dev.symphony.kube.RealCluster;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.KubeApi.Patch;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import dev.symphony.kube.internal.plan.PlannedProcess;
import dev.symphony.kube.internal.plan.PlannedService;
import dev.symphony.kube.internal.plan.StoredPlan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** States of real pods, made by hand as a launch would. */
@ExtendWith(RealCluster.class)
final class StateClusterIT {
  private static final String LAUNCH = "launch-1";

  private KubeTest test;
  private KubeApi api;
  private String experiment;
  private String path;
  private Observer observer;
  private final List<Map<String, Object>> pods = new ArrayList<>();

  @BeforeEach
  void makeExperiment(KubeTest test) {
    this.test = test;
    api = test.api();
    experiment = test.name("rec");
    path = "/api/v1/namespaces/" + experiment;
    Map<String, Object> namespace =
        Tree.of("apiVersion", "v1", "kind", "Namespace", "metadata", metadata(experiment));
    Tree.make(namespace, "metadata", "labels").put(Names.KIND, "namespace");
    api.create("/api/v1/namespaces", namespace, true);
    KubeTest.waitFor(
        "the service account of " + experiment,
        () -> api.find(path + "/serviceaccounts/default") != null);
    observer = new Observer(api, new Places(api, null), InstantSource.system());
  }

  private Map<String, Object> metadata(String name) {
    Map<String, Object> labels = new LinkedHashMap<>();
    labels.put(Names.MANAGED_BY, Names.SYMPHONY);
    labels.put(Names.EXPERIMENT, experiment);
    labels.put(Names.LAUNCH, LAUNCH);
    return Tree.of("name", name, "labels", labels);
  }

  private static Map<String, Object> container(String name, String line) {
    return Tree.of(
        "name", name, "image", KubeTest.BUSYBOX, "command", List.<Object>of("sh", "-c", line));
  }

  /** A pod of a process of its own, to be made. */
  private Map<String, Object> process(String name, String line) {
    return pod(name, Names.PROCESS, List.of(container(name, line)));
  }

  private Map<String, Object> pod(String name, String label, List<Map<String, Object>> containers) {
    Map<String, Object> metadata = metadata(name);
    Tree.make(metadata, "labels").put(label, name);
    Tree.make(metadata, "labels").put(Names.ATTEMPT, "1");
    Map<String, Object> pod =
        Tree.of(
            "apiVersion",
            "v1",
            "kind",
            "Pod",
            "metadata",
            metadata,
            "spec",
            Tree.of(
                "restartPolicy",
                "Never",
                "terminationGracePeriodSeconds",
                1,
                "containers",
                new ArrayList<Object>(containers)));
    pods.add(pod);
    return pod;
  }

  private static Map<String, Object> first(Map<String, Object> pod) {
    return Tree.map(Tree.list(pod, "spec", "containers").get(0));
  }

  private void create() {
    for (int i = 0; i < pods.size(); i++) {
      Tree.make(pods.get(i), "metadata", "annotations").put(Names.PLACE, i + "/" + pods.size());
      api.create(path + "/pods", pods.get(i), true);
    }
  }

  private ProcessStatus status(String process) {
    ProcessStatus status = observer.observe(place()).process(ProcessName.parse(process));
    assertNotNull(status, process);
    return status;
  }

  private Place place() {
    return new Places(api, null).require(experiment);
  }

  private void await(String process, State state, String reason) {
    ProcessStatus[] last = new ProcessStatus[1];
    try {
      KubeTest.waitFor(
          process + " is " + state + " " + reason,
          () -> {
            last[0] = status(process);
            return last[0].state() == state && (reason == null || reason.equals(last[0].reason()));
          });
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; it is " + last[0], e);
    }
  }

  private void patch(String pod, Map<String, Object> change) {
    api.patch(path + "/pods/" + pod, Patch.MERGE, change);
  }

  private void stop(String pod, String endedBefore) {
    patch(
        pod,
        Tree.of(
            "metadata",
            Tree.of(
                "annotations",
                Tree.of(
                    Names.STOPPED_BY,
                    "me@host",
                    Names.STOPPED_AT,
                    Instant.now().toString(),
                    Names.ENDED_BEFORE,
                    endedBefore)),
            "spec",
            Tree.of("activeDeadlineSeconds", 1)));
  }

  @Test
  void processesAreAsTheirPodsAre() {
    process("good", "exit 0");
    process("bad", "exit 3");
    process("accepted", "exit 7");
    process("loop", "exit 1");
    process("greedy", "x=a; while true; do x=$x$x; done");
    process("imageless", "true");
    process("huge", "true");
    process("secretless", "true");
    process("lazy", "sleep 1000");
    Tree.make(pods.get(2), "metadata", "annotations").put(Names.SUCCESS, "accepted=5,7");
    Tree.make(pods.get(3), "spec").put("restartPolicy", "Always");
    first(pods.get(4)).put("resources", Tree.of("limits", Tree.of("memory", "32Mi")));
    first(pods.get(5)).put("image", "127.0.0.1:1/no/such:1");
    first(pods.get(6)).put("resources", Tree.of("requests", Tree.of("cpu", "100000")));
    first(pods.get(7))
        .put("envFrom", List.of(Tree.of("secretRef", Tree.of("name", "no-such-secret"))));
    pod("team", Names.GROUP, List.of(container("one", "exit 0"), container("two", "sleep 1000")));
    create();

    await("good", State.SUCCEEDED, null);
    await("bad", State.FAILED, "Error");
    assertEquals(3, status("bad").exitCode());
    await("accepted", State.SUCCEEDED, null);
    // Between two runs it is running for a moment now and then.
    KubeTest.waitFor(
        "loop waits",
        () -> {
          ProcessStatus loop = status("loop");
          return "CrashLoopBackOff".equals(loop.reason())
              && "exit code 1; waits before it runs again".equals(loop.message());
        });
    await("greedy", State.FAILED, null);
    // A busy node may miss that memory was the reason.
    String reason = status("greedy").reason();
    assertTrue(List.of("OOMKilled", "SignalKilled").contains(String.valueOf(reason)), reason);
    assertEquals(137, status("greedy").exitCode());
    assertEquals(9, status("greedy").signal());
    await("huge", State.PENDING, "Unschedulable");
    assertTrue(String.valueOf(status("huge").message()).contains("Insufficient cpu"));
    await("secretless", State.PENDING, "CreateContainerConfigError");
    await("lazy", State.RUNNING, null);
    assertNotNull(status("lazy").node());
    assertNotNull(status("lazy").start());
    await("team/one", State.SUCCEEDED, null);
    await("team/two", State.RUNNING, null);
    await("imageless", State.PENDING, "ImagePullBackOff");

    assertEquals(11, observer.observe(place()).processes().size());
    assertEquals(State.RUNNING, observer.observe(place()).state());
    List<Attempt> attempts = observer.attempts(place(), ProcessName.parse("loop"));
    assertEquals(1, attempts.size());
    assertTrue(attempts.get(0).hasRun());
    assertFalse(attempts.get(0).ended());
  }

  @Test
  void onlyWhatSymphonyStoppedIsStopped() {
    pod("crew", Names.GROUP, List.of(container("gone", "exit 4"), container("on", "sleep 1000")));
    process("limited", "sleep 1000");
    process("imageless", "true");
    Tree.make(pods.get(1), "spec").put("activeDeadlineSeconds", 1);
    first(pods.get(2)).put("image", "127.0.0.1:1/no/such:1");
    create();
    await("crew/gone", State.FAILED, "Error");
    await("crew/on", State.RUNNING, null);
    await("imageless", State.PENDING, "ImagePullBackOff");
    stop("crew", "gone");
    stop("imageless", "");

    await("crew/on", State.STOPPED, null);
    assertEquals("by me@host", status("crew/on").message());
    assertEquals(137, status("crew/on").exitCode());
    assertEquals(State.FAILED, status("crew/gone").state());
    assertEquals(4, status("crew/gone").exitCode());
    await("imageless", State.STOPPED, null);
    assertNull(status("imageless").exitCode());
    await("limited", State.FAILED, "DeadlineExceeded");
  }

  @Test
  void planTellsOfPodsThatAreNotThere() {
    process("stays", "sleep 1000");
    process("goes", "sleep 1000");
    create();
    StoredPlan plan =
        new StoredPlan(
            List.of(planned("stays"), planned("goes"), planned("early")),
            List.of(new PlannedService("page", "page", ProcessName.parse("stays"), 80, true, true)),
            List.of(),
            Map.of());
    keep(
        plan,
        Tree.of(
            Names.LAUNCHED,
            "2026-01-01T00:00:00Z",
            Names.STOPPED_UNSTARTED + "early",
            "me@host 2026-01-01T00:00:00Z"));
    Map<String, Object> service =
        Tree.of(
            "apiVersion",
            "v1",
            "kind",
            "Service",
            "metadata",
            metadata("page"),
            "spec",
            Tree.of("type", "LoadBalancer", "ports", List.of(Tree.of("port", 80))));
    api.create(path + "/services", service, true);
    await("stays", State.RUNNING, null);
    api.delete(path + "/pods/goes", Tree.of("gracePeriodSeconds", 0));
    await("goes", State.UNKNOWN, "PodGone");
    assertEquals(State.STOPPED, status("early").state());

    ServiceAddress pending = observer.addresses(experiment).get(0);
    assertEquals("page." + experiment, pending.host());
    assertFalse(pending.reachable());
    Map<String, Object> ingress = Tree.of("ingress", List.of(Tree.of("ip", "10.97.0.200")));
    api.patch(
        path + "/services/page/status",
        Patch.MERGE,
        Tree.of("status", Tree.of("loadBalancer", ingress)));
    ServiceAddress given = observer.addresses(experiment).get(0);
    assertEquals("10.97.0.200", given.host());
    assertTrue(given.reachable());

    ProcessDescription stays = observer.inspect(experiment, ProcessName.parse("stays"));
    assertEquals(List.of("sleep", "1000"), stays.command());
    assertEquals(List.of(given), stays.services());
    assertEquals("stays", stays.details().get("pod"));
    assertNotNull(stays.status().node());
    assertNotNull(stays.details().get("pod IP"));
    assertEquals(
        "goes (not there)",
        observer.inspect(experiment, ProcessName.parse("goes")).details().get("pod"));
  }

  private void keep(StoredPlan plan, Map<String, Object> notes) {
    for (Map<String, Object> part : plan.toConfigMaps("")) {
      Map<String, Object> metadata = metadata(String.valueOf(Tree.text(part, "metadata", "name")));
      Tree.make(metadata, "labels").put(Names.KIND, "plan");
      Tree.make(metadata, "annotations").putAll(Tree.map(part, "metadata", "annotations"));
      Tree.make(metadata, "annotations").putAll(notes);
      part.put("metadata", metadata);
      api.create(path + "/configmaps", part, true);
    }
  }

  private static PlannedProcess planned(String name) {
    return new PlannedProcess(
        ProcessName.parse(name),
        name,
        name,
        List.of("sleep", "1000"),
        List.of(),
        null,
        Map.of(),
        Map.of(),
        Set.of(),
        KubeTest.BUSYBOX);
  }

  @Test
  void descriptionTellsTheNewestWarnings() {
    Map<String, Object> pod = process("mountless", "true");
    first(pod).put("volumeMounts", List.of(Tree.of("name", "v", "mountPath", "/v")));
    Tree.make(pod, "spec")
        .put(
            "volumes",
            List.of(Tree.of("name", "v", "secret", Tree.of("secretName", "no-such-secret"))));
    create();
    keep(new StoredPlan(List.of(planned("mountless")), List.of(), List.of(), Map.of()), Map.of());
    await("mountless", State.PENDING, "ContainerCreating");
    ProcessName name = ProcessName.parse("mountless");
    KubeTest.waitFor(
        "an event tells why",
        () -> {
          String event = observer.inspect(experiment, name).details().get("event");
          return event != null && event.contains("secret \"no-such-secret\" not found");
        });
  }

  @Test
  void onlyExperimentsOfOursAreSeen() {
    List<String> names = new ArrayList<>();
    for (Place place : new Places(api, null).list()) {
      names.add(place.experiment());
    }
    assertTrue(names.contains(experiment));
    assertFalse(names.contains("kube-system"));
    String foreign = test.namespace("foreign");
    assertNull(new Places(api, null).find(foreign));

    Places shared = new Places(api, foreign);
    assertEquals(List.of(), shared.list());
    Map<String, Object> anchor =
        Tree.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", metadata(experiment));
    Tree.make(anchor, "metadata", "labels").put(Names.KIND, "anchor");
    api.create("/api/v1/namespaces/" + foreign + "/configmaps", anchor, true);
    assertEquals(experiment, shared.list().get(0).experiment());
    assertEquals(foreign, shared.require(experiment).namespace());
    assertNull(shared.find("kube-root-ca.crt"));
    Places missing = new Places(api, test.name("missing"));
    assertThrows(NotFoundException.class, missing::list);
    assertThrows(NotFoundException.class, () -> missing.find("x"));
  }

  @Test
  void experimentThatIsBeingDeletedIsSeenUntilItIsGone() {
    process("slow", "trap '' TERM; while true; do sleep 1; done");
    Tree.make(pods.get(0), "spec").put("terminationGracePeriodSeconds", 20);
    create();
    await("slow", State.RUNNING, null);
    api.delete("/api/v1/namespaces/" + experiment, null);
    Place going = place();
    assertTrue(going.terminating());
    KubeTest.waitFor("it says so", () -> "being deleted".equals(status("slow").message()));
    api.delete(path + "/pods/slow", Tree.of("gracePeriodSeconds", 0));
    KubeTest.waitFor("it is gone", () -> new Places(api, null).find(experiment) == null);
  }
}
