package dev.symphony.kube.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.Resources;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.Secret;
import dev.symphony.kube.KubeExperimentSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be planned, and the words that say so. */
class PlanRefusalTest {
  private final PlanFixture fixture = new PlanFixture();
  private final ExperimentSpec rl = PlanFixture.experiment();
  private final ProcessSpec agent = rl.newProcess("agent");

  private void refused(String... lines) {
    String expected =
        lines.length == 1
            ? "experiment rl: " + lines[0]
            : "experiment rl has " + lines.length + " problems:\n  " + String.join("\n  ", lines);
    assertEquals(expected, fixture.refusal(rl));
  }

  private static void kube(dev.symphony.engine.BaseSpec spec, Object section) {
    spec.getSections().put("kube", section);
  }

  // ---- what runs

  @Test
  void noImage() {
    fixture.settings = PlanFixture.settings(null, false, null);
    rl.newProcess("learner").image("me/rl:1");
    refused("process agent has no image; give image(…), or --image REF");
  }

  @Test
  void improperImages() {
    agent.image("me/app :1");
    rl.newProcess("b").image("Me/app:1");
    rl.newProcess("c").image("me/app:");
    rl.newProcess("d").image("me/app@sha256:12");
    rl.newProcess("e").image("");
    rl.newProcess("f").image("me//app");
    rl.newProcess("g").image("reg_istry.example:5000/app");
    rl.newProcess("good").image("Reg.Example:5000/a/b-c__d.e:V1@sha256:" + "0a".repeat(32));
    rl.newProcess("also-good").image("localhost/busybox");
    String path =
        " is no part of a path; use lower-case letters and digits, with '.', '_', '__' or '-'"
            + " between them";
    refused(
        "process agent: image 'me/app :1': 'app '" + path,
        "process b: image 'Me/app:1': 'Me'" + path,
        "process c: image 'me/app:': '' is no tag; use letters, digits, '_', '.' and '-', 128 at"
            + " most",
        "process d: image 'me/app@sha256:12': 'sha256:12' is no digest; use sha256: and 64 of the"
            + " digits 0-9 and a-f",
        "process e: image '' has no name",
        "process f: image 'me//app': ''" + path,
        "process g: image 'reg_istry.example:5000/app': 'reg_istry.example:5000' is no host; use"
            + " letters, digits, '.' and '-', and perhaps :PORT");
  }

  @Test
  void jvmOptionsWithoutMain() {
    agent.command("python").jvmOptions("-Xmx1g");
    refused("process agent: jvmOptions(…) go with main(…) only");
  }

  @Test
  void aPreambleOfNothing() {
    rl.preamble("source venv/bin/activate");
    refused(
        "process agent: preamble(…) has nothing to run before: give command(…), shell(…) or"
            + " main(…), since the image's own entry point is not known");
  }

  @Test
  void workingDirectoriesThatAreNotAbsolute() {
    agent.workingDirectory("~/work");
    rl.newProcess("b").workingDirectory("work");
    refused(
        "process agent: working directory '~/work' begins with ~, but which home folder an image"
            + " has is not known; give the absolute path",
        "process b: working directory 'work' is not absolute; in an image there is nothing it could"
            + " be relative to");
  }

  @Test
  void argumentsAndLinesThatAreTooLong() {
    agent.command("echo", "x".repeat(128 * 1024));
    rl.newProcess("b").shell("# " + "x".repeat(128 * 1024));
    refused(
        "process agent: an argument is longer than 128 KiB, which no program can take",
        "process b: its shell lines are longer than 128 KiB, which no shell can take; put them into"
            + " the image");
  }

  @Test
  void amountsThatAreNoneAlsoInWhatAnotherBackendDeclared() {
    rl.addProcess(new ProcessSpec("a").resources(Resources.of("two", "512MB")));
    rl.addProcess(new ProcessSpec("b").resources(Resources.of("2", "512m")));
    refused(
        "process a: resources: cpu: 'two' is no amount; write it as Kubernetes does, such as 500m,"
            + " 2, 1.5 or 4Gi",
        "process b: resources: memory: 512m is not a whole number of bytes; m is for processors,"
            + " use M or Mi");
  }

