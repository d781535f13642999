package dev.symphony.kube.internal.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.UsageException;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import dev.symphony.kube.internal.state.Observer;
import dev.symphony.kube.internal.state.Place;
import dev.symphony.kube.internal.state.Places;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StopTest {
  private static final String RL = "/api/v1/namespaces/rl";
  private static final ProcessName AGENT = new ProcessName(null, "agent-0");

  private final FakeServer server = new FakeServer();
  private final List<String> told = new ArrayList<>();
  private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
  private final Place place =
      new Place("rl", "rl", false, "uid-2", "launch-1", Instant.EPOCH, false, Map.of());
  private final Stopper stopper =
      new Stopper(server, new Observer(server, new Places(server, null), clock), clock, told::add);

  @BeforeEach
  void launch() {
    server.put(RL, FakeServer.namespace("rl", Map.of()));
    server.put(
        RL + "/configmaps/symphony-plan",
        Plans.object("ConfigMap", "rl", "symphony-plan", Names.KIND, "plan"));
    server.watch = this::likeAKubelet;
  }

  /** Ends every pod that has a deadline. */
  private void likeAKubelet(String request) {
    if (!request.startsWith("LIST " + RL + "/pods")) {
      return;
    }
    for (Map<String, Object> object : List.copyOf(server.objects.values())) {
      if (Tree.at(object, "spec", "activeDeadlineSeconds") != null) {
        Tree.make(object, "status").put("phase", "Failed");
      }
    }
  }

  private String pod(String name, String node, String phase) {
    Map<String, Object> pod = Plans.object("Pod", "rl", name, Names.PROCESS, name);
    if (!node.isEmpty()) {
      Tree.make(pod, "spec").put("nodeName", node);
    }
    Tree.make(pod, "status").put("phase", phase);
    server.put(RL + "/pods/" + name, pod);
    return RL + "/pods/" + name;
  }

  private String annotation(String path, String name) {
    return String.valueOf(Tree.text(server.object(path), "metadata", "annotations", name));
  }

  @Test
  void aDeadlineEndsAPodAndTheSamePatchSaysWho() {
    String path = pod("agent-0", "node-1", "Running");

    List<ProcessName> stopped = stopper.stop(place, List.of(AGENT), "sarah@here", false);

    assertEquals(List.of(AGENT), stopped);
    assertEquals(1, Tree.number(server.object(path), 0, "spec", "activeDeadlineSeconds"));
    assertEquals("sarah@here", annotation(path, Names.STOPPED_BY));
    assertEquals("2026-01-02T03:04:05Z", annotation(path, Names.STOPPED_AT));
    assertEquals(List.of("PATCH " + path), server.requests("PATCH"));
    assertEquals(List.of(), told);
  }

  @Test
  void whatHasEndedIsNotTouched() {
    pod("agent-0", "node-1", "Succeeded");

    assertEquals(List.of(), stopper.stop(place, List.of(AGENT), "sarah@here", false));

    assertEquals(List.of(), server.requests("PATCH"));
    assertEquals(List.of(), server.requests("DELETE"));
  }

  @Test
  void onlyTheNamedOnesEnd() {
    pod("agent-0", "node-1", "Running");
    String other = pod("agent-1", "node-1", "Running");

    stopper.stop(place, List.of(AGENT), "sarah@here", false);

    assertNull(Tree.at(server.object(other), "spec", "activeDeadlineSeconds"));
  }

  @Test
  void aPodOnNoNodeIsDeletedAfterThePlanHasNotedIt() {
    String path = pod("agent-0", "", "Pending");

    assertEquals(List.of(AGENT), stopper.stop(place, List.of(AGENT), "sarah@here", false));

    assertNull(server.object(path));
    String plan = RL + "/configmaps/symphony-plan";
    assertEquals(
        "sarah@here 2026-01-02T03:04:05Z", annotation(plan, Names.STOPPED_UNSTARTED + "agent-0"));
    List<String> order =
        server.requests.stream()
            .filter(request -> request.startsWith("PATCH") || request.startsWith("DELETE"))
            .toList();
    assertEquals(List.of("PATCH " + plan, "DELETE " + path), order);
  }

  @Test
  void aPodThatGetsItsNodeMeanwhileIsStoppedThere() {
    String path = pod("agent-0", "", "Pending");
    AtomicBoolean scheduled = new AtomicBoolean();
    server.watch =
        request -> {
          if (request.equals("DELETE " + path) && scheduled.compareAndSet(false, true)) {
            server.change(path, pod -> Tree.make(pod, "spec").put("nodeName", "node-1"));
          }
          likeAKubelet(request);
        };

    stopper.stop(place, List.of(AGENT), "sarah@here", false);

    assertEquals("sarah@here", annotation(path, Names.STOPPED_BY));
    assertFalse(
        Tree.map(server.object(RL + "/configmaps/symphony-plan"), "metadata", "annotations")
            .containsKey(Names.STOPPED_UNSTARTED + "agent-0"));
  }

  /** A pod whose kubelet waits for a volume, and heeds no deadline meanwhile. */
  private String hangingPod() {
    String path = pod("agent-0", "node-1", "Pending");
    state(path, Tree.of("waiting", Tree.of("reason", "ContainerCreating")));
    server.watch = request -> {};
    return path;
  }

  private void state(String path, Map<String, Object> state) {
    Object status = Tree.of("name", "agent-0", "state", state, "lastState", Map.of());
    server.change(path, pod -> Tree.make(pod, "status").put("containerStatuses", List.of(status)));
  }

  @Test
  void aPodThatNeverRanAndHeedsNoDeadlineIsDeleted() {
    String path = hangingPod();

    assertEquals(List.of(AGENT), stopper.stop(place, List.of(AGENT), "sarah@here", false));

    assertNull(server.object(path));
    assertEquals(
        "sarah@here 2026-01-02T03:04:05Z",
        annotation(RL + "/configmaps/symphony-plan", Names.STOPPED_UNSTARTED + "agent-0"));
  }

  @Test
  void aPodThatRunsAfterAllIsNotDeleted() {
    String path = hangingPod();
    AtomicBoolean started = new AtomicBoolean();
    server.watch =
        request -> {
          if (request.equals("DELETE " + path) && started.compareAndSet(false, true)) {
            state(path, Tree.of("running", Map.of()));
          } else if (started.get() && request.startsWith("LIST ")) {
            state(path, Tree.of("terminated", Tree.of("exitCode", 143)));
            likeAKubelet(request);
          }
        };

    stopper.stop(place, List.of(AGENT), "sarah@here", false);

    assertEquals("Failed", Tree.text(server.object(path), "status", "phase"));
    assertEquals(1, server.requests("DELETE").size());
    assertFalse(
        Tree.map(server.object(RL + "/configmaps/symphony-plan"), "metadata", "annotations")
            .containsKey(Names.STOPPED_UNSTARTED + "agent-0"));
  }

  @Test
  void aGroupStopsAsAWholeAndKeepsWhatHadEnded() {
    Map<String, Object> pod = Plans.object("Pod", "rl", "nonagent", Names.GROUP, "nonagent");
    Tree.make(pod, "metadata", "annotations").put(Names.PROCESSES, "learner,replay");
    Tree.make(pod, "spec").put("nodeName", "node-1");
    Tree.make(pod, "spec").put("restartPolicy", "Never");
    Tree.make(pod, "spec")
        .put("containers", List.of(Tree.of("name", "learner"), Tree.of("name", "replay")));
    Tree.make(pod, "status").put("phase", "Running");
    Object terminated = Tree.of("terminated", Tree.of("exitCode", 0));
    Tree.make(pod, "status")
        .put("containerStatuses", List.of(Tree.of("name", "learner", "state", terminated)));
    server.put(RL + "/pods/nonagent", pod);
    ProcessName learner = new ProcessName("nonagent", "learner");
    ProcessName replay = new ProcessName("nonagent", "replay");

    UsageException e =
        assertThrows(
            UsageException.class, () -> stopper.stop(place, List.of(replay), "sarah@here", false));
    assertEquals(
        "process nonagent/replay runs in the pod of group nonagent, which stops as a whole: -p"
            + " nonagent/",
        e.getMessage());
    assertEquals(List.of(), server.requests("PATCH"));

    assertEquals(
        List.of(replay), stopper.stop(place, List.of(learner, replay), "sarah@here", false));
    assertEquals("learner", annotation(RL + "/pods/nonagent", Names.ENDED_BEFORE));
  }

  @Test
  void withoutGraceSaysWhyThereIsOne() {
    String path = pod("agent-0", "node-1", "Running");

    stopper.stop(place, List.of(AGENT), "sarah@here", true);

    assertNotNull(server.object(path));
    assertTrue(told.get(0).contains("grace period"), told.toString());
  }

  @Test
  void anotherPodOfThatNameIsNotStopped() {
    String path = pod("agent-0", "node-1", "Running");
    AtomicBoolean replaced = new AtomicBoolean();
    server.watch =
        request -> {
          if (request.equals("PATCH " + path) && replaced.compareAndSet(false, true)) {
            server.removeIf(path::equals);
            pod("agent-0", "node-1", "Running");
          }
        };

    stopper.stop(place, List.of(AGENT), "sarah@here", false);

    assertNull(Tree.at(server.object(path), "spec", "activeDeadlineSeconds"));
  }
}
