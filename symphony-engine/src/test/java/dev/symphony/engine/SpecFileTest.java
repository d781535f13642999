package dev.symphony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.SecretText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class SpecFileTest {
  @TempDir Path folder;

  @Test
  void readsAsPeopleWriteIt() {
    ExperimentSpec rl = new ExperimentSpec("sarah-rl");
    rl.preamble("source venv/bin/activate").secret("TOKEN", Secret.env("MY_TOKEN"));
    ProcessGroupSpec group = rl.newProcessGroup("nonagent");
    group
        .newProcess("learner")
        .main("org.x.Learner", List.of("--rate", "0.5"))
        .jvmOptions("-Xmx1g")
        .binds("replay", 7000)
        .binds("parameter-server")
        .gracePeriod(Duration.ofSeconds(30));
    rl.newProcesses("agent", 1, (agent, i) -> agent.shell("cd ~/x", "python agent.py"))
        .get(0)
        .connects("replay")
        .env("DEBUG", "1")
        .restart(RestartPolicy.onFailure(3));
    assertEquals(
        """
        name: sarah-rl
        preamble:
          - source venv/bin/activate
        secrets:
          TOKEN:
            env: MY_TOKEN
        groups:
          - name: nonagent
            processes:
              - name: learner
                main: org.x.Learner
                args:
                  - --rate
                  - "0.5"
                jvmOptions:
                  - -Xmx1g
                gracePeriod: 30s
                binds:
                  replay: 7000
                  parameter-server: null
        processes:
          - name: agent-0
            shell:
              - cd ~/x
              - python agent.py
            env:
              DEBUG: "1"
            restart:
              when: on-failure
              maximum: 3
            connects:
              - replay
            replica:
              index: 0
              count: 1
        """,
        rl.toYaml());
  }

  @Test
  void everyFieldComesBackAsItWas() throws IOException {
    for (String name : List.of("a.yaml", "a.yml", "a.json")) {
      Path file = folder.resolve(name);
      ExperimentSpec spec = full();
      spec.dump(file);
      assertSame(spec, ExperimentSpec.load(file));
    }
    assertSame(full(), ExperimentSpec.fromYaml(full().toYaml()));
    assertSame(full(), ExperimentSpec.fromJson(full().toJson()));
    assertSame(new ExperimentSpec("empty"), ExperimentSpec.fromYaml("name: empty\n"));
  }

  @Test
  void groupsAndProcessesComeBackAlone() {
    Path file = folder.resolve("part.yaml");
    ProcessGroupSpec group = full().getProcessGroup("g1");
    group.dump(file);
    assertSame(group, ProcessGroupSpec.load(file));
    assertSame(group, ProcessGroupSpec.fromYaml(group.toYaml()));
    assertSame(group, ProcessGroupSpec.fromJson(group.toJson()));
    ProcessSpec process = group.getProcess("p");
    process.dump(file);
    assertSame(process, ProcessSpec.load(file));
    assertSame(process, ProcessSpec.fromYaml(process.toYaml()));
    assertSame(process, ProcessSpec.fromJson(process.toJson()));
    assertEquals(null, ProcessSpec.load(file).getExperiment());
  }

  @Test
  void everyWayToRunAndEveryDurationComesBack() {
    List<ProcessSpec> all = new ArrayList<>();
    all.add(new ProcessSpec("none"));
    all.add(new ProcessSpec("odd").jvmOptions("-Xmx1g"));
    all.add(new ProcessSpec("main").main("a.B", List.of()));
    for (Duration period :
        List.of(
            Duration.ZERO,
            Duration.ofSeconds(11),
            Duration.ofDays(400),
            Duration.ofMillis(1),
            Duration.ofMillis(90_001),
            Duration.ofNanos(1_000_000_001),
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))) {
      all.add(new ProcessSpec("p").gracePeriod(period));
    }
    for (RestartPolicy policy :
        List.of(
            RestartPolicy.never(),
            RestartPolicy.always(),
            RestartPolicy.onFailure(0),
            new RestartPolicy(RestartPolicy.Kind.NEVER, 2))) {
      all.add(new ProcessSpec("p").restart(policy));
    }
    for (Resources resources :
        List.of(
            new Resources(null, null, 0),
            new Resources("2", null, 0),
            new Resources(null, "1", 3))) {
      all.add(new ProcessSpec("p").resources(resources));
    }
    for (ProcessSpec spec : all) {
      assertSame(spec, ProcessSpec.fromYaml(spec.toYaml()));
      assertSame(spec, ProcessSpec.fromJson(spec.toJson()));
    }
  }

  @Test
  void loadsIntoTheCallersOwnTypeAndName() {
    final class Own extends ExperimentSpec {
      Own(String name) {
        super("sarah-" + name);
      }
    }
    Path file = folder.resolve("a.yaml");
    new ExperimentSpec("rl").dump(file);
    Own own = ExperimentSpec.load(file, Own::new);
    assertEquals("sarah-rl", own.getName());
    Cluster cluster = cluster(Map.of());
    assertEquals("rl", ExperimentSpec.load(file, cluster::newExperiment).getName());
  }

  @Test
  void takesTheShortFormsThatPeopleWrite() {
    ProcessSpec spec =
        ProcessSpec.fromYaml(
            """
            name: p
            shell: |
              set -x
              echo hello
            env: {PORT: 8080, RATE: 1.10, ON: true, EMPTY: ""}
            binds: [a, b]
            exposes: web
            connects: c
            restart: always
            gracePeriod: 2m
            successExitCodes: [143]
            resources: {cpu: 2}
            image:
            """);
    assertEquals(List.of("set -x\necho hello\n"), spec.getWork().words());
    assertEquals(Map.of("PORT", "8080", "RATE", "1.10", "ON", "true", "EMPTY", ""), spec.getEnv());
    assertEquals(List.of("a", "b"), List.copyOf(spec.getBoundServices().keySet()));
    assertEquals(List.of("web"), List.copyOf(spec.getExposedServices().keySet()));
    assertEquals(List.of("c"), List.copyOf(spec.getConnectedServices()));
    assertEquals(RestartPolicy.always(), spec.getRestartPolicy());
    assertEquals(Duration.ofMinutes(2), spec.getGracePeriod());
    assertEquals("2", spec.getResources().cpu());
    assertEquals(null, spec.getImage());
    ProcessSpec words = ProcessSpec.fromYaml("name: p\ncommand: [sleep, 10]\n");
    assertEquals(List.of("sleep", "10"), words.getWork().words());
  }

  @Test
  void namesLineAndPathOfWhatIsWrong() throws IOException {
    String head = "name: rl\nprocesses:\n  - name: a\n    ";
    assertWrong(
        head + "comand: [x]",
        "line 4: processes[0]: there is no field 'comand'; did you mean 'command'?");
    assertWrong(head + "command: x", "line 4: processes[0].command: expected a list, found 'x'");
    assertWrong(head + "command: []", "line 4: processes[0].command: process a: command(…) needs");
    assertWrong(
        head + "command: [x]\n    shell: y", "line 5: processes[0].shell: process a: give one of");
    assertWrong(head + "args: [x]", "line 4: processes[0].args: these go with 'main' only");
    assertWrong(
        head + "binds: {s: x}", "line 4: processes[0].binds.s: expected a whole number, found 'x'");
    assertWrong(head + "binds: {S_: 1}", "line 4: processes[0].binds: service name 'S_' ");
    assertWrong(head + "env: {9A: x}", "line 4: processes[0].env.9A: environment variable '9A'");
    assertWrong(head + "env: {A: }", "line 4: processes[0].env.A: expected text, found nothing");
    assertWrong(head + "env: {A: [x]}", "line 4: processes[0].env.A: expected text, found a list");
    assertWrong(
        head + "inheritEnv: yes",
        "line 4: processes[0].inheritEnv: expected true or false, found 'yes'");
    assertWrong(
        head + "gracePeriod: 10",
        "line 4: processes[0].gracePeriod: expected a duration such as 10s, 500ms or 2m, found 10");
    assertWrong(
        head + "gracePeriod: 10 days", "line 4: processes[0].gracePeriod: expected a duration");
    assertWrong(
        head + "restart: maybe",
        "line 4: processes[0].restart: expected never, on-failure or always, found 'maybe'");
    assertWrong(
        head + "restart: {when: always, max: 1}",
        "line 4: processes[0].restart: there is no field 'max'");
    assertWrong(
        head + "restart: {when: always, maximum: -1}", "line 4: processes[0].restart.maximum: ");
    assertWrong(head + "successExitCodes: [1, 300]", "line 4: processes[0].successExitCodes[1]: ");
    assertWrong(head + "resources: {gpus: -1}", "line 4: processes[0].resources: ");
    assertWrong(
        head + "replica: {index: 2, count: 2}",
        "line 4: processes[0].replica: there is no number 2 of 2");
    assertWrong(
        head + "\n  - name: a", "line 5: processes[1].name: experiment rl has a process a already");
    assertWrong(head + "\n  - command: [x]", "line 5: processes[1]: 'name' is missing");
    assertWrong("name: Rl", "line 1: name: experiment name 'Rl' ");
    assertWrong("name: rl\ngroups:\n  g: 1", "line 3: groups: expected a list, found a map");
    assertWrong(
        "name: rl\nprocess: []", "line 2: there is no field 'process'; did you mean 'processes'?");
    assertEquals(
        "<string> line 2: there is no field 'slurm'; those known are name, preamble, secrets,"
            + " groups, processes, local, tmux, kube, masked",
        assertProblem("", () -> ExperimentSpec.fromYaml("name: rl\nslurm: {a: 1}")));
    assertWrong("- a", "line 1: expected a map, found a list");
    Path file = Files.writeString(folder.resolve("x.yaml"), "name: rl\nname: rl\n");
    assertProblem(file + " line 2: 'name' is given twice", () -> ExperimentSpec.load(file));
    assertProblem(
        folder.resolve("x.txt") + ": the name must end in .yaml, .yml or .json",
        () -> new ExperimentSpec("rl").dump(folder.resolve("x.txt")));
  }

  @Test
  void neverSavesOrPrintsTheValueOfASecret() {
    ExperimentSpec spec = new ExperimentSpec("rl");
    spec.secret("ALL", Secret.of("hunter2")).secret("FILE", Secret.file("~/.key"));
    spec.preamble("export X=hunter2");
    spec.newProcess("a")
        .command("curl", "-H", "Bearer hunter2")
        .secret("OWN", Secret.of("swordfish"));
    spec.newProcessGroup("g").newProcess("b").command("b").env("URL", "http://:swordfish@x");
    spec.getProcess("a").getSections().put("kube", Map.of("args", List.of("hunter2")));
    for (String text : List.of(spec.toYaml(), spec.toJson(), spec.getProcess("a").toYaml())) {
      assertFalse(text.contains("hunter2") || text.contains("swordfish"), text);
    }
    assertTrue(spec.toPlain(List.of(new SecretText("curl"))).toString().contains("command=[****"));
    assertProblem(
        "<string> line 4: masked: the value of a secret was masked in preamble when this was saved;"
            + " write it anew, say with $VARIABLE, and remove 'masked'",
        () ->
            ExperimentSpec.fromYaml(
                "name: a\npreamble:\n  - export X=********\nmasked: [preamble]\n"));
    assertProblem("<string> line ", () -> ExperimentSpec.fromYaml(spec.toYaml()));
    for (String bad :
        List.of(
            "hunter2",
            "{value: hunter2}",
            "{literal: hunter2}",
            "{literal: false}",
            "{env: [hunter2]}",
            "{env: A, file: B}",
            "[hunter2]",
            "12345",
            "{}")) {
      String said =
          assertProblem(
              "<string> line 3: secrets.A: a file holds no secret, only where it comes from",
              () -> ExperimentSpec.fromYaml("name: rl\nsecrets:\n  A: " + bad + "\n"));
      assertFalse(said.contains("hunter2") || said.contains("12345"), said);
    }
  }

  @Test
  void aLiteralSecretHasToBeGivenAgain() {
    ExperimentSpec spec = new ExperimentSpec("rl");
    spec.newProcess("a").command("true").secret("KEY", Secret.of("swordfish"));
    spec.secret("TOKEN", Secret.env("MY_TOKEN"));
    ExperimentSpec loaded = ExperimentSpec.fromYaml(spec.toYaml());
    assertEquals(Secret.env("MY_TOKEN"), loaded.getSecrets().get("TOKEN"));
    Cluster cluster = cluster(Map.of("MY_TOKEN", "tok-value"));
    String said = assertThrows(SymphonyException.class, () -> cluster.plan(loaded)).getMessage();
    assertTrue(said.contains("secret KEY: a literal is not saved"), said);
    assertFalse(said.contains("\n"), said);
    loaded.getProcess("a").secret("KEY", Secret.of("swordfish")).env("T", "tok-value");
    String saved = cluster.plan(loaded).declaration().toString();
    assertFalse(saved.contains("swordfish") || saved.contains("tok-value"), saved);
    assertTrue(saved.contains("masked=[env]"), saved);
  }

  @Test
  void keepsWhatOtherBackendsUnderstand() {
    String text =
        """
        name: rl
        kube:
          namespace: x
        groups:
          - name: g
            kube:
              nodeSelector:
                pool: gpu
            processes:
              - name: a
                tmux:
                  - 1
                  - 2.5
                  - null
                  - true
                  - "true"
        """;
    ExperimentSpec spec = ExperimentSpec.fromYaml(text);
    assertEquals(text, spec.toYaml());
    assertEquals(Map.of("namespace", "x"), spec.getSections().get("kube"));
    assertSame(spec, ExperimentSpec.fromJson(spec.toJson()));
    assertInstanceOf(Map.class, spec.getProcessGroup("g").getSections().get("kube"));
  }

  private static ExperimentSpec full() {
    ExperimentSpec spec = new ExperimentSpec("sarah-rl");
    spec.preamble("a $X; b # c", "", "x\ny").secret("S1", Secret.env("V"));
    spec.secret("S2", Secret.file("~/a b")).secret("S3", Secret.missing());
    spec.getSections().put("kube", nested());
    ProcessGroupSpec group = spec.newProcessGroup("g1").preamble("export A='b'");
    group.getSections().put("kube", nested());
    ProcessSpec process = group.newProcesses("p", 2).get(1);
    process
        .command("py thon", "", "\"q\"", "$HOME", "a\nb", "é 😀", "null", "12")
        .env("A", "x\ty\u0001")
        .env("B", "")
        .secret("S4", Secret.env("W"))
        .inheritEnv(false)
        .passEnv("P1", "P2")
        .workingDirectory("~/dir with space")
        .image("me/rl:1")
        .resources(new Resources("500m", "512Mi", 2))
        .gracePeriod(Duration.ofMillis(1500))
        .restart(RestartPolicy.always(5))
        .successExitCodes(143, 3)
        .binds("zeta")
        .binds("alpha", 7000)
        .connects("y", "x")
        .exposes("web", 6006)
        .exposes("other");
    process.getSections().put("kube", nested());
    group.newProcess("p").shell("l1", "l2");
    spec.newProcess("p").main("a.B", List.of("x")).jvmOptions("-Dx=y z");
    spec.newProcessGroup("g0");
    return spec;
  }

  private static Map<String, Object> nested() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("z", List.of(1L, Map.of("q", "12"), List.of(), true));
    map.put("a", null);
    return map;
  }

  private static void assertSame(ExperimentSpec expected, ExperimentSpec found) {
    assertEquals(expected.toYaml(), found.toYaml());
    assertEquals(expected.getName(), found.getName());
    assertEquals(expected.getPreamble(), found.getPreamble());
    assertSecrets(expected.getSecrets(), found.getSecrets());
    assertEquals(expected.getSections(), found.getSections());
    assertEquals(names(expected.listProcessGroups()), names(found.listProcessGroups()));
    for (ProcessGroupSpec group : expected.listProcessGroups()) {
      assertSame(group, found.getProcessGroup(group.getName()));
    }
    assertEquals(names(expected.listProcesses()), names(found.listProcesses()));
    for (ProcessSpec process : expected.listProcesses()) {
      assertSame(process, found.getProcess(process.getName()));
    }
  }

  private static void assertSame(ProcessGroupSpec expected, ProcessGroupSpec found) {
    assertEquals(expected.getName(), found.getName());
    assertEquals(expected.getPreamble(), found.getPreamble());
    assertEquals(expected.getSections(), found.getSections());
    assertEquals(names(expected.listProcesses()), names(found.listProcesses()));
    for (ProcessSpec process : expected.listProcesses()) {
      assertSame(process, found.getProcess(process.getName()));
    }
  }

  private static void assertSame(ProcessSpec expected, ProcessSpec found) {
    assertEquals(expected.getName(), found.getName());
    assertEquals(expected.getWork(), found.getWork());
    assertEquals(ordered(expected.getEnv()), ordered(found.getEnv()));
    assertSecrets(expected.getSecrets(), found.getSecrets());
    assertEquals(expected.getInheritEnv(), found.getInheritEnv());
    assertEquals(List.copyOf(expected.getPassEnv()), List.copyOf(found.getPassEnv()));
    assertEquals(expected.getWorkingDirectory(), found.getWorkingDirectory());
    assertEquals(expected.getImage(), found.getImage());
    assertEquals(expected.getResources(), found.getResources());
    assertEquals(expected.getGracePeriod(), found.getGracePeriod());
    assertEquals(expected.getRestartPolicy(), found.getRestartPolicy());
    assertEquals(
        List.copyOf(expected.getSuccessExitCodes()), List.copyOf(found.getSuccessExitCodes()));
    assertEquals(ordered(expected.getBoundServices()), ordered(found.getBoundServices()));
    assertEquals(
        List.copyOf(expected.getConnectedServices()), List.copyOf(found.getConnectedServices()));
    assertEquals(ordered(expected.getExposedServices()), ordered(found.getExposedServices()));
    assertEquals(expected.getReplica(), found.getReplica());
    assertEquals(expected.getSections(), found.getSections());
  }

  private static void assertSecrets(Map<String, Secret> expected, Map<String, Secret> found) {
    assertEquals(ordered(expected), ordered(found));
  }

  private static List<Object> ordered(Map<String, ?> map) {
    return new ArrayList<>(map.entrySet());
  }

  private static List<String> names(List<? extends BaseSpec> specs) {
    List<String> names = new ArrayList<>();
    for (BaseSpec spec : specs) {
      names.add(spec.getName());
    }
    return names;
  }

  private Cluster cluster(Map<String, String> environment) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.put("HOME", folder.toString());
    all.put("SYMPHONY_PORTS", folder.resolve("ports").toString());
    return Cluster.of("local", Map.of(), ClusterContext.of(all, folder));
  }

  private static void assertWrong(String yaml, String start) {
    assertProblem("<string> " + start, () -> ExperimentSpec.fromYaml(yaml));
  }

  private static String assertProblem(String start, Executable run) {
    String said = assertThrows(SymphonyException.class, run).getMessage();
    assertTrue(said.startsWith(start), said);
    assertFalse(said.contains("\n"), said);
    return said;
  }
}