  @Test
  void restartsThatKubernetesCannotCount() {
    agent.restart(RestartPolicy.onFailure(3));
    rl.newProcess("b").restart(RestartPolicy.always()).successExitCodes(3);
    refused(
        "process agent: restart(…) with a maximum is not possible on kube yet: a node restarts"
            + " without limit; leave the maximum out, or do not restart",
        "process b: successExitCodes(…) together with restart(…) is not possible on kube yet: a"
            + " node takes 0 alone for a success; leave one out");
  }

  // ---- the environment

  @Test
  void variablesOfSymphonyAndOfSecrets() {
    fixture.environment.put("TOKEN", "hidden");
    agent.binds("replay").env("SYMPH_REPLAY_HOST", "x").env("TOKEN", "y");
    agent.secret("TOKEN", Secret.env("TOKEN")).secret("SYMPH_PROCESS", Secret.of("z"));
    refused(
        "process agent: variable SYMPH_REPLAY_HOST is set by Symphony; use another name",
        "process agent: variable TOKEN is given with env(…) and with secret(…); give one",
        "process agent: variable SYMPH_PROCESS is set by Symphony; use another name");
  }

  @Test
  void secretsWithoutAValueAreSaidOnce() {
    rl.secret("TOKEN", Secret.env("TOKEN"));
    rl.newProcess("b").secret("KEY", Secret.missing());
    refused(
        "secret TOKEN: the environment has no variable TOKEN; export it first",
        "process b: secret KEY: a literal is not saved with a declaration; give it again with"
            + " secret(\"KEY\", Secret.of(…))");
  }

  @Test
  void variablesThatNoProgramCanTake() {
    agent.env("LONG", "x".repeat(128 * 1024)).env("HALF", "\ud800");
    rl.newProcess("b").secret("NUL", Secret.of("a\0b"));
    refused(
        "process agent: environment variable LONG is longer than 128 KiB, which no program can"
            + " take; pass a file instead",
        "process agent: environment variable HALF contains half a character, which cannot be"
            + " written as UTF-8",
        "process b: environment variable NUL contains a NUL character, which no program can take");
  }

  // ---- secrets where the cluster would keep them in clear

  private static String leak(String place, String secret, String use) {
    return place
        + " holds the value of "
        + secret
        + ", which the cluster would keep in clear; have a shell read "
        + use
        + " instead, or mount a Secret volume";
  }

  private static String leak(String place) {
    return leak(place, "secret TOKEN", "$TOKEN");
  }

  private static Map<String, Object> pod(String part, Object content) {
    return Map.of("pod", Map.of(part, content));
  }

  @Test
  void aSecretInAnAnnotation() {
    fixture.environment.put("HERE", "s3cr3tvalue");
    agent.secret("TOKEN", Secret.env("HERE"));
    kube(agent, pod("metadata", Map.of("annotations", Map.of("note", "is s3cr3tvalue!"))));
    ProcessGroupSpec group = rl.newProcessGroup("g");
    group.newProcess("x");
    // "key" is no field of Kubernetes' here
    kube(group, pod("metadata", Map.of("annotations", Map.of("key", "s3cr3tvalue"))));
    refused(
        leak("process group g: metadata.annotations.key of its pod"),
        leak("process agent: metadata.annotations.note of its pod"));
  }

  @Test
  void aSecretInALabelOrItsKey() {
    rl.secret("TOKEN", Secret.of("s3cr3tvalue"));
    kube(agent, pod("metadata", Map.of("labels", Map.of("a.s3cr3tvalue", "b.s3cr3tvalue"))));
    kube(rl.newProcess("b"), pod("metadata", Map.of("labels", Map.of("note", "a.s3cr3tvalue"))));
    refused(
        leak("process agent: metadata.labels of its pod"),
        leak("process agent: metadata.labels.a.******** of its pod"),
        leak("process b: metadata.labels.note of its pod"));
  }

