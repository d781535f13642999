package dev.symphony.kube.internal.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import dev.symphony.kube.internal.plan.PlannedExperiment;
import dev.symphony.kube.internal.state.Place;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemoverTest {
  private static final String TEAM = "/api/v1/namespaces/team";
  private static final String RL = "/api/v1/namespaces/rl";

  private final FakeServer server = new FakeServer();
  private final List<String> told = new ArrayList<>();
  private final Remover remover = new Remover(server, told::add);

  private Place launched(PlannedExperiment plan) {
    new Launcher(server, InstantSource.system(), line -> {}).launch(plan);
    String holder = plan.shared() ? TEAM + "/configmaps/" + plan.experiment() : RL;
    Map<String, Object> made = server.get(holder);
    server.requests.clear();
    return new Place(
        plan.experiment(),
        plan.namespace(),
        plan.shared(),
        KubeObjects.uid(made),
        plan.launchId(),
        Instant.EPOCH,
        false,
        made);
  }

  @Test
  void deletesTheNamespaceAfterItsPublicServices() {
    Place place = launched(Plans.own("rl", 2));

    remover.remove(place, false);

    assertNull(server.object(RL));
    List<String> deleted = server.requests("DELETE");
    assertEquals(
        List.of("DELETE " + RL + "/services/board", "DELETE " + RL), deleted.subList(0, 2));
  }

  @Test
  void anotherNamespaceOfThatNameStays() {
    Place place = launched(Plans.own("rl", 1));
    server.removeIf(path -> path.startsWith(RL));
    server.put(RL, FakeServer.namespace("rl", Map.of()));

    remover.remove(place, false);

    assertNotNull(server.object(RL));
  }

  @Test
  void whatIsGoneIsDone() {
    Place place = launched(Plans.own("rl", 1));
    server.removeIf(path -> path.startsWith(RL));

    remover.remove(place, false);
  }

  @Test
  void takesExactlyWhatTheAnchorOwns() {
    server.put(TEAM, FakeServer.namespace("team", Map.of()));
    server.put(
        TEAM + "/pods/lookalike",
        Plans.object("Pod", "rl", "lookalike", Names.PROCESS, "lookalike"));
    Place place = launched(Plans.shared("rl", "team", 2));
    assertNotNull(server.object(TEAM + "/pods/rl-agent-1"));

    remover.remove(place, false);

    assertEquals(
        List.of("/api/v1/namespaces/default", TEAM, TEAM + "/pods/lookalike"),
        List.copyOf(server.objects.keySet()));
    List<String> deleted = server.requests("DELETE");
    assertEquals("DELETE " + TEAM + "/services/rl-board", deleted.get(0));
    assertEquals("DELETE " + TEAM + "/configmaps/rl", deleted.get(deleted.size() - 1));
  }

  @Test
  void neverTakesWhatIsKubernetesOwn() {
    Place place =
        new Place(
            "default", "default", false, "uid-1", "launch-1", Instant.EPOCH, false, Tree.of());

    assertThrows(SymphonyException.class, () -> remover.remove(place, false));

    assertNotNull(server.object("/api/v1/namespaces/default"));
  }

  @Test
  void doesNotForgetWhatTheClusterKeeps() {
    Place place = launched(Plans.own("rl", 1));

    UsageException e = assertThrows(UsageException.class, () -> remover.remove(place, true));

    assertTrue(e.getMessage().contains("'delete rl'"), e.getMessage());
    assertNotNull(server.object(RL));
  }
}
