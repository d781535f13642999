package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.plan.Planner;
import dev.symphony.kube.internal.plan.Settings;
import dev.symphony.spi.ClusterContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The declarations of the original's test suite. */
class OriginalSuiteTest {
  private static final String MOUNT =
      """
      kube:
        container:
          volumeMounts:
            - name: surreal-shared-fs-vm-data
              mountPath: /fs
      """;

  private static String golden(ExperimentSpec experiment, String name) {
    String text = experiment.toYaml();
    Golden.check("specs/suite-" + name, text);
    return text;
  }

  @Test
  void topDown() {
    KubeExperimentSpec exp = KubeCluster.builder().build(here()).newExperiment("exp");
    KubeProcessGroupSpec nonagent = exp.newProcessGroup("group");
    KubeProcessSpec learner = nonagent.newProcess("proc1").image("def").command("cmd1");
    learner.binds("myserver");
    nonagent.newProcess("proc2").image("cpu").args("cmd2").connects("myserver");
    exp.newProcesses("agent", 8, (agent, i) -> agent.image("gpu").connects("myserver"))
        .forEach(agent -> agent.args("--cmd"));
    KubeProcessSpec tb = exp.newProcess("tb").image("tensorboard").args("--logdir");
    tb.exposes("tensorboard");

    for (ProcessSpec process : exp.listProcesses()) {
      process.on(
          KubeProcessSpec.class, kube -> kube.mountNfs("surreal-shared-fs-vm", "/data", "/fs"));
    }
    tb.resourceRequest("1.7", null).nodeSelector("surreal-node", "agent");
    tb.toleration("surreal", "Exists", null, "NoExecute").imagePullPolicy("Always");
    learner.resourceRequest("7", null);
    nonagent.nodeSelector("surreal-node", "nonagent-cpu");
    nonagent.toleration("surreal", "Exists", null, "NoExecute").imagePullPolicy("Always");

    golden(exp, "top-down");
  }

  @Test
  void bottomUp() {
    KubeProcessSpec learner = new KubeProcessSpec("proc1").command("cmd1").binds("myserver");
    KubeProcessSpec replay = new KubeProcessSpec("proc2").command("cmd2").connects("myserver");
    KubeProcessGroupSpec nonagent = new KubeProcessGroupSpec("group");
    nonagent.addProcesses(List.of(learner, replay));
    learner.resourceRequest("7", null);
    nonagent.nodeSelector("surreal-node", "nonagent-cpu");
    nonagent.toleration("surreal", "Exists", null, "NoExecute").imagePullPolicy("Always");
    List<KubeProcessSpec> agents = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      agents.add(new KubeProcessSpec("agent" + i).command("--cmd").connects("myserver"));
    }
    KubeProcessSpec tb = new KubeProcessSpec("tb").args("--logdir").exposes("tensorboard");
    tb.resourceRequest("1.7", null).nodeSelector("surreal-node", "agent");
    tb.toleration("surreal", "Exists", null, "NoExecute").imagePullPolicy("Always");

    KubeExperimentSpec exp = new KubeExperimentSpec("exp");
    exp.addProcessGroup(nonagent);
    exp.addProcesses(agents);
    exp.addProcess(tb);
    for (ProcessSpec process : exp.listProcesses()) {
      process.on(
          KubeProcessSpec.class, kube -> kube.mountNfs("surreal-shared-fs-vm", "/data", "/fs"));
    }

    String text = golden(exp, "bottom-up");
    assertEquals(text, ExperimentSpec.fromYaml(text).toYaml());
  }

  /** Sections of neutral specs, which no setter has seen, are checked when they are compiled. */
  @Test
  void whatNoSetterHasSeenIsCheckedByThePlan() {
    ExperimentSpec neutral = new ExperimentSpec("x");
    ProcessSpec p = neutral.newProcess("p").command("run").image("a:1");
    p.getSections()
        .put(
            "kube",
            Map.of("container", Map.of("resources", Map.of("limits", Map.of("cpu", "two")))));
    ProcessGroupSpec g = neutral.newProcessGroup("g");
    for (String medium : List.of("Memory", "")) {
      KubeProcessSpec own = new KubeProcessSpec("m" + medium.length()).command("run").image("a:1");
      g.addProcess(own.mountEmptyDir("scratch", !medium.isEmpty(), "/scratch"));
    }
    Settings settings = new Settings("test", null, true, null, "/app/*", Map.of(), List.of());
    String message =
        assertThrows(SymphonyException.class, () -> new Planner(settings, here()).plan(neutral))
            .getMessage();
    assertTrue(message.contains("process p: cpu: 'two' is no amount"), message);
    assertTrue(message.contains("process g/m6: volume scratch of process g/m0"), message);
  }

  /** One declaration; what Kubernetes alone understands says nothing on other backends. */
  @Test
  void switchBackend() {
    ExperimentSpec local = declare(Cluster.of("local", Map.of(), here()));
    assertTrue(local.getProcess("tb").getSections().isEmpty());
    ExperimentSpec kube = declare(Cluster.of("kube", Map.of(), here()));
    String text = golden(kube, "switch-backend");
    assertTrue(text.contains(MOUNT.lines().skip(2).findFirst().orElseThrow().strip()), text);

    ExperimentSpec carried = ExperimentSpec.fromYaml(text);
    assertEquals(kube.toPlain(), carried.toPlain());
    assertNull(local.getProcess("tb").getImage());
  }

  private static ExperimentSpec declare(Cluster cluster) {
    ExperimentSpec exp = cluster.newExperiment("exp");
    ProcessGroupSpec group = exp.newProcessGroup("group");
    group.newProcess("proc1").command("cmd1").binds("myserver");
    group.newProcess("proc2").command("cmd2").connects("myserver");
    for (int i = 0; i < 8; i++) {
      exp.newProcess("agent" + i).command("--cmd").connects("myserver");
    }
    ProcessSpec tb = exp.newProcess("tb").command("--logdir").exposes("tensorboard");
    for (ProcessSpec process : exp.listProcesses()) {
      process.on(
          KubeProcessSpec.class, kube -> kube.mountNfs("surreal-shared-fs-vm", "/data", "/fs"));
    }
    tb.on(
        KubeProcessSpec.class,
        kube ->
            kube.resourceRequest("1.7", null)
                .nodeSelector("surreal-node", "agent")
                .toleration("surreal", "Exists", null, "NoExecute")
                .imagePullPolicy("Always"));
    group
        .getProcess("proc1")
        .on(KubeProcessSpec.class, kube -> kube.resourceRequest(Map.of("cpu", 7)));
    group.on(
        KubeProcessGroupSpec.class,
        kube ->
            kube.nodeSelector("surreal-node", "nonagent-cpu")
                .toleration("surreal", "Exists", null, "NoExecute")
                .imagePullPolicy("Always"));
    return exp;
  }

  private static ClusterContext here() {
    return ClusterContext.of(Map.of("HOME", "/home/me"), Path.of(""));
  }
}
