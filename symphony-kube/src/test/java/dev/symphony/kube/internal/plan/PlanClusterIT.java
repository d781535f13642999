package dev.symphony.kube.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.Secret;
import dev.symphony.kube.KubeExperimentSpec;
import dev.symphony.kube.KubeTest;
import dev.symphony.kube.RealCluster;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is planned is what arrives in the containers of a real node. */
@ExtendWith(RealCluster.class)
class PlanClusterIT {
  private static final String JAVA =
      System.getProperty("symphony.test.java.image", "localhost/java:17");

  private final PlanFixture fixture = new PlanFixture();
  private KubeTest test;
  private String namespace;
  private ExperimentSpec spec;

  @BeforeEach
  void begin(KubeTest own) {
    test = own;
    namespace = test.name("plan");
    spec = new KubeExperimentSpec(namespace);
    fixture.settings = PlanFixture.settings(null, false, KubeTest.BUSYBOX);
  }

  private String path(String plural) {
    return "/api/v1/namespaces/" + namespace + "/" + plural;
  }

  /** Makes all objects, each field of which the server must know. */
  private void launch() {
    PlannedExperiment plan = fixture.plan(spec);
    KubeApi api = test.api();
    String holders = plan.shared() ? path("configmaps") : "/api/v1/namespaces";
    api.create(holders + "?fieldValidation=Strict", plan.holder(), true);
    KubeTest.waitFor(
        "the service account", () -> api.find(path("serviceaccounts/default")) != null);
    List<Map<String, Object>> objects = new ArrayList<>(plan.others());
    objects.addAll(plan.pods());
    for (Map<String, Object> object : objects) {
      String plural = String.valueOf(object.get("kind")).toLowerCase(Locale.ROOT) + "s";
      api.create(path(plural) + "?fieldValidation=Strict", object, true);
    }
  }

