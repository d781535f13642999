package dev.symphony.kube.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.Secret;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.Json;
import dev.symphony.kube.internal.api.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The plan that the cluster keeps. */
class StoredPlanTest {
  private final PlanFixture fixture = new PlanFixture();
  private final ExperimentSpec rl = PlanFixture.experiment();

  private static List<Map<String, Object>> kept(PlannedExperiment plan) {
    List<Map<String, Object>> maps = new ArrayList<>();
    for (Map<String, Object> object : plan.others()) {
      if ("plan".equals(Tree.text(object, "metadata", "labels", Names.KIND))) {
        maps.add(object);
      }
    }
    return maps;
  }

  @Test
  void isReadAsItWasWritten() {
    fixture.environment.put("TOKEN", "t0psecret");
    rl.secret("TOKEN", Secret.env("TOKEN")).preamble("export A=1");
    ProcessGroupSpec group = rl.newProcessGroup("g");
    group.newProcess("learner").shell("run $TOKEN t0psecret").binds("replay").exposes("web", 80);
    group.newProcess("eval").command("eval", "--token=t0psecret").successExitCodes(3, 143);
    rl.newProcess("agent")
        .main("a.B", List.of())
        .secret("KEY", Secret.of("k1234"))
        .env("K", "k1234");
    rl.newProcess("image").command("y").restart(RestartPolicy.always()).workingDirectory("/data");
    rl.newProcess("file").command("x").secret("F", Secret.file("/etc/hostname"));
    PlannedExperiment plan = fixture.plan(rl);
    List<Map<String, Object>> maps = kept(plan);
    assertEquals(1, maps.size());
    assertEquals("symphony-plan", Tree.text(maps.get(0), "metadata", "name"));
    assertEquals("launch-1", Tree.text(maps.get(0), "metadata", "labels", Names.LAUNCH));

    StoredPlan read = StoredPlan.fromConfigMaps(maps);
    assertEquals(plan.pods(), read.pods());
    assertEquals(plan.services(), read.services());
    assertEquals(plan.processes().size(), read.processes().size());
    for (int i = 0; i < plan.processes().size(); i++) {
      PlannedProcess process = plan.processes().get(i);
      PlannedProcess again = read.processes().get(i);
      assertEquals(process.name(), again.name());
      assertEquals(process.command(), again.command());
      assertEquals(process.shell(), again.shell());
      assertEquals(process.environment(), again.environment());
      assertEquals(process.directory(), again.directory());
      assertEquals(process.successExitCodes(), again.successExitCodes());
      assertEquals(process.image(), again.image());
      assertEquals(process.pod(), again.pod());
      assertEquals(process.secrets().keySet(), again.secrets().keySet());
    }
    assertEquals(Secret.env("TOKEN"), read.processes().get(0).secrets().get("TOKEN"));
    assertEquals(Secret.file("/etc/hostname"), read.processes().get(4).secrets().get("F"));
    assertEquals(Secret.missing(), read.processes().get(2).secrets().get("KEY"));
    assertEquals("0/1", read.annotations().get(Names.PLACE));
  }

