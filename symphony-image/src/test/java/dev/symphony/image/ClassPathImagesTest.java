package dev.symphony.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ImageAdditions;
import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.ImageRequest;
import dev.symphony.spi.PlainText;
import dev.symphony.spi.PreparedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathImagesTest {
  @TempDir Path directory;
  private FakeRegistry registry;
  private final Told told = new Told();
  private ImageAdditions additions = ImageAdditions.none();

  @BeforeEach
  void start() throws Exception {
    registry = new FakeRegistry();
    registry.addBase("java", "17", "amd64");
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private ClusterContext context(String home) {
    return ClusterContext.of(Map.of("HOME", directory.resolve(home).toString()), directory);
  }

  private ImageRequest request(String... platforms) {
    List<String> on = platforms.length == 0 ? List.of("linux/amd64") : List.of(platforms);
    return new ImageRequest(
        registry.host() + "/me", registry.host() + "/java:17", false, on, additions);
  }

  private PreparedImage prepare(List<Path> elements, String home) {
    return new ClassPathImages().prepare(request(), elements, context(home));
  }

  private List<Path> project(String name) throws Exception {
    return Project.in(directory.resolve(name));
  }

  private Map<?, ?> manifest(PreparedImage image) {
    String reference = image.reference();
    String key = reference.substring(reference.indexOf('/') + 1);
    byte[] bytes = registry.manifests.get(key);
    return (Map<?, ?>) PlainText.readJson(new String(bytes, StandardCharsets.UTF_8), "manifest");
  }

  private List<String> layers(PreparedImage image) {
    List<String> digests = new ArrayList<>();
    for (Object layer : (List<?>) manifest(image).get("layers")) {
      digests.add((String) ((Map<?, ?>) layer).get("digest"));
    }
    return digests;
  }

  private Map<?, ?> configuration(PreparedImage image) {
    Object config = manifest(image).get("config");
    byte[] bytes = registry.blobs.get(((Map<?, ?>) config).get("digest"));
    return (Map<?, ?>) PlainText.readJson(new String(bytes, StandardCharsets.UTF_8), "config");
  }

  // ---- what is in it

  @Test
  void givesTheSameDigestForTheSameClassPathAnywhere() throws Exception {
    String first = prepare(project("here"), "one").reference();
    String second = prepare(project("there"), "two").reference();
    assertEquals(first, second);
    String name = registry.host() + "/me/train@sha256:";
    assertTrue(first.matches("\\Q" + name + "\\E[0-9a-f]{64}"), first);
  }

  @Test
  void hasLayersInOrderOfChangeAndAUserThatIsNotRoot() throws Exception {
    PreparedImage image = prepare(project("here"), "one");
    image.push(told);
    assertEquals(5, layers(image).size(), "base, dependencies, snapshots, resources, classes");
    assertEquals(
        List.of("dependencies", "snapshot dependencies", "resources", "classes"),
        told.layers.stream()
            .map(line -> line.substring(6, line.indexOf(':')))
            .filter(name -> !name.equals("base"))
            .toList());
    assertTrue(image.classPath().startsWith("/app/resources:/app/classes:/app/libs/dep-1.0.jar:"));
    assertTrue(image.classPath().matches(".*:/app/libs/dep-1.0-[0-9a-f]{12}.jar:.*"));
    Map<?, ?> configuration = configuration(image);
    assertEquals("1970-01-01T00:00:00Z", configuration.get("created"));
    assertEquals("amd64", configuration.get("architecture"));
    Map<?, ?> container = (Map<?, ?>) configuration.get("config");
    assertEquals("65532", container.get("User"));
    assertEquals(List.of("PATH=/usr/bin"), container.get("Env"));
  }

  @Test
  void sendsTheClassesAloneAfterAChangedClass() throws Exception {
    List<Path> project = project("here");
    PreparedImage before = prepare(project, "one");
    before.push(told);
    told.clear();
    Project.write(project.get(0).resolve("a/Main.class"), "main, changed");
    PreparedImage after = prepare(project, "one");
    after.push(told);
    assertNotEquals(before.reference(), after.reference());
    assertEquals(layers(before).subList(0, 4), layers(after).subList(0, 4));
    assertNotEquals(layers(before).get(4), layers(after).get(4));
    assertEquals(5, told.layers.size());
    for (String layer : told.layers.subList(0, 4)) {
      assertTrue(
          layer.endsWith(" B, already there") || layer.endsWith(" kB, already there"), layer);
    }
    assertTrue(told.layers.get(4).matches("layer classes: [0-9.]+ kB sent"), "" + told.layers);
    assertTrue(told.passing.stream().allMatch(line -> line.startsWith("layer classes: ")));
    String last = told.passing.get(told.passing.size() - 1);
    assertTrue(last.matches("layer classes: ([0-9.]+ kB) of \\1"), last);
    assertTrue(told.lines.get(0).contains(": 1 layer, "), "" + told.lines);
  }

  @Test
  void aFatJarIsOneLayer() throws Exception {
    Path jar = Project.jar(directory.resolve("My_Project-1.2.jar"), "all of it");
    PreparedImage image = prepare(List.of(jar), "one");
    image.push(told);
    assertEquals(2, layers(image).size());
    assertEquals("/app/libs/My_Project-1.2.jar", image.classPath());
    assertTrue(image.reference().contains("/me/my-project@"), image.reference());
  }

  // ---- what it has beside the class path

  @Test
  void hasFilesInALayerOfTheirOwnWhoeverOwnsThem() throws Exception {
    List<Path> project = project("here");
    PreparedImage plain = prepare(project, "one");
    plain.push(told);
    Path data = directory.resolve("data");
    Project.write(data.resolve("a/x.txt"), "x");
    Path script = Project.write(data.resolve("run.sh"), "#!/bin/sh\n");
    assertTrue(script.toFile().setExecutable(true));
    Path single = Project.write(directory.resolve("one/single"), "single");
    additions =
        additions.file("data", "/data").file("~/single", "/etc/").file("data/a/x.txt", "/etc/y");
    PreparedImage image = prepare(project, "one");
    told.clear();
    image.push(told);
    List<String> before = layers(plain);
    List<String> after = layers(image);
    assertEquals(before.subList(0, 3), after.subList(0, 3));
    assertEquals(before.subList(3, 5), after.subList(4, 6));
    assertTrue(told.layers.get(3).matches("layer files: [0-9.]+ kB sent"), "" + told.layers);
    assertEquals(
        List.of(
            "drwxr-xr-x 0/0 data/",
            "drwxr-xr-x 0/0 data/a/",
            "-rw-r--r-- 0/0 data/a/x.txt",
            "-rwxr-xr-x 0/0 data/run.sh",
            "drwxr-xr-x 0/0 etc/",
            "-rw-r--r-- 0/0 etc/single",
            "-rw-r--r-- 0/0 etc/y"),
        entries(after.get(3)));

    Files.setLastModifiedTime(script, FileTime.fromMillis(1_000_000_000_000L));
    Files.setPosixFilePermissions(single, PosixFilePermissions.fromString("rw-------"));
    assertEquals(image.reference(), prepare(project, "one").reference());
    assertTrue(script.toFile().setExecutable(false));
    assertNotEquals(image.reference(), prepare(project, "one").reference());
  }

  private List<String> entries(String layer) throws Exception {
    Path file = Files.write(directory.resolve("layer"), registry.blobs.get(layer));
    Process tar =
        new ProcessBuilder("tar", "-tvz", "--numeric-owner", "-f", file.toString()).start();
    String printed = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, tar.waitFor());
    return printed
        .lines()
        .map(line -> line.split(" +", 6))
        .map(words -> words[0] + " " + words[1] + " " + words[5])
        .toList();
  }

  @Test
  void hasEnvironmentPortsAndLabels() throws Exception {
    PreparedImage plain = prepare(project("here"), "one");
    additions =
        additions
            .environment("PATH", "/opt/bin:/usr/bin")
            .environment("LANG", "C.UTF-8")
            .port(6006)
            .port(80)
            .label("org.example.team", "blue");
    PreparedImage image = prepare(project("here"), "one");
    image.push(told);
    assertNotEquals(plain.reference(), image.reference());
    Map<?, ?> container = (Map<?, ?>) configuration(image).get("config");
    assertEquals(
        List.of("PATH=/opt/bin:/usr/bin", "LANG=C.UTF-8"),
        ((List<?>) container.get("Env"))
            .stream().map(Object::toString).sorted(Comparator.reverseOrder()).toList());
    assertEquals(Map.of("80/tcp", Map.of(), "6006/tcp", Map.of()), container.get("ExposedPorts"));
    assertEquals(Map.of("org.example.team", "blue"), container.get("Labels"));
  }

  private Object labels(List<Path> elements) throws Exception {
    PreparedImage image = prepare(elements, "one");
    image.push(told);
    return ((Map<?, ?>) configuration(image).get("config")).get("Labels");
  }

  @Test
  void saysVersionAndCommitWhereTheProgramDoes() throws Exception {
    Path jar = Files.createDirectories(directory.resolve("lib")).resolve("train-1.2.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    manifest.getMainAttributes().putValue("Implementation-Title", "Train");
    manifest.getMainAttributes().putValue("Implementation-Version", "1.2");
    manifest.getMainAttributes().putValue("Git-Commit", "0123456789abcdef");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry("x.txt"));
    }
    String prefix = "org.opencontainers.image.";
    assertEquals(
        Map.of(
            prefix + "title", "Train",
            prefix + "version", "1.2",
            prefix + "revision", "0123456789abcdef"),
        labels(List.of(jar)));
    additions = additions.label(prefix + "version", "of today");
    assertEquals(
        Map.of(
            prefix + "title", "Train",
            prefix + "version", "of today",
            prefix + "revision", "0123456789abcdef"),
        labels(List.of(jar)));

    additions = ImageAdditions.none();
    List<Path> project = project("here");
    Project.write(
        project.get(0).resolve("git.properties"),
        "git.build.version=1.3\ngit.commit.id.full=fedcba9876543210\n");
    assertEquals(
        Map.of(prefix + "version", "1.3", prefix + "revision", "fedcba9876543210"),
        labels(project));
  }

  @Test
  void refusesFilesThatAreNotThereOrHideOneAnother() throws Exception {
    additions = ImageAdditions.none().file("nowhere", "/data/x");
    assertEquals(
        "there is no "
            + directory.resolve("nowhere")
            + ", which is to be /data/x in the image of the class path",
        failure(project("here")));
    Path one = Project.write(directory.resolve("one.txt"), "1");
    Path two = Project.write(directory.resolve("two.txt"), "2");
    additions = ImageAdditions.none().file("one.txt", "/data/x").file("two.txt", "/data/x");
    assertEquals(
        "both " + one + " and " + two + " are to be /data/x in the image of the class path",
        failure(project("here")));
    additions = ImageAdditions.none().file("two.txt", "/data/x/y").file("one.txt", "/data/x");
    assertEquals(
        "/data/x cannot be both the file "
            + one
            + " and the folder of "
            + two
            + " in the image of the class path",
        failure(project("here")));
    additions = ImageAdditions.none().file("two.txt", "/app/classes/a/Main.class");
    assertTrue(failure(project("here")).startsWith("both "), failure(project("here")));
  }

  // ---- what is asked

  @Test
  void asksOnceWhereNothingIsNew() throws Exception {
    List<Path> project = project("here");
    PreparedImage first = prepare(project, "one");
    assertTrue(registry.takeRequests().stream().allMatch(line -> line.startsWith("GET ")));
    first.push(told);
    registry.takeRequests();
    told.clear();
    PreparedImage again = prepare(project, "one");
    assertEquals(List.of(), registry.takeRequests());
    again.push(told);
    String digest = again.reference().substring(again.reference().indexOf('@') + 1);
    assertEquals(List.of("HEAD /v2/me/train/manifests/" + digest), registry.takeRequests());
    assertEquals(List.of(), told.lines);
    assertEquals(List.of(), told.layers);
  }

  @Test
  void sendsAgainWhatTheRegistryHasLost() throws Exception {
    List<Path> project = project("here");
    prepare(project, "one").push(told);
    registry.blobs.keySet().removeIf(digest -> !digest.isEmpty());
    registry.addBase("java", "17", "amd64");
    registry.manifests.keySet().removeIf(key -> key.startsWith("me/"));
    PreparedImage again = prepare(project, "one");
    again.push(told);
    assertEquals(5, layers(again).size());
  }

  @Test
  void makesAnIndexForSeveralPlatforms() throws Exception {
    registry.addIndex(
        "java",
        "17",
        Map.of(
            "amd64", registry.addBase("java", "a", "amd64"),
            "arm64", registry.addBase("java", "b", "arm64")));
    PreparedImage image =
        new ClassPathImages()
            .prepare(request("linux/amd64", "linux/arm64"), project("here"), context("one"));
    image.push(told);
    List<?> manifests = (List<?>) manifest(image).get("manifests");
    assertEquals(2, manifests.size());
    for (Object entry : manifests) {
      Object digest = ((Map<?, ?>) entry).get("digest");
      assertTrue(registry.manifests.containsKey("me/train@" + digest), "" + digest);
    }
  }

  @Test
  void writesATarThatDockerLoads() throws Exception {
    PreparedImage image = prepare(project("here"), "one");
    Path file = directory.resolve("train.tar");
    image.writeTar(file, told);
    assertTrue(told.lines.get(0).startsWith("wrote " + file + ": "), "" + told.lines);
    Process tar = new ProcessBuilder("tar", "-xOf", file.toString(), "manifest.json").start();
    String json = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, tar.waitFor());
    Map<?, ?> entry = (Map<?, ?>) ((List<?>) PlainText.readJson(json, "manifest.json")).get(0);
    assertEquals(List.of(registry.host() + "/me/train:latest"), entry.get("RepoTags"));
    assertEquals(5, ((List<?>) entry.get("Layers")).size());
  }

  // ---- what goes wrong

  private static final String CHANGED =
      "the class path has changed since the plan was made; plan again";

  @Test
  void saysWhyATarCannotBeWritten() throws Exception {
    PreparedImage image = prepare(project("here"), "one");
    Path file = directory.resolve("missing/train.tar");
    SymphonyException failed =
        assertThrows(SymphonyException.class, () -> image.writeTar(file, line -> {}));
    assertEquals("cannot write " + file + ": no such file or directory", failed.getMessage());
  }

  private String failure(List<Path> project) {
    return String.valueOf(
        assertThrows(SymphonyException.class, () -> prepare(project, "one").push(told))
            .getMessage());
  }

  private String failure(PreparedImage image) {
    return String.valueOf(
        assertThrows(SymphonyException.class, () -> image.push(told)).getMessage());
  }

  @Test
  void refusesABaseForOtherPlatforms() throws Exception {
    registry.addBase("java", "17", "arm64");
    assertEquals(
        "base image "
            + registry.host()
            + "/java:17 is for linux/arm64 and not for linux/amd64,"
            + " which the image is for; choose another --base-image",
        failure(project("here")));
    registry.addIndex("java", "17", Map.of("arm64", registry.addBase("java", "a", "arm64")));
    assertEquals(
        "base image "
            + registry.host()
            + "/java:17 is not there for linux/amd64, which the image is for; choose another"
            + " --base-image",
        failure(project("here")));
  }

  @Test
  void tellsOfABaseThatIsNotThere() throws Exception {
    registry.manifests.clear();
    assertEquals(
        "registry " + registry.host() + " refuses the pull of java: unknown",
        failure(project("here")));
  }

  @Test
  void showsTheLoginOfDockersConfiguration() throws Exception {
    registry.requireLogin("sarah:secret");
    login("sarah:secret");
    PreparedImage image = prepare(project("here"), "one");
    image.push(told);
    assertEquals(5, layers(image).size());
    prepare(project("here"), "one").push(told);
  }

  private void login(String pair) throws Exception {
    String auth = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    Project.write(
        directory.resolve("one/.docker/config.json"),
        "{\"auths\":{\"" + registry.host() + "\":{\"auth\":\"" + auth + "\"}}}");
  }

  @Test
  void showsATokenOfTheRegistrysRealm() throws Exception {
    registry.requireToken("sarah:secret");
    login("sarah:secret");
    PreparedImage image = prepare(project("here"), "one");
    image.push(told);
    assertEquals(5, layers(image).size());
    registry.takeRequests();
    prepare(project("here"), "one").push(told);
    String digest = image.reference().substring(image.reference().indexOf('@') + 1);
    String question = "HEAD /v2/me/train/manifests/" + digest;
    assertEquals(List.of(question, "GET /token", question), registry.takeRequests());
  }

  @Test
  void getsANewTokenWhereOneExpiresInTheMiddleOfAPush() throws Exception {
    registry.requireToken("sarah:secret");
    login("sarah:secret");
    PreparedImage image = prepare(project("here"), "one");
    int before = registry.tokensGiven();
    image.push(
        new Told() {
          @Override
          public void step(String line, boolean done) {
            if (done) {
              registry.expireTokens();
            }
          }
        });
    assertEquals(5, layers(image).size());
    assertTrue(registry.tokensGiven() - before > 5, "" + (registry.tokensGiven() - before));
  }

  @Test
  void tellsOfAMissingAndOfAWrongLoginForATokenToPush() throws Exception {
    registry.requireToken("sarah:secret");
    tellsOfAMissingAndOfAWrongLogin("the push of me/train", "me/train");
  }

  @Test
  void asksACredentialHelper() throws Exception {
    registry.requireLogin("sarah:of the helper");
    Path helper =
        Project.write(
            directory.resolve("bin/docker-credential-mine"),
            "#!/bin/sh\nread host\necho '{\"Username\":\"sarah\",\"Secret\":\"of the helper\"}'\n");
    assertTrue(helper.toFile().setExecutable(true));
    Project.write(directory.resolve("one/.docker/config.json"), "{\"credsStore\":\"mine\"}");
    ClusterContext context =
        ClusterContext.of(
            Map.of(
                "HOME",
                directory.resolve("one").toString(),
                "PATH",
                directory.resolve("bin") + ":/usr/bin:/bin"),
            directory);
    PreparedImage image = new ClassPathImages().prepare(request(), project("here"), context);
    image.push(told);
    assertEquals(5, layers(image).size());
  }

  @Test
  void tellsOfAMissingAndOfAWrongLogin() throws Exception {
    registry.requireLogin("sarah:secret");
    tellsOfAMissingAndOfAWrongLogin("the pull of java", "java");
  }

  private void tellsOfAMissingAndOfAWrongLogin(String action, String repository) throws Exception {
    Path config = directory.resolve("one/.docker/config.json");
    String help = ": 'docker login " + registry.host() + "'";
    String wants = " wants a login for " + action + ", and " + config + " has none";
    assertEquals("registry " + registry.host() + wants + help, failure(project("here")));
    login("sarah:wrong");
    String rejects = " rejects the login of " + config + " for " + repository;
    assertEquals("registry " + registry.host() + rejects + help, failure(project("here")));
  }

  @Test
  void tellsOfARefusedPush() throws Exception {
    registry.refuseWrites(403);
    assertEquals(
        "registry "
            + registry.host()
            + " does not allow the push of me/train: choose another"
            + " --registry, or ask its owner for the right",
        failure(project("here")));
    registry.refuseWrites(404);
    assertTrue(
        failure(project("here"))
            .startsWith("registry " + registry.host() + " refuses the push of me/train: "));
  }

  @Test
  void tellsOfARegistryThatIsDownOrBreaksOff() throws Exception {
    List<Path> project = project("here");
    PreparedImage image = prepare(project, "one");
    registry.breakUploads();
    String message = failure(project);
    assertTrue(message.startsWith("cannot reach registry " + registry.host() + ": "), message);
    registry.close();
    message =
        String.valueOf(assertThrows(SymphonyException.class, () -> image.push(told)).getMessage());
    assertEquals("cannot reach registry " + registry.host() + ": connection refused", message);
  }

  @Test
  void refusesToSendAClassPathThatHasChanged() throws Exception {
    List<Path> project = project("here");
    prepare(project, "one");
    PreparedImage remembered = prepare(project, "one");
    Project.write(project.get(0).resolve("a/Main.class"), "changed");
    assertEquals(CHANGED, failure(remembered));
  }

  @Test
  void refusesToSendALargeJarThatHasChanged() throws Exception {
    Path jar = Project.jar(directory.resolve("train.jar"), "x".repeat(10));
    Files.write(jar, new byte[2_000_000], StandardOpenOption.APPEND);
    prepare(List.of(jar), "one");
    PreparedImage remembered = prepare(List.of(jar), "one");
    Files.write(jar, new byte[1], StandardOpenOption.APPEND);
    assertEquals(CHANGED, failure(remembered));
    assertTrue(registry.manifests.keySet().stream().noneMatch(key -> key.startsWith("me/")));
  }
}