  private String log(String pod, String container) {
    try (KubeApi.Stream log =
        test.api().stream(path("pods/" + pod + "/log?container=" + container))) {
      return new String(log.body().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> ended(String pod, String container) {
    KubeTest.waitFor(pod + "/" + container + " has ended", () -> !state(pod, container).isEmpty());
    return state(pod, container);
  }

  private Map<String, Object> state(String pod, String container) {
    Map<String, Object> now = test.api().get(path("pods/" + pod));
    for (Object status : Tree.list(now, "status", "containerStatuses")) {
      if (container.equals(Tree.text(status, "name"))) {
        return Tree.map(status, "state", "terminated");
      }
    }
    return Map.of();
  }

  private String endedWell(String process) {
    assertEquals(0, Tree.number(ended(process, process), -1, "exitCode"), log(process, process));
    return log(process, process);
  }

  @Test
  void argumentsAndVariablesArriveAsTheyAre() {
    List<String> odd =
        List.of("$(HOME)", "$$", "$$(A) $HOME", "$", "é $é", "a'b\"c\\", "", "two\nlines", "$(");
    List<String> argv = new ArrayList<>(List.of("sh", "-c", "printf '[%s]' \"$A\" \"$@\"", "sh"));
    argv.addAll(odd);
    spec.newProcess("command").command(argv).env("A", "$(HOME) $$ $é");
    ExperimentSpec same = spec;
    same.newProcess("lines").shell("A='$(B)'", "echo $(echo \"$A\") $$ | tr 0-9 n", "echo 'é$é'");
    ProcessGroupSpec group = spec.newProcessGroup("g").preamble("export A='$(B) x'");
    group.newProcess("p").command(argv);
    launch();
    String arguments = "[" + String.join("][", odd) + "]";
    assertEquals("[$(HOME) $$ $é]" + arguments, endedWell("command"));
    assertTrue(endedWell("lines").matches("\\$\\(B\\) n+\né\\$é\n"), log("lines", "lines"));
    assertEquals(0, Tree.number(ended("g", "p"), -1, "exitCode"));
    assertEquals("[$(B) x]" + arguments, log("g", "p"));
  }

  @Test
  void sigtermReachesTheProgramBehindLinesAndPreambles() {
    String program =
        "trap 'echo told; sleep 0.3; echo cleaned; exit 5' TERM; echo up; while :; do sleep 0.1; done";
    // So long that also on a busy node each ends by itself.
    Duration grace = Duration.ofSeconds(60);
    spec.newProcess("lines")
        .shell("true", "sh -c \"" + program + "\"", "echo never")
        .gracePeriod(grace);
    spec.newProcess("java").image(JAVA).shell("java --version", program).gracePeriod(grace);
    ProcessGroupSpec group = spec.newProcessGroup("g").preamble("export A=1");
    group.newProcess("p").command("sh", "-c", program).gracePeriod(grace);
    launch();
    KubeTest.waitFor(
        "all are up", () -> isUp("lines", "lines") && isUp("java", "java") && isUp("g", "p"));
    for (String pod : List.of("lines", "java", "g")) {
      test.api()
          .patch(
              path("pods/" + pod),
              KubeApi.Patch.MERGE,
              Map.of("spec", Map.of("activeDeadlineSeconds", 1)));
    }
    assertEquals(143, Tree.number(ended("lines", "lines"), -1, "exitCode"));
    assertEquals(5, Tree.number(ended("java", "java"), -1, "exitCode"));
    assertEquals(5, Tree.number(ended("g", "p"), -1, "exitCode"));
    assertEquals("up\ntold\ncleaned", ownLines(log("lines", "lines")));
    assertTrue(ownLines(log("java", "java")).endsWith("up\ntold\ncleaned"), log("java", "java"));
    assertEquals("up\ntold\ncleaned", ownLines(log("g", "p")));
  }

  /** Without what shells say of commands that a signal has ended. */
  private static String ownLines(String log) {
    return String.join("\n", log.lines().filter(line -> !line.contains("Terminated")).toList());
  }

  private boolean isUp(String pod, String container) {
    Map<String, Object> now = test.api().get(path("pods/" + pod));
    return "Running".equals(Tree.text(now, "status", "phase"))
        && log(pod, container).lines().anyMatch("up"::equals);
  }

  @Test
  void mainRunsTheImagesJava() {
    spec.newProcess("main")
        .image(JAVA)
        .main("sun.security.tools.keytool.Main", List.of("-help"))
        .jvmOptions("-Dx=$(y)");
    launch();
    assertTrue(endedWell("main").contains("-genkeypair"), log("main", "main"));
  }

  @Test
  void secretsArriveAsVariablesArgumentsAndFiles() throws Exception {
    Path directory = test.directory();
    Files.writeString(directory.resolve("key.txt"), "file text\n");
    fixture.workingDirectory = directory;
    fixture.environment.put("TOKEN", "t0p$(A)secret");
    spec.secret("TOKEN", Secret.env("TOKEN"));
    spec.getSections().put("kube", Map.of("secrets", List.of("key.txt")));
    String print = "printf '%s|' \"$TOKEN\" \"$KEY\" \"$URL\" \"$@\"; cat /etc/secrets/key.txt";
    spec.newProcess("a")
        .command("sh", "-c", print, "sh", "--token=t0p$(A)secret")
        .env("URL", "http://t0p$(A)secret@x/$$")
        .secret("KEY", Secret.of("key-a"));
    ProcessSpec b = spec.newProcess("b").command("sh", "-c", print, "sh");
    b.secret("KEY", Secret.of("key-b")).secret("TOKEN", Secret.of("other"));
    launch();
    assertEquals(
        "t0p$(A)secret|key-a|http://t0p$(A)secret@x/$$|--token=t0p$(A)secret|file text\n",
        endedWell("a"));
    assertEquals("other|key-b||file text\n", endedWell("b"));
    assertFalse(test.api().get(path("pods")).toString().contains("secret@x"));
  }

  @Test
  void servicesAreReachedByTheirNamesAlsoWhereTheyAreMany() {
    spec.newProcess("server")
        .shell(
            "mkdir /tmp/www",
            "echo $SYMPH_S0_ADVERTISE >/tmp/www/index.html",
            "exec httpd -f -h /tmp/www -p $SYMPH_S0_ADDR")
        .binds("s0");
    ProcessSpec many = spec.newProcess("many").command("sleep", "60");
    for (int i = 1; i < 25; i++) {
      many.binds("s" + i);
    }
    ProcessSpec client = spec.newProcess("client").connects("s0");
    client.shell(
        "until timeout 3 wget -qO- http://$SYMPH_S0_ADDR/ 2>/dev/null; do sleep 0.2; done",
        "echo $SYMPH_S24_ADDR $SYMPH_PROCESS");
    launch();
    assertEquals("s0:7000\ns24:7023 client\n", endedWell("client"));
  }

  @Test
  void inASharedNamespaceEverythingIsFoundByItsLongerName() {
    namespace = test.namespace("team");
    fixture.settings = PlanFixture.settings(namespace, false, KubeTest.BUSYBOX);
    ExperimentSpec shared = new KubeExperimentSpec("rl");
    shared.secret("TOKEN", Secret.of("t0psecret"));
    shared
        .newProcess("server")
        .shell(
            "mkdir /tmp/www",
            "echo hi >/tmp/www/index.html",
            "httpd -f -h /tmp/www -p $SYMPH_WEB_ADDR")
        .binds("web");
    shared
        .newProcess("client")
        .shell(
            "until timeout 3 wget -qO- http://$SYMPH_WEB_ADDR/ 2>/dev/null; do sleep 0.2; done",
            "echo $TOKEN");
    spec = shared;
    launch();
    assertEquals(0, Tree.number(ended("rl-client", "client"), -1, "exitCode"));
    assertEquals("hi\nt0psecret\n", log("rl-client", "client"));
  }

  @Test
  void aGroupMayMixWhoIsRestarted() {
    ProcessGroupSpec group = spec.newProcessGroup("g");
    group.newProcess("once").command("sh", "-c", "exit 3");
    group.newProcess("again").shell("exit 4").restart(RestartPolicy.onFailure());
    launch();
    assertEquals(3, Tree.number(ended("g", "once"), -1, "exitCode"));
    KubeTest.waitFor(
        "the other is restarted",
        () -> {
          long restarts = 0;
          for (Object status :
              Tree.list(test.api().get(path("pods/g")), "status", "containerStatuses")) {
            restarts += Tree.number(status, 0, "restartCount");
          }
          return restarts > 0;
        });
  }

  @Test
  void kubectlAppliesWhatIsPrinted() throws Exception {
    spec.secret("TOKEN", Secret.of("t0psecret"));
    ProcessSpec learner = spec.newProcess("learner").shell("echo \"$TOKEN\"", "echo é '$(x)'");
    learner.binds("replay").exposes("web", 80);
    String yaml = PlanText.yaml(fixture.plan(spec));
    // The first time a namespace is so new that its service account is still to come.
    kubectl(yaml, false);
    KubeTest.waitFor(
        "the service account", () -> test.api().find(path("serviceaccounts/default")) != null);
    kubectl(yaml, true);
    assertEquals("********\né $(x)\n", endedWell("learner"));
    Object configMaps =
        test.api().get(path("configmaps?labelSelector=" + Names.KIND + "%3Dplan")).get("items");
    StoredPlan kept =
        StoredPlan.fromConfigMaps(
            Tree.list(configMaps).stream().map(map -> Tree.map(map)).toList());
    assertEquals("learner", kept.processes().get(0).name().toString());
  }

  private void kubectl(String yaml, boolean mustWork) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder("kubectl", "--context", test.context(), "apply", "-f", "-")
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      Assumptions.abort("there is no kubectl: " + e.getMessage());
      return;
    }
    try (OutputStream in = process.getOutputStream()) {
      in.write(yaml.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor() == 0 || !mustWork, said);
  }
}