  @Test
  void holdsNoSecret() {
    fixture.environment.put("TOKEN", "t0psecret");
    rl.secret("TOKEN", Secret.env("TOKEN"));
    rl.newProcess("a").shell("login t0psecret").env("URL", "x?t0psecret").binds("s");
    rl.newProcess("b").command("login", "t0psecret").secret("KEY", Secret.of("a$(B)$$c"));
    rl.newProcess("c").command("x", "-a$(B)$$c").env("E", "a$(B)$$c");
    rl.getProcess("c")
        .getSections()
        .put("kube", Map.of("container", Map.of("args", List.of("--t0psecret"))));
    PlannedExperiment plan = fixture.plan(rl);
    StoredPlan read = StoredPlan.fromConfigMaps(kept(plan));
    String all =
        read.toString() + plan.pods() + new String(Json.bytes(read.pods()), StandardCharsets.UTF_8);
    assertFalse(all.contains("t0psecret"), all);
    assertFalse(all.contains("a$(B)"), all);
    assertFalse(all.contains("a$$(B)"), all);
    assertFalse(PlanText.yaml(plan).contains("t0psecret"));
    assertFalse(String.valueOf(plan.declaration()).contains("t0psecret"));
    Map<String, Object> values = Tree.map(plan.others().get(0), "data");
    assertTrue(values.containsValue(base64("login t0psecret")), values.toString());
    assertTrue(values.containsValue(base64("-a$(B)$$c")), values.toString());
    assertTrue(values.containsValue(base64("--t0psecret")), values.toString());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void inASharedNamespaceItHasTheExperimentInFront() {
    fixture.settings = PlanFixture.settings("team", false, "me/app:1");
    rl.newProcess("a");
    Map<String, Object> map = kept(fixture.plan(rl)).get(0);
    assertEquals("rl-symphony-plan", Tree.text(map, "metadata", "name"));
    assertEquals("team", Tree.text(map, "metadata", "namespace"));
  }

  @Test
  void addressesThatAllShareAreKeptOnce() {
    for (int i = 0; i < 30; i++) {
      rl.newProcess("p" + i).binds("s" + i);
    }
    PlannedExperiment plan = fixture.plan(rl);
    StoredPlan read = StoredPlan.fromConfigMaps(kept(plan));
    Map<String, String> environment = read.processes().get(7).environment();
    assertEquals(plan.processes().get(7).environment(), environment);
    assertEquals("0.0.0.0:7000", environment.get("SYMPH_S7_ADDR"));
    assertEquals("s7:7000", environment.get("SYMPH_S7_ADVERTISE"));
    assertEquals("s8", environment.get("SYMPH_S8_HOST"));
  }

  @Test
  void aLargeOneIsCutIntoPartsBelowTheLimit() {
    Random random = new Random(1);
    for (int i = 0; i < 30; i++) {
      byte[] noise = new byte[64_000];
      random.nextBytes(noise);
      rl.newProcess("p" + i).command("x", Base64.getEncoder().encodeToString(noise));
    }
    PlannedExperiment plan = fixture.plan(rl);
    List<Map<String, Object>> maps = kept(plan);
    assertTrue(maps.size() > 2, maps.size() + " parts");
    assertEquals("symphony-plan-1", Tree.text(maps.get(1), "metadata", "name"));
    for (Map<String, Object> map : maps) {
      String data = String.valueOf(Tree.map(map, "binaryData").values().iterator().next());
      assertTrue(Base64.getDecoder().decode(data).length <= 900_000);
    }
    List<Map<String, Object>> reversed = new ArrayList<>(maps);
    Collections.reverse(reversed);
    assertTrue(plan.pods().equals(StoredPlan.fromConfigMaps(reversed).pods()));

    List<Map<String, Object>> incomplete = List.of(maps.get(0), maps.get(2));
    assertEquals(
        "the plan of this experiment is incomplete in the cluster: ConfigMap symphony-plan-1 is"
            + " missing; delete the experiment and launch it again",
        assertThrows(SymphonyException.class, () -> StoredPlan.fromConfigMaps(incomplete))
            .getMessage());
  }

  @Test
  void aDamagedOneIsSaidToBe() {
    rl.newProcess("a");
    Map<String, Object> map = Tree.copy(kept(fixture.plan(rl)).get(0));
    for (String data : List.of("", "!", "aGVsbG8=", base64("x".repeat(100)))) {
      map.put("binaryData", Map.of("plan.json.gz", data));
      assertEquals(
          "the plan of this experiment is damaged in the cluster; delete the experiment and launch"
              + " it again",
          assertThrows(SymphonyException.class, () -> StoredPlan.fromConfigMaps(List.of(map)))
              .getMessage());
    }
    assertThrows(SymphonyException.class, () -> StoredPlan.fromConfigMaps(List.of()));
  }
}