  @Test
  void aSecretInTheCommandOfAProbeOrAHook() {
    fixture.environment.put("HERE", "s3cr3tvalue");
    ProcessGroupSpec group = rl.newProcessGroup("g");
    group.newProcess("first");
    ProcessSpec second = group.newProcess("second").secret("TOKEN", Secret.env("HERE"));
    Map<String, Object> exec = Map.of("exec", Map.of("command", List.of("check", "s3cr3tvalue")));
    kube(second, Map.of("container", Map.of("livenessProbe", exec)));
    kube(agent, Map.of("container", Map.of("lifecycle", Map.of("preStop", exec))));
    refused(
        leak("process g/second: spec.containers[1].livenessProbe.exec.command[1] of its pod"),
        leak("process agent: spec.containers[0].lifecycle.preStop.exec.command[1] of its pod"));
  }

  @Test
  void aSecretElsewhereInAPod() {
    rl.secret("TOKEN", Secret.of("s3cr3tvalue"));
    agent.image("me/s3cr3tvalue:1").workingDirectory("/s3cr3tvalue");
    Map<String, Object> nfs = Map.of("server", "files", "path", "/s3cr3tvalue");
    Map<String, Object> volume = Map.of("name", "v", "nfs", nfs);
    kube(agent, pod("spec", Map.of("volumes", List.of(volume))));
    refused(
        leak("process agent: spec.containers[0].image of its pod"),
        leak("process agent: spec.containers[0].workingDir of its pod"),
        leak("process agent: spec.volumes[0].nfs.path of its pod"));
  }

  @Test
  void aSecretBesideAVariableThatTheNodePutsIn() {
    rl.secret("TOKEN", Secret.of("s3cr3tvalue"));
    kube(agent, Map.of("container", Map.of("args", List.of("$(HOME)/s3cr3tvalue"))));
    refused(leak("process agent: spec.containers[0].args[0] of its pod"));
  }

