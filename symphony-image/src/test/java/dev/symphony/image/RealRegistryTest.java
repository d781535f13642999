package dev.symphony.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ImageAdditions;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.promises.Jvm;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.ImageRequest;
import dev.symphony.spi.PreparedImage;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a real registry is sent; those that ask for a password, have a certificate of their own
 * authority, or end.
 */
class RealRegistryTest {
  @TempDir Path directory;
  private FakeRegistry bases;
  private final Told told = new Told();

  @BeforeEach
  void start() throws Exception {
    bases = new FakeRegistry();
    bases.addBase("java", "17", "amd64");
  }

  @AfterEach
  void stop() {
    bases.close();
  }

  private String base() {
    return bases.host() + "/java:17";
  }

  private PreparedImage prepare(RealRegistry registry) throws Exception {
    return prepare(registry, "main");
  }

  /** The image of a project whose class a.Main has these bytes. */
  private PreparedImage prepare(RealRegistry registry, String main) throws Exception {
    List<Path> project = Project.in(directory);
    Project.write(project.get(0).resolve("a/Main.class"), main);
    ImageRequest request =
        new ImageRequest(
            registry.host() + "/me", base(), false, List.of("linux/amd64"), ImageAdditions.none());
    ClusterContext context = ClusterContext.of(Map.of("HOME", directory.toString()), directory);
    return new ClassPathImages().prepare(request, project, context);
  }

  private String failure(PreparedImage image) {
    return String.valueOf(
        assertThrows(SymphonyException.class, () -> image.push(told)).getMessage());
  }

  private static boolean has(RealRegistry registry, String reference) {
    return registry.holds("me/train", reference.substring(reference.indexOf('@') + 1));
  }

  // ---- layers

  @Test
  void sendsTheClassesAloneAfterAChangedClassAndThenNothing() throws Exception {
    try (RealRegistry registry = RealRegistry.open(directory.resolve("registry"))) {
      PreparedImage before = prepare(registry);
      before.push(told);
      Set<String> kept = registry.blobs();
      told.clear();

      PreparedImage after = prepare(registry, "main, changed");
      after.push(told);
      assertNotEquals(before.reference(), after.reference());
      assertTrue(has(registry, after.reference()));
      assertEquals(
          List.of("base", "dependencies", "snapshot dependencies", "resources"),
          layers(", already there"));
      assertEquals(List.of("classes"), layers(" sent"));
      assertTrue(told.lines.get(0).contains(": 1 layer, "), "" + told.lines);
      Set<String> sent = registry.blobs();
      sent.removeAll(kept);
      assertEquals(3, sent.size(), "a layer, the configuration and the manifest");

      told.clear();
      PreparedImage again = prepare(registry, "main, changed");
      again.push(told);
      assertEquals(after.reference(), again.reference());
      assertEquals(List.of(), told.lines);
      assertEquals(List.of(), told.layers);
      assertEquals(List.of(), told.passing);
    }
  }

  /** The names of those that are told of in a line with this end, in their order. */
  private List<String> layers(String end) {
    return told.layers.stream()
        .filter(line -> line.endsWith(end))
        .map(line -> line.substring("layer ".length(), line.indexOf(':')))
        .toList();
  }

  // ---- a password

  private void login(RealRegistry registry, String pair) throws Exception {
    String auth = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    Project.write(
        directory.resolve(".docker/config.json"),
        "{\"auths\":{\"" + registry.host() + "\":{\"auth\":\"" + auth + "\"}}}");
  }

  @Test
  void takesAPushWithThePasswordAndNothingTheSecondTime() throws Exception {
    try (RealRegistry registry = RealRegistry.withPassword(directory.resolve("registry"))) {
      login(registry, RealRegistry.LOGIN);
      PreparedImage image = prepare(registry);
      image.push(told);
      assertTrue(has(registry, image.reference()));
      assertTrue(told.lines.get(0).contains(": 5 layers, "), "" + told.lines);
      told.clear();
      prepare(registry).push(told);
      assertEquals(List.of(), told.lines);
      assertEquals(List.of(), told.layers);
    }
  }

