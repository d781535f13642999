package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.Resources;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.Tree;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class KubeSpecTest {
  private final KubeExperimentSpec rl = new KubeExperimentSpec("rl");
  private final KubeProcessGroupSpec group = rl.newProcessGroup("nonagent");
  private final KubeProcessSpec learner = group.newProcess("learner");
  private final KubeProcessSpec agent = rl.newProcess("agent");

  private static void refuses(Executable declaration, String... words) {
    String message = assertThrows(SymphonyException.class, declaration).getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), "no '" + word + "' in: " + message);
    }
    assertTrue(message.indexOf('\n') < 0, message);
  }

  /** Each neutral setter returns the backend's own type, so that calls can be chained on. */
  private static void returnsItself(Class<?> neutral, Class<?> own) throws Exception {
    int setters = 0;
    for (Method method : neutral.getDeclaredMethods()) {
      int modifiers = method.getModifiers();
      if (Modifier.isPublic(modifiers)
          && !Modifier.isStatic(modifiers)
          && !Modifier.isFinal(modifiers)
          && !method.isBridge()
          && method.getReturnType() == neutral
          && !method.getName().startsWith("get")) {
        assertEquals(
            own,
            own.getDeclaredMethod(method.getName(), method.getParameterTypes()).getReturnType(),
            method.toString());
        setters++;
      }
    }
    assertTrue(setters > 2, neutral + " has lost its setters");
  }

  @Test
  void everyNeutralSetterReturnsTheOwnType() throws Exception {
    returnsItself(ExperimentSpec.class, KubeExperimentSpec.class);
    returnsItself(ProcessGroupSpec.class, KubeProcessGroupSpec.class);
    returnsItself(ProcessSpec.class, KubeProcessSpec.class);
  }

  /** What the original can say of all processes of a group, and of a pod, groups can say here. */
  @Test
  void groupsHaveTheMethodsOfProcessesThatArePodsOrBatches() throws Exception {
    for (Method method : KubeProcessSpec.class.getDeclaredMethods()) {
      String name = method.getName();
      boolean isOfGroups =
          name.startsWith("mount")
              || List.of(
                      "label",
                      "labels",
                      "toleration",
                      "nodeSelector",
                      "customizePod",
                      "restartPolicy",
                      "imagePullPolicy",
                      "image",
                      "env")
                  .contains(name);
      if (isOfGroups && Modifier.isPublic(method.getModifiers()) && !method.isBridge()) {
        Class<?> type =
            KubeProcessGroupSpec.class
                .getDeclaredMethod(name, method.getParameterTypes())
                .getReturnType();
        assertEquals(KubeProcessGroupSpec.class, type, method.toString());
      }
    }
  }

  @Test
  void makesProcessesAndGroupsOfItsOwnType() {
    List<KubeProcessSpec> replicas = rl.newProcesses("replica", 2);
    assertEquals("replica-1", replicas.get(1).getName());
    assertEquals(2, group.newProcesses("member", 2).size());
    assertInstanceOf(KubeProcessSpec.class, group.getProcess("member-0"));
    StringBuilder said = new StringBuilder();
    agent.on(KubeProcessSpec.class, own -> said.append(own.getName()));
    assertEquals("agent", said.toString());
  }

  // ---- levels

  @Test
  void whatIsAboutThePodIsRefusedOfAMemberOfAGroup() {
    String there = "process group nonagent";
    refuses(() -> learner.label("a", "b"), "nonagent/learner", "label(…)", there);
    refuses(() -> learner.labels(Map.of("a", "b")), "label(…)", there);
    refuses(() -> learner.nodeSelector("a", "b"), "nodeSelector(…)", there);
    refuses(() -> learner.toleration(null, "Exists", null, null), "toleration(…)", there);
    refuses(() -> learner.customizePod(pod -> {}), "customizePod(…)", there);
  }

  @Test
  void aProcessWithAPodOfItsOwnCannotJoinAGroup() {
    KubeProcessSpec late = new KubeProcessSpec("late").nodeSelector("pool", "gpu");
    refuses(() -> group.addProcess(late), "process late", "nodeSelector(…)", "nonagent");
    KubeProcessSpec later = new KubeProcessSpec("later").label("a", "b");
    refuses(() -> group.addProcess(later), "process later", "label(…)", "nonagent");
    assertEquals(1, group.listProcesses().size());
    group.addProcess(new KubeProcessSpec("mounting").mountEmptyDir("scratch", false, "/scratch"));
    assertEquals(2, group.listProcesses().size());
  }

  @Test
  void membersOfAGroupMountVolumesOfOneNameOnlyWhereTheyAreTheSame() {
    KubeProcessSpec other = group.newProcess("other");
    learner.mountNfs("files", "/data", "/data", "shared");
    other.mountNfs("files", "/data", "/elsewhere", "shared");
    KubeProcessSpec third = group.newProcess("third");
    refuses(() -> third.mountEmptyDir("shared", true, "/x"), "volume shared", "nonagent/learner");
    refuses(
        () -> group.addProcess(new KubeProcessSpec("p").mountEmptyDir("shared", true, "/x")),
        "process p",
        "volume shared",
        "nonagent/learner");
  }

  // ---- batches

  @Test
  void batchesReachAllProcessesAlsoLaterOnesThatSayNothingElse() {
    KubeProcessSpec own = new KubeProcessSpec("own").image("own:1").env("A", "own");
    own.imagePullPolicy("Never").mountEmptyDir("own", false, "/fs").restart(RestartPolicy.always());
    group.image("all:1").env(Map.of("A", "1")).imagePullPolicy("Always").restartPolicy("OnFailure");
    group.mountNfs("files", "/data", "/fs");
    group.addProcess(own);
    KubeProcessSpec later = group.newProcess("later");
    for (KubeProcessSpec process : List.of(learner, later)) {
      assertEquals("all:1", process.getImage());
      assertEquals("1", process.getEnv().get("A"));
      assertEquals(RestartPolicy.onFailure(), process.getRestartPolicy());
      assertTrue(process.toYaml().contains("imagePullPolicy: Always"), process.toYaml());
      assertTrue(process.toYaml().contains("name: files-data"), process.toYaml());
    }
    assertEquals("own:1", own.getImage());
    assertEquals("own", own.getEnv().get("A"));
    assertEquals(RestartPolicy.always(), own.getRestartPolicy());
    assertTrue(own.toYaml().contains("imagePullPolicy: Never"), own.toYaml());
    assertTrue(!own.toYaml().contains("files-data"), own.toYaml());
  }

  // ---- what Kubernetes would not take

  @Test
  void wrongAmountsAreRefusedWhereTheyAreDeclared() {
    refuses(() -> agent.resourceRequest("1,5", null), "process agent", "cpu", "1,5", "500m");
    refuses(() -> agent.resourceRequest("-1", null), "cpu", "-1");
    refuses(() -> agent.resourceRequest(null, "2GB"), "memory", "2GB");
    refuses(() -> agent.resourceLimit(null, "512m"), "memory", "512m", "Mi");
    refuses(() -> agent.resourceLimit("1", "1Gi", -1), "nvidia.com/gpu", "-1");
    refuses(() -> agent.resourceLimit(Map.of("gpu", 0.5)), "nvidia.com/gpu", "whole numbers");
    refuses(() -> agent.resourceRequest(Map.of("gpu", 1)), "nvidia.com/gpu", "resourceLimit(…)");
    refuses(() -> agent.resourceLimit(Map.of("mem", "1Gi")), "'mem'", "memory");
    refuses(() -> agent.resourceLimit(Map.of("a b/c", 1)), "'a b/c'");
    refuses(() -> agent.resources(Resources.of("two", "1Gi")), "process agent", "cpu", "two");
    assertTrue(agent.getSections().isEmpty());
    agent.resourceRequest("500m", "1e9").resourceLimit("+2.", "1.5Gi").resourceLimit("1", "2Gi", 1);
    agent.resourceLimit(Map.of("example.com/device", 2, "ephemeral-storage", "10Gi", "cpu", 1.5));
    agent.resources(new Resources(".5", null, 1));
  }

  @Test
  void wrongWordsAndNamesAreRefusedWhereTheyAreDeclared() {
    refuses(() -> agent.imagePullPolicy("always"), "process agent", "'always'", "IfNotPresent");
    refuses(() -> agent.restartPolicy("Sometimes"), "'Sometimes'", "OnFailure");
    refuses(() -> agent.label("a b", "c"), "'a b'");
    refuses(() -> agent.label("a", "c d"), "label a", "'c d'");
    refuses(() -> agent.label("symphony.dev/experiment", "x"), "Symphony's own");
    refuses(() -> agent.label("app.kubernetes.io/managed-by", "me"), "Symphony's own");
    refuses(() -> agent.nodeSelector("pool", "a/b"), "node label pool", "'a/b'");
    refuses(() -> agent.toleration("k", "Like", "v", null), "operator", "'Like'", "Exists");
    refuses(() -> agent.toleration("k", "Exists", "v", null), "Exists takes no value");
    refuses(() -> agent.toleration(null, "Equal", "v", null), "needs a key");
    refuses(() -> agent.toleration("k", "Exists", null, "NO_EXECUTE"), "effect", "NoExecute");
    refuses(() -> agent.toleration(Map.of("kay", "k")), "'kay'", "tolerationSeconds");
    refuses(() -> agent.headless("Peers"), "service", "'Peers'");
    refuses(() -> agent.args("a\0b"), "NUL");
    refuses(() -> group.imagePullPolicy("now"), "process group nonagent", "'now'");
    refuses(() -> group.label("a", "c d"), "process group nonagent", "'c d'");
    refuses(() -> rl.secrets("/a/key", "/b/key"), "experiment rl", "/a/key", "/b/key");
    refuses(() -> rl.secrets("/a/my key"), "my key");
    refuses(() -> rl.secrets("/a/"), "/a/");
    assertTrue(agent.getSections().isEmpty());
  }

  @Test
  void wrongMountsAreRefusedWhereTheyAreDeclared() {
    refuses(() -> agent.mountNfs("files", "data", "/data"), "process agent", "files", "'data'");
    refuses(() -> agent.mountNfs("files", "/data", "data"), "mount path", "'data'");
    refuses(() -> agent.mountNfs("files", "/data", "/data", "A"), "volume", "'A'");
    refuses(() -> agent.mountNfs("", "/data", "/data"), "NFS server");
    refuses(() -> agent.mountSecret("My_Key", "/keys"), "secret", "'My_Key'");
    refuses(() -> agent.mountSecret("key", "/keys", 1000), "mode", "01750");
    refuses(() -> agent.mountHostPath("/dev/kvm", "/dev/kvm", "Char"), "type", "CharDevice");
    refuses(() -> agent.mountGitRepo("https://x/y.git", "--upload-pack=x", "/src"), "revision");
    refuses(() -> agent.mountGitRepo("https://x/.git", null, "/src"), "https://x/.git");
    refuses(() -> agent.mountVolume(new VolumeBuilder().build(), "/x"), "withName");
    assertTrue(agent.getSections().isEmpty());
    agent.mountEmptyDir("scratch", false, "/scratch");
    refuses(() -> agent.mountEmptyDir("scratch", true, "/other"), "volume scratch", "this process");
    refuses(() -> agent.mountEmptyDir("b", true, "/scratch"), "volume b", "scratch", "already");
    agent.mountEmptyDir("scratch", false, "/scratch").mountEmptyDir("scratch", false, "/twice");
  }

  @Test
  void argsGoWithACommandOrNone() {
    refuses(() -> agent.args("--x").shell("line"), "process agent", "args(…)");
    refuses(() -> agent.main("org.x.Main", List.of()), "process agent", "args(…)");
    refuses(() -> rl.newProcess("p").shell("line").args("--x"), "process p", "args(…)");
    agent.command("python", "x.py");
    assertTrue(agent.toYaml().contains("args:\n      - --x"), agent.toYaml());
    agent.args("a", "b").args("c");
    assertTrue(agent.toYaml().contains("args:\n      - c\n"), agent.toYaml());
  }

  // ---- fabric8's builders

  @Test
  void customizersRunAtOnceAndWhatTheySetIsSaved() {
    agent
        .customizePod(
            pod ->
                pod.editOrNewMetadata()
                    .addToAnnotations("note", "x")
                    .endMetadata()
                    .editOrNewSpec()
                    .withPriorityClassName("high")
                    .endSpec())
        .customizePod(pod -> pod.editOrNewSpec().withServiceAccountName("robot").endSpec())
        .customizeContainer(
            container ->
                container.editOrNewSecurityContext().withRunAsNonRoot(true).endSecurityContext());
    assertEquals(
        """
        name: agent
        kube:
          pod:
            metadata:
              annotations:
                note: x
            spec:
              priorityClassName: high
              serviceAccountName: robot
          container:
            securityContext:
              runAsNonRoot: true
        """,
        agent.toYaml());
  }

  @Test
  void customizersCannotTakeWhatIsSymphonys() {
    refuses(
        () ->
            agent.customizePod(
                pod ->
                    pod.editOrNewSpec().addNewContainer().withName("x").endContainer().endSpec()),
        "process agent",
        "kube.pod.spec.containers");
    refuses(
        () -> agent.customizePod(pod -> pod.editOrNewMetadata().withName("x").endMetadata()),
        "kube.pod.metadata",
        "'name'");
    refuses(
        () -> group.customizePod(pod -> pod.editOrNewSpec().withRestartPolicy("Never").endSpec()),
        "process group nonagent",
        "restartPolicy(…)");
    refuses(() -> agent.customizeContainer(container -> container.withName("x")), "name");
  }

  @Test
  void anEmptyDirOfABuilderStaysOne() {
    agent.mountVolume(
        new VolumeBuilder().withName("tmp").withNewEmptyDir().endEmptyDir().build(), "/tmp");
    agent.mountEmptyDir("tmp", false, "/var/tmp");
    assertTrue(agent.toYaml().contains("emptyDir: {}"), agent.toYaml());
  }

  // ---- files

  @TempDir Path folder;

  /** The script of the init container, with a repository and a directory of this machine. */
  @Test
  void gitRepositoriesAreCheckedOutAlsoASecondTime() throws Exception {
    Path repository = Files.createDirectories(folder.resolve("code.git"));
    String commits =
        "git init -q -b trunk . && git config user.email a@b && git config user.name a"
            + " && echo 1 > f && git add f && git commit -qm 1 && git tag v1"
            + " && git checkout -qb side && echo 2 > f && git commit -qam 2"
            + " && git checkout -q trunk && echo 3 > f && git commit -qam 3";
    assumeTrue(run(repository, List.of("sh", "-c", commits)) == 0, "no git here");
    for (String revision : Arrays.asList("v1", "side", null, "trunk")) {
      String expected = "v1".equals(revision) ? "1" : "side".equals(revision) ? "2" : "3";
      KubeProcessSpec cloning =
          new KubeProcessSpec("p").mountGitRepo("" + repository, revision, "/s");
      Object filler =
          Tree.list(cloning.getSections(), "kube", "pod", "spec", "initContainers").get(0);
      List<String> command = new ArrayList<>();
      Tree.list(filler, "command").forEach(word -> command.add("" + word));
      assertEquals("/checkout/code", command.remove(command.size() - 1));
      command.add("" + folder.resolve("checkout/code"));
      assertEquals(0, run(folder, command), revision);
      assertEquals(expected, Files.readString(folder.resolve("checkout/code/f")).strip(), revision);
    }
  }

  private static int run(Path directory, List<String> command) throws Exception {
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private void refusesFile(String text, String... words) throws Exception {
    Path file = folder.resolve("x.yaml");
    Files.writeString(file, text);
    refuses(() -> ExperimentSpec.load(file, KubeExperimentSpec::new), words);
  }

  @Test
  void whatIsLoadedIsWhatWasSaved() throws Exception {
    group.nodeSelector("pool", "cpu").imagePullPolicy("Always").mountSharedMemory();
    agent.label("team", "blue").resourceLimit("1", "1Gi", 2).mountGitRepo("x:y/z.git", "v1", "/s");
    agent.binds("peers").headless("peers");
    rl.secrets("~/.key.txt");
    Path file = folder.resolve("rl.yaml");
    rl.dump(file);
    KubeExperimentSpec loaded = ExperimentSpec.load(file, KubeExperimentSpec::new);
    assertEquals(rl.toPlain(), loaded.toPlain());
    assertEquals(List.of("~/.key.txt"), loaded.getSecretFiles());
    loaded.getProcess("agent").on(KubeProcessSpec.class, kube -> kube.label("team", "red"));
    assertTrue(loaded.toYaml().contains("team: red"), loaded.toYaml());
    assertTrue(loaded.toYaml().contains("cpu: \"1\""), loaded.toYaml());

    ExperimentSpec neutral = ExperimentSpec.load(file);
    assertEquals(rl.toPlain(), neutral.toPlain());
  }

  @Test
  void wrongSectionsOfFilesAreNamedWithTheirPlace() throws Exception {
    refusesFile("name: x\nkube: yes\n", "x.yaml line 2", "experiment x", "must be a map");
    refusesFile("name: x\nkube: {secret: [a]}\n", "x.yaml line 2", "'secret'", "secrets");
    refusesFile("name: x\nkube: {secrets: a}\n", "kube.secrets", "list");
    String process = "name: x\nprocesses:\n  - name: p\n    kube: ";
    refusesFile(
        process + "{contaner: {}}\n", "x.yaml line 4", "process p", "'contaner'", "container");
    refusesFile(process + "{container: [a]}\n", "kube.container", "map");
    refusesFile(process + "{container: {name: q}}\n", "kube.container.name");
    refusesFile(
        process + "{container: {resources: {limits: {cpu: two}}}}\n", "process p", "cpu", "two");
    refusesFile(process + "{pod: {specs: {}}}\n", "kube.pod", "'specs'", "metadata, spec");
    refusesFile(process + "{pod: {spec: {containers: []}}}\n", "kube.pod.spec.containers");
    refusesFile(process + "{pod: {metadata: {labels: {a: 1}}}}\n", "label a", "text");
    refusesFile(process + "{pod: {metadata: {labels: {symphony.dev/launch: x}}}}\n", "own");
    refusesFile(process + "{pod: {metadata: {annotations: {symphony.dev/place: x}}}}\n", "own");
    refusesFile(process + "{headless: peers}\n", "kube.headless", "list");
    String member =
        "name: x\ngroups:\n  - name: g\n    processes:\n      - name: p\n        kube: ";
    refusesFile(
        member + "{pod: {spec: {nodeSelector: {a: b}}}}\n",
        "x.yaml line 6",
        "process g/p",
        "nodeSelector",
        "process group g");
    refusesFile("name: x\ngroups:\n  - name: g\n    kube: {container: {}}\n", "'container'", "pod");
  }
}
