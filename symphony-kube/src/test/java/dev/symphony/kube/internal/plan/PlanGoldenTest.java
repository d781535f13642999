package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.Resources;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.Secret;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.PlainText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each way to declare something becomes. */
class PlanGoldenTest {
  private final PlanFixture fixture = new PlanFixture();
  private final ExperimentSpec rl = PlanFixture.experiment();

  private void whole(String name) {
    Golden.check("plan/" + name + ".yaml", fixture.yaml(rl));
  }

  /** The container of one process without the variables that every process has. */
  private void container(String name, Consumer<ProcessSpec> declaration) {
    ProcessSpec agent = rl.newProcess("agent");
    declaration.accept(agent);
    Map<String, Object> container = fixture.container(rl);
    List<Object> env = new ArrayList<>();
    for (Object variable : Tree.list(container, "env")) {
      if (!String.valueOf(Tree.text(variable, "name")).matches("SYMPH_[A-Z_]*|PYTHONUNBUFFERED")) {
        env.add(variable);
      }
    }
    container.put("env", env);
    Golden.check("plan/container-" + name + ".yaml", PlainText.yaml(container));
  }

  private void pod(String name) {
    Map<String, Object> pod = fixture.plan(rl).pods().get(0);
    for (Object container : Tree.list(pod, "spec", "containers")) {
      Tree.map(container).remove("env");
    }
    Golden.check("plan/pod-" + name + ".yaml", PlainText.yaml(pod));
  }

  @Test
  void theSeedExample() {
    ProcessSpec learner = rl.newProcess("learner").image("me/rl:1").command("python", "learner.py");
    ProcessSpec agent = rl.newProcess("agent").image("me/rl:1");
    agent.shell("source venv/bin/activate", "python agent.py");
    learner.binds("replay-server").binds("parameter-server").exposes("tensorboard", 6006);
    agent.connects("replay-server", "parameter-server");
    whole("seed-example");
  }

  @Test
  void command() {
    container("command", agent -> agent.command("python", "-c", "print('$(HOME) $$ $HOME é')"));
  }

  @Test
  void shell() {
    container("shell", agent -> agent.shell("echo $(date) $$", "exec python agent.py"));
  }

  @Test
  void mainClass() {
    container(
        "main", agent -> agent.main("com.acme.Agent", List.of("--fast")).jvmOptions("-Xmx1g"));
  }

  @Test
  void nothingIsTheEntryPointOfTheImage() {
    container("entry-point", agent -> {});
  }

  @Test
  void preamble() {
    rl.preamble("source /venv/bin/activate");
    container("preamble", agent -> agent.command("python", "agent.py"));
  }

  @Test
  void preambleOfTheGroupComesAfterTheExperimentsOwn() {
    rl.preamble("export A=1");
    rl.newProcessGroup("g").preamble("export B=2").newProcess("agent").shell("echo $A $B");
    Golden.check("plan/container-preambles.yaml", PlainText.yaml(fixture.container(rl)));
  }

  @Test
  void env() {
    fixture.environment.putAll(Map.of("PASSED", "1", "BOTH", "passed"));
    container(
        "env",
        agent ->
            agent
                .env("DOLLARS", "$(HOME) $$x $HOME $")
                .env("BOTH", "own")
                .passEnv("PASSED", "BOTH", "UNSET"));
  }

  @Test
  void workingDirectory() {
    container("working-directory", agent -> agent.workingDirectory("/data"));
  }

  @Test
  void image() {
    container(
        "image", agent -> agent.image("gcr.io/My.Project:1".toLowerCase(java.util.Locale.ROOT)));
  }

  @Test
  void resources() {
    container("resources", agent -> agent.resources(Resources.of("500m", "1.5Gi").withGpus(2)));
  }

  @Test
  void gracePeriodIsTheLongestOfTheGroupInWholeSeconds() {
    ProcessGroupSpec group = rl.newProcessGroup("g");
    group.newProcess("a").gracePeriod(Duration.ofMillis(2500));
    group.newProcess("b").gracePeriod(Duration.ofSeconds(1));
    pod("grace-period");
  }

  @Test
  void restartIsThatOfThePod() {
    rl.newProcess("agent").restart(RestartPolicy.onFailure());
    pod("restart");
  }

  @Test
  void restartIsThatOfEachContainerWhereAGroupMixesThem() {
    ProcessGroupSpec group = rl.newProcessGroup("g");
    group.newProcess("a").restart(RestartPolicy.always());
    group.newProcess("b").restart(RestartPolicy.onFailure());
    group.newProcess("c").restart(RestartPolicy.always(0));
    pod("restart-mixed");
  }