  @Test
  void refusesAPushWithoutOrWithAWrongPassword() throws Exception {
    try (RealRegistry registry = RealRegistry.withPassword(directory.resolve("registry"))) {
      Path config = directory.resolve(".docker/config.json");
      String host = registry.host();
      assertEquals(
          "registry "
              + host
              + " wants a login for the push of me/train, and "
              + config
              + " has none: 'docker login "
              + host
              + "'",
          failure(prepare(registry)));
      login(registry, "sarah:wrong");
      PreparedImage image = prepare(registry);
      assertEquals(
          "registry "
              + host
              + " rejects the login of "
              + config
              + " for me/train: 'docker login "
              + host
              + "'",
          failure(image));
      assertFalse(has(registry, image.reference()));
      assertEquals(List.of(), told.lines);
    }
  }

  // ---- TLS

  /** Another Java, in which the registry has a name: that of the loopback needs no certificate. */
  private List<String> pushTo(RealRegistry registry, String... options) throws Exception {
    Path hosts = Project.write(directory.resolve("hosts"), "127.0.0.1 registry.test\n");
    List<String> words = new ArrayList<>(List.of("registry.test:" + registry.port() + "/me"));
    words.add(base());
    Project.in(directory).forEach(element -> words.add(element.toString()));
    List<String> command =
        new ArrayList<>(Jvm.command(PushProgram.class, words.toArray(new String[0])));
    command.addAll(1, List.of(options));
    command.add(1, "-Djdk.net.hosts.file=" + hosts);
    try (Jvm other = Jvm.start(command, Map.of("HOME", directory.toString()), directory)) {
      return other.lines();
    }
  }

  private static void assertPushed(RealRegistry registry, List<String> printed) {
    assertEquals(1, printed.size(), "" + printed);
    assertTrue(printed.get(0).startsWith("registry.test:"), "" + printed);
    assertTrue(has(registry, printed.get(0)), "" + printed);
  }

  @Test
  void refusesACertificateOfAnAuthorityThatIsNotTrusted() throws Exception {
    try (RealRegistry registry = RealRegistry.withTls(directory.resolve("registry"))) {
      assertEquals(
          List.of(
              "error: the certificate of registry registry.test:"
                  + registry.port()
                  + " is not signed by an authority that this Java trusts: give it one with"
                  + " -Djavax.net.ssl.trustStore=FILE, or allow it with --insecure-registry"),
          pushTo(registry));
      assertPushed(registry, pushTo(registry, "-Dinsecure=true"));
    }
  }

  @Test
  void pushesToACertificateOfAnAuthorityThatIsTrusted() throws Exception {
    try (RealRegistry registry = RealRegistry.withTls(directory.resolve("registry"))) {
      assertPushed(
          registry,
          pushTo(
              registry,
              "-Djavax.net.ssl.trustStore=" + registry.authority(),
              "-Djavax.net.ssl.trustStorePassword=changeit"));
    }
  }

  // ---- an end

  /** Ends the registry when the first bytes of a layer have gone. */
  private static final class Ender extends Told {
    private final RealRegistry registry;

    Ender(RealRegistry registry) {
      this.registry = registry;
    }

    @Override
    public void step(String line, boolean done) {
      super.step(line, done);
      if (!done && line.startsWith("layer program: ")) {
        registry.kill();
      }
    }
  }

  @Test
  void endsInTheMiddleOfAPush() throws Exception {
    try (RealRegistry registry = RealRegistry.open(directory.resolve("registry"))) {
      Path large = Project.jar(directory.resolve("train-1.0.jar"), "large");
      try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
        file.setLength(50_000_000);
      }
      ImageRequest request =
          new ImageRequest(
              registry.host() + "/me",
              base(),
              false,
              List.of("linux/amd64"),
              ImageAdditions.none());
      ClusterContext context = ClusterContext.of(Map.of("HOME", directory.toString()), directory);
      PreparedImage image = new ClassPathImages().prepare(request, List.of(large), context);
      Ender ender = new Ender(registry);
      String message =
          String.valueOf(
              assertThrows(SymphonyException.class, () -> image.push(ender)).getMessage());
      assertTrue(message.startsWith("cannot reach registry " + registry.host() + ": "), message);
      assertEquals(1, message.lines().count());
      assertEquals(List.of(), ender.lines);
      assertTrue(ender.passing.size() < 100, "" + ender.passing.size());
    }
  }
}
