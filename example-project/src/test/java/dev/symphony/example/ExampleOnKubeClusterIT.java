package dev.symphony.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.kube.RealCluster;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The training on a real cluster, as a user types it: the built jar, command by command. */
@ExtendWith(RealCluster.class)
class ExampleOnKubeClusterIT {
  @TempDir Path directory;
  private final String experiment =
      "rl-" + Integer.toString(ThreadLocalRandom.current().nextInt(0x1000000), 36);
  private final List<Program.Running> started = new ArrayList<>();
  private Path kubeconfig;
  private Program myproject;

  @BeforeEach
  void prepare() throws Exception {
    Map<String, String> environment = Surroundings.below(directory);
    kubeconfig = Files.copy(given(), directory.resolve("kubeconfig"));
    environment.put("KUBECONFIG", kubeconfig.toString());
    myproject = new Program(directory, environment);
    Files.writeString(
        directory.resolve(".symphony.yml"), "kube: {context: '" + RealCluster.context() + "'}\n");
  }

  @AfterEach
  void end() throws Exception {
    for (Program.Running running : started) {
      running.process().destroyForcibly();
    }
    myproject.run("--cluster", "kube", "delete", "-f", experiment);
  }

  /** The user's own, of which the tests change a copy. */
  private static Path given() {
    for (String name : System.getenv().getOrDefault("KUBECONFIG", "").split(":")) {
      if (!name.isEmpty() && Files.exists(Path.of(name))) {
        return Path.of(name);
      }
    }
    return Path.of(System.getProperty("user.home"), ".kube", "config");
  }

  private String kube(String... words) throws Exception {
    return myproject.succeed(onKube(words));
  }

  private static String[] onKube(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--cluster", "kube"));
    return all.toArray(new String[0]);
  }

  @Test
  void learnsCartPoleAndEndsWithSuccess() throws Exception {
    String launched = kube("create", experiment, "--image", ExampleImage.name(), "--seed", "7");
    assertTrue(launched.startsWith("launched " + experiment + " on kube: "), launched);
    assertTrue(launched.contains(" --cluster kube visit tensorboard"), launched);
    assertEquals(
        "agent-0 agent-1 eval-0 nonagent/learner nonagent/replay nonagent/tensorboard",
        String.join(" ", kube("p", "-o", "name").lines().sorted().toList()));
    assertTrue(kube("ls").contains(experiment), "not listed");
    String before = Files.readString(kubeconfig);
    kube("switch-experiment", experiment);
    assertEquals(before, Files.readString(kubeconfig));
    kube("switch-experiment", experiment, "--set-context");
    String after = Files.readString(kubeconfig);
    assertTrue(after.contains("namespace: " + experiment), after);
    assertTrue(after.length() - before.length() <= 40 + experiment.length(), after);

    kube("wait", "--timeout", "3m");

    List<String> lines = kube("logs", "-t", "all", "eval-0").lines().toList();
    assertTrue(lines.size() >= 2, "evaluations: " + lines);
    for (String line : lines) {
      assertTrue(line.matches("mean return \\d+\\.\\d over 100 episodes"), line);
    }
    assertTrue(Double.parseDouble(lines.get(lines.size() - 1).split(" ")[2]) >= 450, "" + lines);
    String processes = kube("p");
    assertEquals(6, processes.lines().filter(l -> l.contains("terminated (0)")).count(), processes);
    assertTrue(kube("p", "-o", "wide").lines().findFirst().orElse("").contains("Node"));

    assertTrue(kube("visit").contains("tensorboard"));
    assertTrue(kube("visit", "-u", "tensorboard").startsWith("http://"));

    kube("delete", "-f");
    assertFalse(kube("ls").contains(experiment));
  }

  @Test
  void visitLeadsToThePageUntilInterrupted() throws Exception {
    kube("create", experiment, "--image", ExampleImage.name(), "--speed", "1");
    Program.await("the page is served", () -> kube("p").contains("tensorboard  1 "));
    Program.Running visit = myproject.start(onKube("visit", "tensorboard", "--forward"));
    started.add(visit);
    Program.await(
        "it says where", () -> visit.now().out().endsWith("\n") || !visit.process().isAlive());
    assertTrue(visit.process().isAlive(), visit.now().toString());
    String url = visit.now().out().strip();
    assertTrue(url.startsWith("http://127.0.0.1:"), url);
    assertTrue(page(url).contains("<svg"), "no picture at " + url);
    new ProcessBuilder("kill", "-INT", Long.toString(visit.process().pid())).start().waitFor();
    assertTrue(visit.process().waitFor(1, TimeUnit.MINUTES), "it goes on");
    assertEquals(130, visit.now().exitCode(), visit.now().err());
  }

  @Test
  void dryRunsLaunchNothing() throws Exception {
    String image = ExampleImage.name();
    String plan = kube("create", experiment, "--image", image, "--dry-run");
    assertTrue(plan.contains("image: ") && plan.contains(image), plan);
    Program.Result asked =
        myproject.run(onKube("create", experiment, "--image", image, "--dry-run-server"));
    assertEquals(0, asked.exitCode(), asked.err());
    assertFalse(kube("ls").contains(experiment));
    Program.Result none = myproject.run(onKube("create", experiment));
    assertEquals(1, none.exitCode(), none.out());
    assertTrue(none.err().contains("image"), none.err());
  }

  private static String page(String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
