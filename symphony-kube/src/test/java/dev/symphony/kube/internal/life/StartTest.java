package dev.symphony.kube.internal.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import dev.symphony.kube.internal.plan.PlannedProcess;
import dev.symphony.kube.internal.plan.StoredPlan;
import dev.symphony.kube.internal.state.Observer;
import dev.symphony.kube.internal.state.Place;
import dev.symphony.kube.internal.state.Places;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StartTest {
  private static final String TEAM = "/api/v1/namespaces/team";
  private static final String PLAN = TEAM + "/configmaps/rl-symphony-plan";
  private static final ProcessName AGENT = new ProcessName(null, "agent");
  private static final ProcessName LEARNER = new ProcessName("nonagent", "learner");
  private static final ProcessName REPLAY = new ProcessName("nonagent", "replay");

  private final FakeServer server = new FakeServer();
  private final Place place =
      new Place(
          "rl",
          "team",
          true,
          "uid-anchor",
          "launch-1",
          Instant.EPOCH,
          false,
          Tree.of("metadata", Tree.of("name", "rl")));
  private final Stopper stopper =
      new Stopper(
          server,
          new Observer(server, new Places(server, "team"), InstantSource.system()),
          InstantSource.system(),
          line -> {});

  @BeforeEach
  void launch() {
    server.put(TEAM, FakeServer.namespace("team", Map.of()));
    StoredPlan plan =
        new StoredPlan(
            List.of(process(AGENT), process(LEARNER), process(REPLAY)),
            List.of(),
            List.of(agent(), group()),
            Map.of(Names.stoppedUnstarted("rl-agent"), "sarah@here 2026-01-02T03:04:05Z"));
    Map<String, Object> map = plan.toConfigMaps("rl-").get(0);
    Tree.make(map, "metadata").put("labels", labels(Names.KIND, "plan"));
    server.put(PLAN, map);
  }

  private static PlannedProcess process(ProcessName name) {
    String pod = "rl-" + (name.group() == null ? name.name() : name.group());
    return new PlannedProcess(
        name,
        pod,
        name.name(),
        List.of("true"),
        List.of(),
        null,
        Map.of(),
        Map.of(),
        Set.of(),
        "busybox");
  }

  private static Map<String, Object> labels(String label, String value) {
    return Tree.map(Plans.object("Pod", "rl", "any", label, value), "metadata", "labels");
  }

  private static Map<String, Object> agent() {
    Map<String, Object> pod = Plans.object("Pod", "rl", "rl-agent", Names.PROCESS, "agent");
    Tree.make(pod, "metadata", "annotations").put(Names.PLACE, "0/2");
    Tree.make(pod, "metadata", "labels").put(Names.ATTEMPT, "1");
    return pod;
  }

  private static Map<String, Object> group() {
    Map<String, Object> pod = Plans.object("Pod", "rl", "rl-nonagent", Names.GROUP, "nonagent");
    Tree.make(pod, "metadata", "annotations").put(Names.PROCESSES, "learner,replay");
    return pod;
  }

  /** Puts a pod into the cluster as the anchor's. */
  private void exists(Map<String, Object> pod, String phase) {
    Map<String, Object> owned = Tree.copy(KubeObjects.owned(pod, place));
    Tree.make(owned, "status").put("phase", phase);
    server.put(TEAM + "/pods/" + KubeObjects.name(pod), owned);
  }

  @Test
  void aNewPodStandsBesideTheEndedOne() {
    exists(agent(), "Failed");

    assertEquals(List.of(AGENT), stopper.start(place, List.of(AGENT)));

    Map<String, Object> fresh = server.object(TEAM + "/pods/rl-agent.r2");
    assertEquals("2", KubeObjects.label(Tree.map(fresh), Names.ATTEMPT));
    assertEquals("rl-agent", Tree.text(fresh, "spec", "hostname"));
    assertEquals("0/2", Tree.text(fresh, "metadata", "annotations", Names.PLACE));
    assertTrue(KubeObjects.isOwnedBy(Tree.map(fresh), "uid-anchor"));
    assertNotNull(server.object(TEAM + "/pods/rl-agent"));
  }

  @Test
  void theNextAttemptFollowsTheHighest() {
    exists(agent(), "Failed");
    for (int attempt : List.of(2, 10)) {
      exists(NextPod.of(agent(), attempt), "Failed");
    }

    stopper.start(place, List.of(AGENT));

    assertNotNull(server.object(TEAM + "/pods/rl-agent.r11"));
  }

  @Test
  void whatStillRunsIsNotStarted() {
    exists(agent(), "Failed");
    exists(NextPod.of(agent(), 2), "Running");

    assertEquals(List.of(), stopper.start(place, List.of(AGENT)));

    assertEquals(List.of(), server.requests("POST"));
  }

  @Test
  void whatWasStoppedBeforeItHadANodeGetsItsFirstPod() {
    assertEquals(List.of(AGENT), stopper.start(place, List.of(AGENT)));

    assertNotNull(server.object(TEAM + "/pods/rl-agent"));
    assertFalse(
        Tree.map(server.object(PLAN), "metadata", "annotations")
            .containsKey(Names.stoppedUnstarted("rl-agent")));
  }

  @Test
  void anotherStartWasFaster() {
    exists(agent(), "Failed");
    server.watch =
        request -> {
          if (request.startsWith("POST")) {
            server.watch = ignored -> {};
            exists(NextPod.of(agent(), 2), "Pending");
          }
        };

    assertEquals(List.of(AGENT), stopper.start(place, List.of(AGENT)));

    assertEquals(1, server.requests("POST").size());
  }

  @Test
  void aPodOfOthersInTheWayIsNamed() {
    exists(agent(), "Failed");
    server.put(
        TEAM + "/pods/rl-agent.r2",
        Tree.of("kind", "Pod", "metadata", Tree.of("name", "rl-agent.r2")));

    SymphonyException e =
        assertThrows(SymphonyException.class, () -> stopper.start(place, List.of(AGENT)));

    assertTrue(e.getMessage().startsWith("process agent: "), e.getMessage());
  }

  @Test
  void aGroupStartsAsAWhole() {
    UsageException e =
        assertThrows(UsageException.class, () -> stopper.start(place, List.of(AGENT, REPLAY)));
    assertEquals(
        "process nonagent/replay runs in the pod of group nonagent, which starts as a whole: -p"
            + " nonagent/",
        e.getMessage());
    assertNull(server.object(TEAM + "/pods/rl-nonagent"));

    assertEquals(List.of(REPLAY, LEARNER), stopper.start(place, List.of(REPLAY, LEARNER)));
    assertNotNull(server.object(TEAM + "/pods/rl-nonagent"));
  }
}
