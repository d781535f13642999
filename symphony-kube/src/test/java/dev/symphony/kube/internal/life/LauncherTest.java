package dev.symphony.kube.internal.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.AlreadyExistsException;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LauncherTest {
  private static final String RL = "/api/v1/namespaces/rl";

  private final FakeServer server = new FakeServer();
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final Launcher launcher =
      new Launcher(server, java.time.InstantSource.system(), told::add);

  @Test
  void createsTheHolderThenTheOthersThenThePods() {
    launcher.launch(Plans.own("rl", 40));

    List<String> created = server.requests("POST");
    assertEquals(43, created.size());
    assertEquals("POST /api/v1/namespaces/rl?fieldValidation=Strict", created.get(0));
    List<String> pods = created.subList(3, 43);
    assertTrue(pods.stream().allMatch(request -> request.startsWith("POST " + RL + "/pods/")));
    assertNotNull(
        Tree.text(
            server.object(RL + "/configmaps/symphony-plan"),
            "metadata",
            "annotations",
            Names.LAUNCHED));
    assertEquals(List.of("service board gets a public address; 'expose: forward' avoids it"), told);
  }

  @Test
  void inASharedNamespaceTheAnchorOwnsAll() {
    server.put("/api/v1/namespaces/team", FakeServer.namespace("team", Map.of()));

    launcher.launch(Plans.shared("rl", "team", 2));

    String anchor = KubeObjects.uid(server.get("/api/v1/namespaces/team/configmaps/rl"));
    for (String path :
        List.of("configmaps/rl-symphony-plan", "services/rl-board", "pods/rl-agent-1")) {
      Map<String, Object> object = server.get("/api/v1/namespaces/team/" + path);
      assertEquals(
          List.of(
              Tree.of(
                  "apiVersion",
                  "v1",
                  "kind",
                  "ConfigMap",
                  "name",
                  "rl",
                  "uid",
                  anchor,
                  "controller",
                  false,
                  "blockOwnerDeletion",
                  false)),
          Tree.list(object, "metadata", "ownerReferences"));
    }
  }

  @Test
  void aRefusalNamesTheProcessAndLeavesNothing() {
    server.watch =
        request -> {
          if (request.startsWith("POST " + RL + "/pods/agent-3")) {
            throw FakeServer.refusal(403, "pods \"agent-3\" is forbidden: exceeded quota: small");
          }
          if (request.startsWith("POST " + RL + "/pods/")) {
            pause();
          }
        };

    SymphonyException e =
        assertThrows(SymphonyException.class, () -> launcher.launch(Plans.own("rl", 500)));

    assertEquals(
        "experiment rl was not launched: process agent-3: pods \"agent-3\" is forbidden: exceeded"
            + " quota: small",
        e.getMessage());
    assertNull(server.object(RL));
    assertTrue(server.requests("POST").size() < 400, "a refusal stops the launch");
    assertEquals(List.of("the launch failed; removing what it made"), told);
  }

  /** What a server takes for a pod: in no time, others would make all before a refusal is heard. */
  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void tellsWhatCouldNotBeRemoved() {
    server.watch =
        request -> {
          if (request.startsWith("POST " + RL + "/services/board")) {
            throw FakeServer.refusal(422, "Service \"board\" is invalid");
          }
          if (request.startsWith("DELETE " + RL)) {
            throw FakeServer.refusal(403, "you may not delete namespaces");
          }
        };

    SymphonyException e =
        assertThrows(SymphonyException.class, () -> launcher.launch(Plans.own("rl", 1)));

    assertEquals(
        "experiment rl was not launched: service board: Service \"board\" is invalid; what was made"
            + " could not be removed: you may not delete namespaces; 'delete rl' removes it",
        e.getMessage());
  }

  @Test
  void anExperimentThatExistsStays() {
    launcher.launch(Plans.own("rl", 1));

    AlreadyExistsException e =
        assertThrows(AlreadyExistsException.class, () -> launcher.launch(Plans.own("rl", 1)));

    assertTrue(e.getMessage().contains("--force"), e.getMessage());
    assertNotNull(server.object(RL + "/pods/agent-0"));
  }

  @Test
  void aNamespaceOfOthersIsNeverAdopted() {
    server.put(RL, FakeServer.namespace("rl", Map.of(Names.EXPERIMENT, "rl")));

    AlreadyExistsException e =
        assertThrows(AlreadyExistsException.class, () -> launcher.launch(Plans.own("rl", 1)));

    assertEquals(
        "namespace rl exists and is not Symphony's; choose another experiment name",
        e.getMessage());
    assertEquals(List.of(), server.requests("DELETE"));
  }

  @Test
  void saysThatTheOldOneIsStillBeingDeleted() {
    launcher.launch(Plans.own("rl", 1));
    server.change(
        RL,
        holder -> Tree.make(holder, "metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z"));

    AlreadyExistsException e =
        assertThrows(AlreadyExistsException.class, () -> launcher.launch(Plans.own("rl", 1)));

    assertEquals("experiment rl is still being deleted; wait until it is gone", e.getMessage());
  }

  @Test
  void waitsForTheServiceAccountOfAFreshNamespace() {
    AtomicInteger refusals = new AtomicInteger();
    server.watch =
        request -> {
          if (request.startsWith("POST " + RL + "/pods") && refusals.incrementAndGet() <= 3) {
            throw FakeServer.refusal(
                403,
                "pods \"agent-0\" is forbidden: error looking up service account rl/default:"
                    + " serviceaccount \"default\" not found");
          }
        };

    launcher.launch(Plans.own("rl", 2));

    assertNotNull(server.object(RL + "/pods/agent-1"));
  }

  @Test
  void anObjectOfTheSameLaunchIsAsGood() {
    server.watch =
        request -> {
          if (request.startsWith("POST " + RL + "/pods/agent-1")) {
            server.put(
                RL + "/pods/agent-1",
                Plans.object("Pod", "rl", "agent-1", Names.PROCESS, "agent-1"));
          }
        };

    launcher.launch(Plans.own("rl", 3));

    assertNotNull(server.object(RL + "/pods/agent-2"));
  }

  @Test
  void aServerThatNeverAnsweredIsToldAtOnce() {
    server.watch =
        request -> {
          throw new ApiException("https://fake does not answer", 0, Map.of());
        };

    SymphonyException e =
        assertThrows(SymphonyException.class, () -> launcher.launch(Plans.own("rl", 1)));

    assertEquals("https://fake does not answer", e.getMessage());
    assertEquals(1, server.requests("POST").size());
  }

  @Test
  void anInterruptEndsTheLaunchAtOnce() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    server.watch =
        request -> {
          if (request.startsWith("POST " + RL + "/pods")) {
            blocked.countDown();
            waitForInterrupt();
          }
        };
    AtomicReference<String> message = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread launching =
        new Thread(
            () -> {
              SymphonyException e =
                  assertThrows(SymphonyException.class, () -> launcher.launch(Plans.own("rl", 2)));
              message.set(e.getMessage());
              flag.set(Thread.currentThread().isInterrupted());
            });
    launching.start();
    blocked.await();

    launching.interrupt();
    launching.join();

    assertEquals(
        "experiment rl was not launched: interrupted; what was made is being removed",
        message.get());
    assertTrue(flag.get(), "the interrupt flag stays");
    assertNull(server.object(RL));
  }

  @Test
  void anInterruptAtTheFirstRequestLeavesNothing() throws Exception {
    server.watch =
        request -> {
          if (request.startsWith("POST /api/v1/namespaces/rl?")) {
            server.put(RL, Plans.own("rl", 1).holder());
            Thread.currentThread().interrupt();
            throw new ApiException("interrupted", 0, Map.of());
          }
        };
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread launching =
        new Thread(
            () -> {
              assertThrows(SymphonyException.class, () -> launcher.launch(Plans.own("rl", 1)));
              flag.set(Thread.currentThread().isInterrupted());
            });
    launching.start();
    launching.join();

    assertNull(server.object(RL));
    assertTrue(flag.get(), "the interrupt flag stays");
  }

  private static void waitForInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException("interrupted", 0, Map.of());
    }
  }

  @Test
  void aDryRunShowsTheServerEveryObjectAndMakesNone() {
    List<String> notes = launcher.validate(Plans.own("rl", 2));

    assertNull(server.object(RL));
    assertEquals(1, server.objects.size());
    assertEquals(
        List.of(
            "POST /api/v1/namespaces/rl?fieldValidation=Strict&dryRun=All",
            "POST /api/v1/namespaces/default/configmaps/symphony-plan?fieldValidation=Strict"
                + "&dryRun=All"),
        server.requests("POST").stream()
            .filter(r -> r.contains("/rl?") || r.contains("plan"))
            .toList());
    assertTrue(notes.get(0).contains("namespace rl is still to be made"), notes.toString());
  }

  @Test
  void aDryRunNamesEveryProcessThatIsRefused() {
    server.put("/api/v1/namespaces/team", FakeServer.namespace("team", Map.of()));
    server.watch =
        request -> {
          if (request.contains("/pods/rl-agent-1") || request.contains("/pods/rl-agent-2")) {
            throw FakeServer.refusal(400, "unknown field \"spec.x\"");
          }
          if (request.contains("/pods/rl-agent-3")) {
            throw FakeServer.refusal(422, "too large");
          }
        };

    SymphonyException e =
        assertThrows(
            SymphonyException.class, () -> launcher.validate(Plans.shared("rl", "team", 4)));

    assertEquals(
        "process agent-1, process agent-2: unknown field \"spec.x\"\nprocess agent-3: too large",
        e.getMessage());
  }

  @Test
  void whatTheStandInNamespaceForbidsIsToldAndNotThrown() {
    server.watch =
        request -> {
          if (request.contains("/pods/")) {
            throw FakeServer.refusal(403, "you may not create pods");
          }
        };

    List<String> notes = launcher.validate(Plans.own("rl", 1));

    assertTrue(notes.contains("process agent-0: you may not create pods"), notes.toString());
    assertFalse(notes.isEmpty());
  }
}
