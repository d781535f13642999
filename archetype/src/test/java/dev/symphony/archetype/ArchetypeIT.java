package dev.symphony.archetype;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.symphony.kube.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Projects of the archetype, generated, built and launched as their users do: one for each backend,
 * with a plain name and with an awkward one.
 */
class ArchetypeIT {
  private static final Path DIRECTORY = Path.of(InnerMaven.property("directory"));

  /** The newest Java that projects can be for and that is here. */
  private static final int NEWEST =
      Stream.of(25, 21).filter(v -> v <= Runtime.version().feature()).findFirst().orElse(17);

  private static final GeneratedProject LOCAL = plain("local");

  @SuppressWarnings("unused") // The tests' parameters.
  private static final List<GeneratedProject> PROJECTS =
      List.of(
          LOCAL,
          plain("tmux"),
          plain("kube"),
          awkward("local", NEWEST),
          awkward("tmux", NEWEST),
          awkward("kube", 17)); // The Java of the test cluster's image.

  private static InnerMaven maven;
  private static String built;

  private final String experiment =
      "primes-" + Integer.toString(ThreadLocalRandom.current().nextInt(0x1000000), 36);

  @TempDir Path state;
  private Map<String, String> environment;
  private GeneratedProject launching;

  private static GeneratedProject plain(String backend) {
    return new GeneratedProject(backend, "com.acme." + backend, "myproject", 17);
  }

  private static GeneratedProject awkward(String backend, int javaVersion) {
    return new GeneratedProject(
        backend, "com.acme-corp.int.3d." + backend, "my-project.x", javaVersion);
  }

  /** Generates all and builds them, tests included, in one go. */
  @BeforeAll
  static void build() throws Exception {
    deleteDirectory();
    // Where this folder is, Maven does not look further up, for that of Symphony's own build.
    Files.createDirectories(DIRECTORY.resolve(".mvn"));
    maven = new InnerMaven(DIRECTORY);
    StringBuilder modules = new StringBuilder();
    for (GeneratedProject project : PROJECTS) {
      project.generate(maven);
      modules.append("<module>" + DIRECTORY.relativize(project.directory()) + "</module>");
    }
    Files.writeString(
        DIRECTORY.resolve("pom.xml"),
        "<project><modelVersion>4.0.0</modelVersion><groupId>all</groupId><artifactId>all"
            + "</artifactId><version>1</version><packaging>pom</packaging><modules>"
            + modules
            + "</modules></project>");
    built = maven.run(DIRECTORY, "-T2", "verify").exits(0);
  }