  @Test
  void successExitCodes() {
    ProcessGroupSpec group = rl.newProcessGroup("g");
    group.newProcess("a").successExitCodes(143, 7);
    group.newProcess("b");
    group.newProcess("c").successExitCodes(1);
    pod("success-exit-codes");
  }

  @Test
  void replicas() {
    rl.newProcesses("agent", 2);
    whole("replicas");
  }

  @Test
  void aGroupIsOnePodAndPortsAreFreeInEach() {
    ProcessGroupSpec group = rl.newProcessGroup("nonagent");
    group.newProcess("learner").binds("replay").binds("fixed", 7001).exposes("board");
    group.newProcess("evaluator").binds("scores");
    rl.newProcess("agent").binds("agent-port").connects("replay");
    whole("group-and-ports");
  }

  @Test
  void servicesWithPublicAddressesHaveTheAnnotationsAndRangesOfTheCluster() {
    fixture.settings =
        new Settings(
            "here",
            null,
            false,
            "me/app:1",
            "/app",
            Map.of("cloud.example/type", "internal"),
            List.of("10.0.0.0/8"));
    rl.newProcess("agent").binds("web", 80).exposes("web").binds("inner");
    whole("services-public");
  }

  @Test
  void exposedServicesAreForwardedToWhereTheClusterSaysSo() {
    fixture.settings = PlanFixture.settings(null, true, "me/app:1");
    rl.newProcess("agent").exposes("web", 80);
    whole("services-forward");
  }

  @Test
  void aHeadlessService() {
    ProcessSpec agent = rl.newProcess("agent").binds("peers");
    agent.getSections().put("kube", Map.of("headless", List.of("peers")));
    whole("services-headless");
  }

  @Test
  void manyServicesAreInOneConfigMap() {
    for (int i = 0; i < 21; i++) {
      rl.newProcess("p" + i).binds("s" + i);
    }
    whole("services-many");
  }

  @Test
  void secrets() {
    fixture.environment.put("TOKEN", "t0psecret");
    rl.secret("TOKEN", Secret.env("TOKEN"));
    rl.newProcess("a").secret("KEY", Secret.of("k$(A)ey-a")).env("URL", "http://me:t0psecret@x/");
    rl.newProcess("b").secret("KEY", Secret.of("key-b")).command("login", "k$(A)ey-a");
    rl.newProcess("c").secret("TOKEN", Secret.of("other-token"));
    whole("secrets");
  }

  @Test
  void secretFiles(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("id.key"), "hidden text\n");
    Files.write(directory.resolve("key.bin"), new byte[] {(byte) 0xff, 0, 1});
    fixture.workingDirectory = directory;
    rl.getSections().put("kube", Map.of("secrets", List.of("id.key", directory + "/key.bin")));
    rl.newProcess("a").command("show", "hidden text");
    whole("secret-files");
  }

  @Test
  void aSharedNamespace() {
    fixture.settings = PlanFixture.settings("team", false, "me/app:1");
    rl.secret("TOKEN", Secret.of("t0psecret"));
    rl.newProcess("a").binds("replay");
    whole("shared-namespace");
  }

  @Test
  void fragmentsAreMergedLast() {
    ProcessGroupSpec group = rl.newProcessGroup("g");
    ProcessSpec agent = group.newProcess("agent").command("python").env("A", "1");
    agent
        .getSections()
        .put(
            "kube",
            Map.of(
                "container",
                Tree.of(
                    "args",
                    List.of("agent.py"),
                    "imagePullPolicy",
                    "Never",
                    "image",
                    "other:2",
                    "env",
                    List.of(Tree.of("name", "A", "value", "2"), Tree.of("name", "B", "value", "3")),
                    "volumeMounts",
                    List.of(Tree.of("name", "scratch", "mountPath", "/scratch"))),
                "pod",
                Map.of(
                    "spec",
                    Map.of("volumes", List.of(Tree.of("name", "scratch", "emptyDir", Map.of()))))));
    group.newProcess("other");
    group
        .getSections()
        .put(
            "kube",
            Map.of(
                "pod",
                Tree.of(
                    "metadata",
                    Map.of("labels", Map.of("team", "blue")),
                    "spec",
                    Tree.of(
                        "nodeSelector",
                        Map.of("pool", "gpu"),
                        "tolerations",
                        List.of(Tree.of("key", "gpu", "operator", "Exists"))))));
    whole("fragments");
  }
}
