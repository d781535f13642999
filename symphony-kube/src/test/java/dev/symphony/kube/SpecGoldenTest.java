package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.PlannedExperiment;
import dev.symphony.kube.internal.plan.Planner;
import dev.symphony.kube.internal.plan.Settings;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.PlainText;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What each method that only Kubernetes has makes of the declaration and of the pod. */
class SpecGoldenTest {
  private static final Map<String, Consumer<KubeProcessSpec>> OF_PROCESS =
      Map.ofEntries(
          Map.entry("args", p -> p.args("--level", "$(LEVEL)")),
          Map.entry("imagePullPolicy", p -> p.imagePullPolicy("Always")),
          Map.entry(
              "resourceRequest",
              p -> p.resourceRequest("1.7", "2Gi").resourceRequest(Map.of("cpu", 2.5))),
          Map.entry(
              "resourceLimit",
              p -> p.resourceLimit("4", "8Gi", 2).resourceLimit(Map.of("example.com/device", 1))),
          Map.entry(
              "customizeContainer",
              p ->
                  p.customizeContainer(
                      c ->
                          c.withTty(true)
                              .withNewReadinessProbe()
                              .withNewTcpSocket()
                              .withNewPort(80)
                              .endTcpSocket()
                              .withPeriodSeconds(3)
                              .endReadinessProbe())),
          Map.entry(
              "mountVolume",
              p ->
                  p.mountVolume(
                      new VolumeBuilder()
                          .withName("config")
                          .withNewConfigMap()
                          .withName("settings")
                          .endConfigMap()
                          .build(),
                      "/etc/app")),
          Map.entry("mountNfs", p -> p.mountNfs("files.lab", "/data", "/data")),
          Map.entry("mountSecret", p -> p.mountSecret("keys", "/keys", 0400)),
          Map.entry(
              "mountGitRepo",
              p -> p.mountGitRepo("https://example.com/me/Code.git", "v1.2", "/src")),
          Map.entry("mountHostPath", p -> p.mountHostPath("/dev/kvm", "/dev/kvm", "CharDevice")),
          Map.entry("mountEmptyDir", p -> p.mountEmptyDir("scratch", false, "/scratch")),
          Map.entry("mountSharedMemory", p -> p.mountSharedMemory()),
          Map.entry("restartPolicy", p -> p.restartPolicy("OnFailure")),
          Map.entry("label", p -> p.label("team", "blue")),
          Map.entry("labels", p -> p.labels(Map.of("example.com/cost-centre", "42"))),
          Map.entry(
              "toleration",
              p ->
                  p.toleration("surreal", "Exists", null, "NoExecute")
                      .toleration("surreal", "Exists", null, "NoExecute")
                      .toleration(Map.of("key", "gpu", "value", "k80"))),
          Map.entry("nodeSelector", p -> p.nodeSelector("surreal-node", "agent")),
          Map.entry(
              "customizePod",
              p ->
                  p.customizePod(
                      pod ->
                          pod.editOrNewSpec()
                              .withPriorityClassName("high")
                              .addNewImagePullSecret("registry")
                              .withActiveDeadlineSeconds(3600L)
                              .endSpec())),
          Map.entry("headless", p -> p.binds("peers").headless("peers")));

  private static final Map<String, Consumer<KubeProcessGroupSpec>> OF_GROUP =
      Map.ofEntries(
          Map.entry("image", g -> g.image("all:1")),
          Map.entry("env", g -> g.env("A", "1").env(Map.of("B", "2"))),
          Map.entry("imagePullPolicy", g -> g.imagePullPolicy("Always")),
          Map.entry("restartPolicy", g -> g.restartPolicy("Always")),
          Map.entry("label", g -> g.label("team", "blue")),
          Map.entry("labels", g -> g.labels(Map.of("team", "blue"))),
          Map.entry("toleration", g -> g.toleration("surreal", "Equal", "true", "NoExecute")),
          Map.entry("nodeSelector", g -> g.nodeSelector("surreal-node", "nonagent-cpu")),
          Map.entry(
              "customizePod",
              g -> g.customizePod(pod -> pod.editOrNewSpec().withHostNetwork(true).endSpec())),
          Map.entry(
              "mountVolume",
              g ->
                  g.mountVolume(
                      new VolumeBuilder()
                          .withName("claim")
                          .withNewPersistentVolumeClaim("data", true)
                          .build(),
                      "/data")),
          Map.entry("mountNfs", g -> g.mountNfs("files.lab", "/data", "/data", "files")),
          Map.entry("mountSecret", g -> g.mountSecret("keys", "/keys")),
          Map.entry("mountGitRepo", g -> g.mountGitRepo("git@example.com:me/code", null, "/src")),
          Map.entry("mountHostPath", g -> g.mountHostPath("/data", "/data")),
          Map.entry("mountEmptyDir", g -> g.mountEmptyDir("scratch", true, "/scratch")),
          Map.entry("mountSharedMemory", g -> g.mountSharedMemory("shm")));

