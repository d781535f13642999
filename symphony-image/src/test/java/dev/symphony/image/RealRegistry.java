package dev.symphony.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symphony.engine.promises.Needs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The registry that most others are made of, {@code docker-registry}, on a port of its own and with
 * all it keeps below a folder.
 */
final class RealRegistry implements AutoCloseable {
  /** Who may enter a registry with a password. */
  static final String LOGIN = "sarah:secret";

  private static final String HTPASSWD =
      "sarah:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n";
  private static final String PASSWORD = "changeit";
  private static final Pattern LISTENING = Pattern.compile("listening on [^ \"]*:(\\d+)");

  private final Path folder;
  private final Process process;
  private final int port;

  private RealRegistry(Path folder, String http, String more) throws Exception {
    Needs.program("docker-registry");
    this.folder = folder;
    String settings =
        "version: 0.1\nlog: {level: info}\nstorage: {filesystem: {rootdirectory: '"
            + folder.resolve("data")
            + "'}}\nhttp: {addr: '127.0.0.1:0', secret: x"
            + http
            + "}\n"
            + more;
    Path file = Project.write(folder.resolve("registry.yml"), settings);
    process =
        new ProcessBuilder("docker-registry", "serve", file.toString())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .start();
    BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
    port = listening(log);
    Thread rest = new Thread(() -> log.lines().forEach(line -> {}), "log of the registry");
    rest.setDaemon(true);
    rest.start();
  }

  private static int listening(BufferedReader log) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      Matcher found = LISTENING.matcher(line);
      if (found.find()) {
        return Integer.parseInt(found.group(1));
      }
      lines.add(line);
    }
    throw new AssertionError("the registry has ended: " + lines);
  }

  /** Takes anything. */
  static RealRegistry open(Path folder) throws Exception {
    return new RealRegistry(folder, "", "");
  }

  /** Wants {@link #LOGIN}. */
  static RealRegistry withPassword(Path folder) throws Exception {
    Path users = Project.write(folder.resolve("htpasswd"), HTPASSWD);
    return new RealRegistry(folder, "", "auth: {htpasswd: {realm: here, path: '" + users + "'}}\n");
  }

  /**
   * Speaks TLS as {@code registry.test}, with a certificate of an authority of its own, which
   * {@link #authority} has.
   */
  static RealRegistry withTls(Path folder) throws Exception {
    Files.createDirectories(folder);
    makeKeys(folder);
    return new RealRegistry(
        folder,
        ", tls: {certificate: '"
            + folder.resolve("certificate.pem")
            + "', key: '"
            + folder.resolve("key.pem")
            + "'}",
        "");
  }

  /** The store of the authority's certificate, for {@code javax.net.ssl.trustStore}. */
  Path authority() {
    return folder.resolve("trust.p12");
  }

  private static void makeKeys(Path folder) throws Exception {
    keytool(folder, "-genkeypair -alias ca -keyalg EC -dname CN=ours -ext bc:c -keystore ca.p12");
    keytool(folder, "-exportcert -alias ca -rfc -file ca.pem -keystore ca.p12");
    keytool(folder, "-importcert -noprompt -alias ca -file ca.pem -keystore trust.p12");
    keytool(folder, "-genkeypair -alias a -keyalg EC -dname CN=registry.test -keystore keys.p12");
    keytool(folder, "-certreq -alias a -file request.pem -keystore keys.p12");
    keytool(
        folder,
        "-gencert -alias ca -rfc -ext san=dns:registry.test -infile request.pem"
            + " -outfile certificate.pem -keystore ca.p12");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    byte[] key = keys.getKey("a", PASSWORD.toCharArray()).getEncoded();
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
    Project.write(
        folder.resolve("key.pem"),
        "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
  }

  private static void keytool(Path folder, String words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words.split(" ")));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
  }

  /** Its port. */
  int port() {
    return port;
  }

  /** Its host and port. */
  String host() {
    return "127.0.0.1:" + port;
  }

  /** Whether it keeps a manifest of this digest, {@code sha256:…}, in a repository. */
  boolean holds(String repository, String digest) {
    return Files.exists(
        folder.resolve(
            "data/docker/registry/v2/repositories/"
                + repository
                + "/_manifests/revisions/"
                + digest.replace(':', '/')));
  }

  /** The digests, {@code sha256:…}, of all that it keeps: layers, configurations and manifests. */
  Set<String> blobs() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("data/docker/registry/v2/blobs/sha256"))) {
      return files
          .filter(file -> file.endsWith("data"))
          .map(file -> "sha256:" + file.getParent().getFileName())
          .collect(Collectors.toCollection(HashSet::new));
    }
  }

  /** kill -9. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