  @Test
  void aSecretFileInAnAnnotation(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("id.key"), "s3cr3tvalue\n");
    fixture.workingDirectory = directory;
    kube(rl, Map.of("secrets", List.of("id.key")));
    kube(agent, pod("metadata", Map.of("annotations", Map.of("note", "s3cr3tvalue"))));
    refused(
        leak(
            "process agent: metadata.annotations.note of its pod",
            "secret file id.key",
            "/etc/secrets/id.key"));
  }

  @Test
  void aShortSecretThatIsTheWholeText() {
    rl.secret("TOKEN", Secret.of("s3")).secret("LONGER", Secret.of("s3cr"));
    kube(agent, pod("metadata", Map.of("annotations", Map.of("a", "s3"))));
    kube(rl.newProcess("b"), pod("metadata", Map.of("annotations", Map.of("a", "as3"))));
    kube(rl.newProcess("c"), pod("metadata", Map.of("annotations", Map.of("a", "as3cr"))));
    refused(
        leak("process agent: metadata.annotations.a of its pod"),
        leak("process c: metadata.annotations.a of its pod", "secret LONGER", "$LONGER"));
  }

  @Test
  void aSecretInTheRestOfThePlanOrInServices() {
    for (int i = 0; i < 21; i++) {
      agent.binds("s" + i, 9000 + i);
    }
    rl.secret("TOKEN", Secret.of("s3:9003"));
    refused(leak("the kept plan: addresses.SYMPH_S3_ADDR"));

    fixture.settings =
        new Settings("here", null, false, "me/app:1", "/app", Map.of("note", "s3:9003"), List.of());
    agent.exposes("s3");
    refused(
        leak("the kept plan: addresses.SYMPH_S3_ADDR"),
        leak("service s3: metadata.annotations.note"));
  }

  // ---- names and services

  @Test
  void nothingToRun() {
    ExperimentSpec empty = new KubeExperimentSpec("empty");
    empty.newProcessGroup("g");
    assertEquals(
        "experiment empty: it has no process; declare one with newProcess(name), or below 'processes' of a file",
        fixture.refusal(empty));
  }

  @Test
  void aProcessAndAGroupOfOneName() {
    rl.newProcessGroup("agent").newProcess("x");
    refused("process agent and process group agent would both be the pod agent; rename one");
  }

  @Test
  void namespacesOfTheClusterItself() {
    ExperimentSpec system = new KubeExperimentSpec("kube-system");
    system.newProcess("a");
    assertEquals(
        "experiment kube-system: 'kube-system' is kept for Kubernetes' own namespaces; choose"
            + " another name",
        fixture.refusal(system));
    ExperimentSpec usual = new KubeExperimentSpec("default");
    usual.newProcess("a");
    assertEquals(
        "experiment default: 'default' is kept for Kubernetes' own namespaces; choose another name",
        fixture.refusal(usual));
    fixture.settings = PlanFixture.settings("team", false, "me/app:1");
    assertEquals("default", fixture.plan(usual).experiment());
  }

  @Test
  void namesThatAreTooLongInASharedNamespace() {
    fixture.settings = PlanFixture.settings("team", false, "me/app:1");
    String longest = "a".repeat(57);
    ExperimentSpec experiment = new KubeExperimentSpec("reinforce");
    experiment.newProcessGroup(longest).newProcess("x").binds("b".repeat(54));
    experiment.newProcess("c".repeat(53)).binds("d".repeat(53)).exposes("d".repeat(53));
    assertEquals(
        "experiment reinforce has 2 problems:\n"
            + "  process group "
            + longest
            + ": in a shared namespace its pod would be named reinforce-"
            + longest
            + ", which has 67 characters; shorten it or the experiment's name to 63 together\n"
            + "  service "
            + "b".repeat(54)
            + ": in a shared namespace its Service would be named reinforce-"
            + "b".repeat(54)
            + ", which has 64 characters; shorten it or the experiment's name to 63 together",
        fixture.refusal(experiment));
  }

  @Test
  void onePortTwiceInAPod() {
    ProcessGroupSpec group = rl.newProcessGroup("g");
    group.newProcess("a").binds("one", 80);
    group.newProcess("b").exposes("two", 80);
    agent.binds("three", 80);
    refused(
        "process g/b, service two: port 80 is that of service one of process g/a in the same pod;"
            + " change one");
  }

  @Test
  void connectingToNothing() {
    agent.connects("replay");
    refused("process agent connects to service replay, which no process binds");
  }

  @Test
  void aHeadlessServiceWithAPublicAddressOrOfAnotherProcess() {
    agent.binds("web").exposes("web");
    kube(agent, Map.of("headless", List.of("web", "other")));
    refused(
        "process agent: kube.headless names service other, which the process neither binds nor"
            + " exposes",
        "process agent: service web cannot be headless and have a public address; expose it by"
            + " forward, or expose another service");
  }

  // ---- the section kube

  @Test
  void sectionsOfAWrongShapeOfWhateverDeclaration() {
    ProcessGroupSpec group = rl.newProcessGroup("g");
    kube(group.newProcess("x"), Map.of("pod", Map.of("spec", Map.of("nodeName", "n"))));
    kube(rl, Map.of("secret", List.of("file")));
    kube(group, Map.of("container", Map.of()));
    kube(agent, Map.of("pods", 1));
    kube(rl.newProcess("b"), "text");
    refused(
        "experiment rl: kube has no field 'secret'; it has secrets",
        "process group g: kube has no field 'container'; it has pod",
        "process g/x: customizePod(…) (kube.pod.spec.nodeName) is about the pod, which is that of"
            + " process group g: say it there",
        "process agent: kube has no field 'pods'; it has container, pod, headless",
        "process b: kube must be a map, found text");
  }

  @Test
  void secretFilesThatCannotBeKept(@TempDir Path directory) throws Exception {
    Files.createDirectories(directory.resolve("sub"));
    Files.writeString(directory.resolve("key"), "x");
    Files.write(directory.resolve("big"), new byte[1024 * 1024]);
    fixture.workingDirectory = directory;
    kube(rl, Map.of("secrets", List.of("key", "missing", "sub", "big")));
    refused(
        "secret file missing cannot be read; it must be a readable file",
        "secret file sub cannot be read; it must be a readable file",
        "its secrets have 1048577 bytes together, more than the 1 MiB that Kubernetes keeps in one"
            + " Secret; mount a volume instead");
  }
}