  @TempDir Path home;

  private String planned(KubeExperimentSpec experiment) {
    ClusterContext context = ClusterContext.of(Map.of("HOME", home.toString()), home);
    Settings settings =
        new Settings("test", null, true, "busybox:1", "/app/*", Map.of(), List.of());
    PlannedExperiment plan = new Planner(settings, context).plan(experiment);
    StringBuilder text = new StringBuilder("# declared\n").append(experiment.toYaml());
    for (Map<String, Object> object : plan.others()) {
      if (!"ConfigMap".equals(object.get("kind"))) {
        text.append("---\n").append(PlainText.yaml(declared(object)));
      }
    }
    for (Map<String, Object> pod : plan.pods()) {
      text.append("---\n").append(PlainText.yaml(declared(pod)));
    }
    return text.toString();
  }

  /** Without what other tests show: Symphony's own variables, labels and annotations. */
  private static Map<String, Object> declared(Map<String, Object> object) {
    Map<String, Object> copy = Tree.copy(object);
    for (Object container : Tree.list(copy, "spec", "containers")) {
      Tree.list(container, "env").removeIf(variable -> isOurs(Tree.text(variable, "name")));
    }
    for (String field : List.of("labels", "annotations")) {
      Map<String, Object> own = Tree.map(copy, "metadata", field);
      own.keySet().removeIf(SpecGoldenTest::isOurs);
      if (own.isEmpty()) {
        Tree.make(copy, "metadata").remove(field);
      }
    }
    return copy;
  }

  private static boolean isOurs(String name) {
    return name.matches("SYMPH_.*|PYTHON.*|.*symphony\\.dev/.*|.*/managed-by");
  }

  @TestFactory
  Stream<DynamicTest> ofProcesses() {
    return OF_PROCESS.entrySet().stream()
        .map(
            method ->
                DynamicTest.dynamicTest(
                    method.getKey(),
                    () -> {
                      KubeExperimentSpec experiment = new KubeExperimentSpec("x");
                      method.getValue().accept(experiment.newProcess("p").command("run"));
                      Golden.check("specs/process-" + method.getKey(), planned(experiment));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> ofGroups() {
    return OF_GROUP.entrySet().stream()
        .map(
            method ->
                DynamicTest.dynamicTest(
                    method.getKey(),
                    () -> {
                      KubeExperimentSpec experiment = new KubeExperimentSpec("x");
                      KubeProcessGroupSpec group = experiment.newProcessGroup("g");
                      group.newProcess("before").command("run");
                      method.getValue().accept(group);
                      group.newProcess("after").command("run");
                      Golden.check("specs/group-" + method.getKey(), planned(experiment));
                    }));
  }

  @Test
  void ofExperiments() throws Exception {
    Files.writeString(home.resolve(".mjkey.txt"), "the key\n");
    KubeExperimentSpec experiment = new KubeExperimentSpec("x").secrets("~/.mjkey.txt");
    experiment.newProcess("p").command("run");
    Golden.check("specs/experiment-secrets", planned(experiment));
  }

  /** A new method has its golden text too. */
  @Test
  void everyMethodOfOurOwnIsShown() {
    assertEquals(ownMethods(KubeProcessSpec.class), new TreeSet<>(OF_PROCESS.keySet()));
    assertTrue(OF_GROUP.keySet().containsAll(ownMethods(KubeProcessGroupSpec.class)));
  }

  private static TreeSet<String> ownMethods(Class<?> type) {
    TreeSet<String> names = new TreeSet<>();
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())
          && !method.isBridge()
          && method.getReturnType() == type
          && !isInherited(type.getSuperclass(), method)) {
        names.add(method.getName());
      }
    }
    return names;
  }

  private static boolean isInherited(Class<?> parent, Method method) {
    return Stream.of(parent.getMethods())
        .anyMatch(
            other ->
                other.getName().equals(method.getName())
                    && List.of(other.getParameterTypes())
                        .equals(List.of(method.getParameterTypes())));
  }
}