  private static void deleteDirectory() throws IOException {
    if (Files.exists(DIRECTORY)) {
      try (Stream<Path> old = Files.walk(DIRECTORY)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  @BeforeEach
  void prepare() throws Exception {
    environment = GeneratedProject.surroundings(state);
  }

  @AfterEach
  void end() throws Exception {
    if (launching != null) {
      launching.run(environment, "delete", "-f", experiment);
      if (launching.backend().equals("tmux")) {
        Ran.run(state, environment, List.of("tmux", "-L", "__symphony__", "kill-server"));
      }
    }
  }

  @Test
  void allPassTheirOwnTestsAndBuildWithoutAWarning() {
    Matcher results =
        Pattern.compile("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0").matcher(built);
    assertEquals(PROJECTS.size(), results.results().count(), built);
    assertFalse(built.contains("[WARNING]"), built);
  }

  @ParameterizedTest
  @FieldSource("PROJECTS")
  void launchesOnItsBackendAndComesToTheRightResult(GeneratedProject project) throws Exception {
    List<String> create = new ArrayList<>(List.of("create", experiment));
    if (project.backend().equals("tmux")) {
      need(isOnPath("tmux"), "tmux is not on the PATH");
    }
    if (project.backend().equals("kube")) {
      create.addAll(withCluster());
    }
    launching = project;
    String launched = project.run(environment, create.toArray(new String[0])).exits(0);
    assertTrue(
        launched.contains(
            "launched " + experiment + " on " + project.backend() + ": server, worker-0, worker-1"),
        launched);
    String verdict = project.start(environment, "wait", "--timeout", "4m").exits(0);
    assertTrue(verdict.contains("SUCCEEDED: 3 processes succeeded"), verdict);
    String log = project.run(environment, "logs", "-t", "all", "server").exits(0);
    assertTrue(log.contains("664579 primes below 10000000"), log);
    project.start(environment, "delete", "-f").exits(0);
    String left = project.start(environment, "ls").exits(0);
    assertFalse(left.contains(experiment), left);
  }

  /** Finds the cluster and the registry, and gives the options that lead to them. */
  private List<String> withCluster() throws IOException {
    need(!RealCluster.context().isEmpty(), "no cluster: set SYMPHONY_TEST_CONTEXT");
    String registry = System.getenv().getOrDefault("SYMPHONY_TEST_REGISTRY", "");
    need(!registry.isEmpty(), "no registry: set SYMPHONY_TEST_REGISTRY");
    Path kubeconfig = Path.of(System.getProperty("user.home"), ".kube", "config");
    environment.putIfAbsent(
        "KUBECONFIG", System.getenv().getOrDefault("KUBECONFIG", kubeconfig.toString()));
    Files.writeString(
        state.resolve("home/.symphony.yml"), "kube: {context: '" + RealCluster.context() + "'}\n");
    return List.of(
        "--registry",
        registry + "/symphony-test/" + experiment,
        "--base-image",
        registry + "/java:17",
        "--insecure-registry");
  }

  private static void need(boolean given, String reason) {
    if (!given && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(reason);
    }
    assumeTrue(given, reason);
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  @Test
  void oneKilledWorkerEndsTheExperiment() throws Exception {
    launching = LOCAL;
    LOCAL.run(environment, "create", experiment, "--below", "1000000000").exits(0);
    long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!LOCAL.run(environment, "logs", "server").exits(0).contains("worker-1 is here")) {
      assertTrue(System.nanoTime() < limit, "worker-1 does not come");
    }
    String described = LOCAL.run(environment, "describe", "worker-1", "-o", "json").exits(0);
    Matcher pid = Pattern.compile("\"pid\": \"(\\d+)\"").matcher(described);
    assertTrue(pid.find(), described);
    ProcessHandle.of(Long.parseLong(pid.group(1))).orElseThrow().destroyForcibly();

    String verdict = LOCAL.run(environment, "wait", "--timeout", "1m").exits(137);
    assertTrue(verdict.contains("FAILED: worker-1 failed first"), verdict);
  }

  @Test
  void takesTheBackendOfTheSettingsFile() throws Exception {
    Path file = LOCAL.directory().resolve(".symphony.yml");
    String settings = Files.readString(file);
    Files.writeString(file, settings.replace("# cluster: tmux", "cluster: tmux"));
    try {
      String plan = LOCAL.run(environment, "create", "--dry-run").exits(0);
      assertTrue(plan.contains("tmux"), plan);
    } finally {
      Files.writeString(file, settings);
    }
  }

  @Test
  void keepsLicencesAndServicesOfAllThatIsInTheJar() throws Exception {
    try (ZipFile jar = new ZipFile(LOCAL.jar().toFile())) {
      assertTrue(text(jar, "META-INF/LICENSE").contains("Apache License"));
      assertTrue(text(jar, "META-INF/LICENSE").contains("MIT License"));
      assertTrue(text(jar, "META-INF/argparse4j-LICENSE").contains("Tsujikawa"));
      String backends = text(jar, "META-INF/services/dev.symphony.spi.ClusterProvider");
      assertTrue(backends.contains("tmux") && backends.contains("kube"), backends);
    }
  }

  private static String text(ZipFile jar, String entry) throws IOException {
    return new String(jar.getInputStream(jar.getEntry(entry)).readAllBytes(), UTF_8);
  }

  @Test
  void twoBuildsGiveTheSameBytes() throws Exception {
    byte[] first = Files.readAllBytes(LOCAL.jar());
    maven.run(LOCAL.directory(), "clean", "package", "-DskipTests").exits(0);
    assertArrayEquals(first, Files.readAllBytes(LOCAL.jar()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          artifactId     | my project | made of letters, digits, '_', '-' and '.'
          package        | com.int    | the name of a Java package
          javaVersion    | 11         | 17, 21 or 25
          defaultBackend | docker     | local, tmux or kube
          """)
  void refusesWhatGivesNoProject(String property, String value, String wanted) throws Exception {
    List<String> properties =
        new ArrayList<>(List.of("-DgroupId=com.acme", "-DartifactId=bad", "-Dversion=1.0"));
    properties.removeIf(given -> given.startsWith("-D" + property + "="));
    properties.add("-D" + property + "=" + value);
    String printed = maven.generate(state, properties.toArray(new String[0])).exits(1);
    String line = "-D" + property + "=" + value + " is not " + wanted + "; nothing was generated";
    assertTrue(printed.contains(line), printed);
    assertFalse(Files.exists(state.resolve("bad")) || Files.exists(state.resolve("my project")));
  }
}
