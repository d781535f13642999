package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.Resources;
import dev.symphony.engine.SymphonyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GkeDispatcherTest {
  private static final Path FILE = Path.of("src/test/resources/gke/cluster.tf.json");

  private final GkeDispatcher dispatcher = GkeDispatcher.read(FILE);
  private final KubeExperimentSpec rl = new KubeExperimentSpec("rl");
  private final KubeProcessSpec process = rl.newProcess("p");

  private static void refuses(Executable action, String... words) {
    String message = assertThrows(SymphonyException.class, action).getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), "no '" + word + "' in: " + message);
    }
  }

  @Test
  void readsTheNodePools() {
    assertEquals(
        List.of("agent-large", "agent-small", "learner-gpu", "nonagent-gpu"),
        dispatcher.getNodePools());
    assertTrue(dispatcher.getNodePool("agent-large").toString().contains("n1-highmem-8"));
    NotFoundException missing =
        assertThrows(NotFoundException.class, () -> dispatcher.getNodePool("agent"));
    assertTrue(missing.getMessage().contains("agent-large, agent-small"), missing.getMessage());
    refuses(() -> dispatcher.assignToMachine(process, "agent"), "no node pool agent");
    assertTrue(process.getSections().isEmpty());
  }

  /** The numbers that the original computes. */
  @ParameterizedTest
  @CsvSource({
    "agent-large, 1, 7.4, 26624Mi, ",
    "agent-large, 2, 3.7, 17749Mi, ",
    "agent-large, 3, 2.466, 13312Mi, ",
    "agent-large, 5, 1.48, 8874Mi, ",
    "agent-large, 7, 1.057, 6656Mi, ",
    "agent-small, 5, 0.279, 1280Mi, ",
    "agent-small, 7, 0.199, 960Mi, ",
    "agent-small, 13, 0.107, 548Mi, ",
    "learner-gpu, 1, 31.4, 106496Mi, 8",
    "learner-gpu, 2, 15.7, 70997Mi, 4",
    "learner-gpu, 3, 10.466, 53248Mi, 2",
    "learner-gpu, 5, 6.279, 35498Mi, 1",
    "learner-gpu, 13, 2.415, 15213Mi, 1",
    "nonagent-gpu, 3, 5.133, 15360Mi, 1",
    "nonagent-gpu, 13, 1.184, 4388Mi, 1",
  })
  void sharesMachinesOut(String pool, int perMachine, String cpu, String memory, String gpus) {
    dispatcher.assignToMachine(process, pool, perMachine);
    Map<String, Object> resources = new HashMap<>();
    resources.put("requests", Map.of("cpu", cpu, "memory", memory));
    if (gpus != null) {
      resources.put("limits", Map.of("nvidia.com/gpu", gpus));
    }
    Map<?, ?> section = (Map<?, ?>) process.getSections().get("kube");
    assertEquals(resources, ((Map<?, ?>) section.get("container")).get("resources"));
  }

  @Test
  void aGpuIsItsShareOfTheMachine() {
    dispatcher.assignToGpu(process, "nonagent-gpu");
    assertEquals(
        """
        name: p
        kube:
          pod:
            spec:
              nodeSelector:
                name: nonagent-gpu
              tolerations:
                - key: surreal
                  operator: Equal
                  value: "true"
                  effect: NoExecute
                - key: nvidia.com/gpu
                  operator: Exists
                  effect: NoSchedule
          container:
            resources:
              requests:
                cpu: "3.85"
                memory: 12288Mi
              limits:
                nvidia.com/gpu: "1"
        """,
        process.toYaml());
    refuses(
        () -> dispatcher.assignToGpu(process, "agent-small"), "process p", "agent-small has none");
  }

  @Test
  void whatIsAboutThePodGoesToTheGroup() {
    KubeProcessGroupSpec group = rl.newProcessGroup("g");
    dispatcher.assignToMachine(group.newProcess("a"), "agent-small", 2);
    dispatcher.assignToMachine(group.newProcess("b"), "agent-small", 2);
    assertEquals(
        """
        name: g
        kube:
          pod:
            spec:
              nodeSelector:
                name: agent-small
              tolerations:
                - key: surreal
                  operator: Equal
                  value: "true"
                  effect: NoSchedule
                - key: preemptible
                  effect: PreferNoSchedule
        processes:
          - name: a
            kube:
              container:
                resources:
                  requests:
                    cpu: "0.7"
                    memory: 2560Mi
          - name: b
            kube:
              container:
                resources:
                  requests:
                    cpu: "0.7"
                    memory: 2560Mi
        """,
        group.toYaml());
  }

  @Test
  void infersTheFirstPoolThatHasMore() {
    assertEquals("agent-small", dispatcher.inferNodePool(Resources.of("1", "1000Mi"), null));
    assertEquals("agent-large", dispatcher.inferNodePool(Resources.of("2", "1000Mi"), null));
    assertEquals("agent-large", dispatcher.inferNodePool(new Resources(null, "7680Mi", 0), null));
    assertEquals("agent-small", dispatcher.inferNodePool(new Resources(null, "7679Mi", 0), null));
    assertEquals("nonagent-gpu", dispatcher.inferNodePool(new Resources(null, null, 1), null));
    assertEquals("learner-gpu", dispatcher.inferNodePool(new Resources(null, null, 5), null));
    assertEquals("learner-gpu", dispatcher.inferNodePool(new Resources(null, null, 1), "V100"));
    assertEquals("nonagent-gpu", dispatcher.inferNodePool(new Resources("2500m", "4Gi", 2), "k80"));
    refuses(
        () -> dispatcher.inferNodePool(new Resources(null, null, 0), "v100"),
        "v100",
        "agent-small");
    refuses(() -> dispatcher.inferNodePool(new Resources("8", null, 0), null), "cpu 8");
  }

  @Test
  void assignsAsSettingsSay() {
    KubeProcessSpec same = rl.newProcess("same");
    dispatcher.assignTo(
        process,
        Map.of("assign_to", "machine", "node_pool_name", "agent-large", "process_per_machine", 5));
    dispatcher.assignToMachine(same, "agent-large", 5);
    assertEquals(same.getSections(), process.getSections());

    Map<String, Object> settings = new HashMap<>();
    settings.put("assign_to", "resource");
    settings.put("node_pool_name", null);
    settings.putAll(Map.of("cpu", 2.5, "memory_m", 4096, "gpu_type", "k80", "gpu_count", 2));
    KubeProcessSpec claimed = rl.newProcess("claimed");
    KubeProcessSpec alike = rl.newProcess("alike");
    dispatcher.assignTo(claimed, settings);
    dispatcher.assignToNodePool(alike, "nonagent-gpu", new Resources("2.5", "4096Mi", 2));
    assertEquals(alike.getSections(), claimed.getSections());

    dispatcher.assignTo(
        rl.newProcess("gpu"), Map.of("assign_to", "gpu", "node_pool_name", "learner-gpu"));
    dispatcher.assignTo(
        rl.newProcess("pool"),
        Map.of("assign_to", "node_pool", "node_pool_name", "agent-small", "cpu", 1));
  }

  @Test
  void refusesOtherSettings() {
    refuses(() -> dispatcher.assignTo(process, Map.of()), "process p", "assign_to", "node_pool");
    refuses(() -> dispatcher.assignTo(process, Map.of("assign_to", "cpu")), "cpu", "machine");
    refuses(() -> dispatcher.assignTo(process, Map.of("assign_to", "gpu")), "node_pool_name");
    refuses(
        () -> dispatcher.assignTo(process, Map.of("assign_to", "gpu", "cpu", 1)),
        "'cpu'",
        "node_pool_name");
    refuses(
        () -> dispatcher.assignTo(process, Map.of("assign_to", "resource", "memory_m", "4Gi")),
        "memory_m",
        "number");
    refuses(() -> dispatcher.assignToMachine(process, "agent-small", 0), "process p", "0");
  }

  @TempDir Path folder;

  private void refusesFile(String text, String... words) throws Exception {
    Path file = folder.resolve("my.tf.json");
    Files.writeString(file, text);
    refuses(() -> GkeDispatcher.read(file), words);
    refuses(() -> GkeDispatcher.read(file), "my.tf.json");
  }

  @Test
  void namesWhatIsMissingInWhichFile() throws Exception {
    refuses(() -> GkeDispatcher.read(folder.resolve("none.tf.json")), "none.tf.json", "Cloudwise");
    refusesFile("{", "no JSON");
    refusesFile("[]", "resource.google_container_node_pool");
    refusesFile("{}", "resource.google_container_node_pool", "Cloudwise");
    String pool = "{\"resource\": {\"google_container_node_pool\": {\"cpus\": %s}}}";
    refusesFile(pool.formatted("{}"), "node pool cpus", "node_config", "Cloudwise");
    refusesFile(pool.formatted("{\"node_config\": {}}"), "node pool cpus", "node_config.labels");
    String labels = "{\"node_config\": {\"labels\": {\"name\": \"x\", \"cpu\": %s}}}";
    refusesFile(pool.formatted(labels.formatted("2")), "cpus", "node_config.labels.memory_m");
    refusesFile(
        pool.formatted(labels.formatted("\"two\", \"memory_m\": 1")),
        "labels.cpu",
        "number",
        "two");
  }
}
