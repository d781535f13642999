package dev.symphony.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.symphony.kube.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The training on a real cluster from the plain jar: its image is made on the way.
 *
 * <p>{@code SYMPHONY_TEST_REGISTRY} is a registry of plain HTTP that takes anything, and which the
 * nodes can pull from; {@code java:17} in it has a Java 17.
 */
@ExtendWith(RealCluster.class)
class ExampleImageClusterIT {
  private static final Pattern IMAGE = Pattern.compile("image: \"?([^\"\\s]+)");

  @TempDir Path directory;
  private final String experiment =
      "rl-" + Integer.toString(ThreadLocalRandom.current().nextInt(0x1000000), 36);
  private final String registry = System.getenv("SYMPHONY_TEST_REGISTRY");
  private Program myproject;

  @BeforeEach
  void prepare() throws Exception {
    boolean given = registry != null && !registry.isEmpty();
    if (!given && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("set SYMPHONY_TEST_REGISTRY");
    }
    assumeTrue(given, "no registry: set SYMPHONY_TEST_REGISTRY");
    Map<String, String> environment = Surroundings.below(directory);
    environment.put("KUBECONFIG", kubeconfig().toString());
    myproject = new Program(directory, environment);
    Files.writeString(
        directory.resolve(".symphony.yml"),
        "cluster: kube\nkube:\n  context: '"
            + RealCluster.context()
            + "'\n  baseImage: '"
            + registry
            + "/java:17'\n  insecureRegistry: true\n");
  }

  private static Path kubeconfig() {
    for (String name : System.getenv().getOrDefault("KUBECONFIG", "").split(":")) {
      if (!name.isEmpty() && Files.exists(Path.of(name))) {
        return Path.of(name);
      }
    }
    return Path.of(System.getProperty("user.home"), ".kube", "config");
  }

  @AfterEach
  void end() throws Exception {
    if (myproject != null) {
      myproject.run("delete", "-f", experiment);
    }
  }

  private Program.Result create(String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of("create", experiment));
    // A path of its own, so that nothing of it is there before.
    words.addAll(List.of("--registry", registry + "/symphony-test/" + experiment));
    words.addAll(List.of(more));
    Program.Result result = myproject.run(words.toArray(new String[0]));
    assertEquals(0, result.exitCode(), result.err());
    return result;
  }

  private static String imageIn(String plan) {
    TreeSet<String> images = new TreeSet<>();
    Matcher found = IMAGE.matcher(plan);
    while (found.find()) {
      images.add(found.group(1));
    }
    assertEquals(1, images.size(), "one image for all: " + images);
    return images.first();
  }

  @Test
  void learnsFromThePlainJarAndSendsNothingTheSecondTime() throws Exception {
    Program.Result dry = create("--seed", "7", "--dry-run");
    String image = imageIn(dry.out());
    String name = registry + "/symphony-test/" + experiment + "/myproject@sha256:";
    assertTrue(image.startsWith(name), image);
    assertFalse(dry.err().contains("pushed"), dry.err());

    Program.Result first = create("--seed", "7");
    assertTrue(first.err().contains("pushed " + image + ": 1 layer, "), first.err());
    myproject.succeed("wait", "--timeout", "3m");
    List<String> lines = myproject.succeed("logs", "-t", "all", "eval-0").lines().toList();
    assertTrue(Double.parseDouble(lines.get(lines.size() - 1).split(" ")[2]) >= 450, "" + lines);
    myproject.succeed("delete", "-f");

    Program.Result second = create("--seed", "7");
    assertFalse(second.err().contains("layer"), second.err());
    assertFalse(second.err().contains("pushed"), second.err());
    myproject.succeed("wait", "--timeout", "3m");
  }

  @Test
  void makesTheSameImageWithoutALaunch() throws Exception {
    String[] where = {"--registry", registry + "/symphony-test/" + experiment};
    Program.Result built = image("build", where);
    Program.Result pushed = image("push", where);
    assertEquals(built.out(), pushed.out());
    String name = where[1] + "/myproject@sha256:";
    assertTrue(pushed.out().matches("\\Q" + name + "\\E[0-9a-f]{64}\n"), pushed.out());
    assertTrue(pushed.err().contains("pushed " + pushed.out().strip() + ": "), pushed.err());
    assertEquals("", image("push", where).err());
    assertEquals(pushed.out().strip(), imageIn(create("--dry-run").out()));

    Path tar = directory.resolve("myproject.tar");
    Program.Result written = image("build", "--tar", tar.toString(), where[0], where[1]);
    assertEquals(built.out(), written.out());
    assertTrue(Files.size(tar) > 20_000_000, "" + Files.size(tar));
  }

  @Test
  void hasWhatTheConfigurationPutsBesideTheClassPath() throws Exception {
    String plain = imageIn(create("--dry-run").out());
    Files.writeString(directory.resolve("greeting.txt"), "good morning\n");
    Files.writeString(
        directory.resolve(".symphony.yml"),
        "  imageAdditions:\n"
            + "    files: {greeting.txt: /data/greeting.txt}\n"
            + "    environment: {GREETING: good evening}\n",
        StandardOpenOption.APPEND);
    assertNotEquals(plain, imageIn(create("--dry-run").out()));
    create("--speed", "1");
    Program.await(
        "a shell in the pod", () -> myproject.run("exec", "eval-0", "--", "true").exitCode() == 0);
    assertEquals(
        "good morning\ngood evening\n",
        myproject.succeed(
            "exec", "eval-0", "--", "sh", "-c", "cat /data/greeting.txt; echo $GREETING"));
  }

  private Program.Result image(String what, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of("image", what));
    words.addAll(List.of(more));
    Program.Result result = myproject.run(words.toArray(new String[0]));
    assertEquals(0, result.exitCode(), result.err());
    return result;
  }

  @Test
  void launchesNothingWhereTheRegistryIsDown() throws Exception {
    Program.Result result =
        myproject.run("create", experiment, "--registry", "127.0.0.1:1/me", "--seed", "7");
    assertEquals(1, result.exitCode(), result.out());
    assertEquals(
        "error: cannot reach registry 127.0.0.1:1: connection refused", result.err().strip());
    assertFalse(myproject.succeed("ls").contains(experiment));
  }
}
