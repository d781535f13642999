package dev.symphony.kube.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.Resources;
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
import org.jspecify.annotations.Nullable;
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

  @Test
  void whatInitContainersRunWithSecretsIsReferencesToThem() {
    rl.secret("TOKEN", Secret.of("s3cr3tvalue"));
    String fetch = "https://me:s3cr3tvalue@git.example/code.git";
    Map<String, Object> first =
        Tree.of(
            "name",
            "fetch",
            "image",
            "git:1",
            "command",
            List.of("git", "clone", fetch),
            "env",
            List.of(Tree.of("name", "URL", "value", fetch)));
    Map<String, Object> second =
        Tree.of("name", "check", "image", "git:1", "args", List.of("--key", "s3cr3tvalue"));
    Map<String, Object> third = Tree.of("name", "plain", "image", "git:1", "args", List.of("x"));
    rl.newProcess("a")
        .command("run", "--token=s3cr3tvalue")
        .env("URL", "s3cr3tvalue@own")
        .getSections()
        .put(
            "kube",
            Map.of("pod", Map.of("spec", Map.of("initContainers", List.of(first, second, third)))));
    PlannedExperiment plan = fixture.plan(rl);
    StoredPlan read = StoredPlan.fromConfigMaps(kept(plan));
    String all = new String(Json.bytes(read.toPlain()), StandardCharsets.UTF_8);
    assertFalse(all.contains("s3cr3tvalue"), all);
    assertFalse(String.valueOf(plan.declaration()).contains("s3cr3tvalue"));

    Map<String, Object> values = Tree.map(plan.others().get(0), "data");
    List<Object> inits = Tree.list(read.pods().get(0), "spec", "initContainers");
    assertEquals(List.of("git", "clone", fetch), arrives("command", inits.get(0), values));
    assertEquals(fetch, variable("URL", inits.get(0), values));
    assertEquals(List.of("--key", "s3cr3tvalue"), arrives("args", inits.get(1), values));
    assertEquals(Map.copyOf(third), inits.get(2));
    Object own = Tree.list(read.pods().get(0), "spec", "containers").get(0);
    assertEquals(List.of("run", "--token=s3cr3tvalue"), arrives("command", own, values));
    assertEquals("s3cr3tvalue@own", variable("URL", own, values));
    assertEquals("s3cr3tvalue", variable("TOKEN", own, values));
  }

  /** The words that a node would run. */
  private static List<String> arrives(
      String field, @Nullable Object container, Map<String, Object> secret) {
    List<String> words = new ArrayList<>();
    for (Object word : Tree.list(container, field)) {
      String text = String.valueOf(word);
      boolean reference = text.startsWith("$(") && text.endsWith(")");
      words.add(
          reference ? variable(text.substring(2, text.length() - 1), container, secret) : text);
    }
    return words;
  }

  /** What a node would find in the Secret for a variable. */
  private static String variable(
      String name, @Nullable Object container, Map<String, Object> secret) {
    for (Object variable : Tree.list(container, "env")) {
      String key = Tree.text(variable, "valueFrom", "secretKeyRef", "key");
      if (name.equals(Tree.text(variable, "name")) && key != null) {
        byte[] value = Base64.getDecoder().decode(String.valueOf(secret.get(key)));
        return new String(value, StandardCharsets.UTF_8);
      }
    }
    return "no reference " + name;
  }

  @Test
  void wordsOfKubernetesAndShortValuesWithinTextsGiveNothingAway() {
    rl.secret("ONE", Secret.of("1")).secret("TRUE", Secret.of("true"));
    rl.secret("WHEN", Secret.of("Never")).secret("NAME", Secret.of("agent"));
    rl.secret("NONE", Secret.of("None"));
    ProcessSpec agent = rl.newProcess("agent").command("run", "1").binds("web").env("N", "1");
    agent.resources(Resources.of("1", "1Gi"));
    agent
        .getSections()
        .put(
            "kube",
            Map.of(
                "headless",
                List.of("web"),
                "container",
                Map.of("tty", true),
                "pod",
                Map.of("metadata", Map.of("annotations", Map.of("note", "no. 1 of 11")))));
    PlannedExperiment plan = fixture.plan(rl);
    Map<String, Object> pod = StoredPlan.fromConfigMaps(kept(plan)).pods().get(0);
    assertEquals("no. 1 of 11", Tree.text(pod, "metadata", "annotations", "note"));
    Object container = Tree.list(pod, "spec", "containers").get(0);
    Map<String, Object> values = Tree.map(plan.others().get(0), "data");
    assertEquals(List.of("run", "1"), arrives("command", container, values));
    assertEquals("1", variable("N", container, values));
    String yaml = PlanText.yaml(plan);
    assertTrue(yaml.contains("restartPolicy: Never"), yaml);
    assertTrue(yaml.contains("cpu: \"1\""), yaml);
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
