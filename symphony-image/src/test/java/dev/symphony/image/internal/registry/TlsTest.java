package dev.symphony.image.internal.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.symphony.engine.SymphonyException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry with a certificate of an authority that nobody knows. */
class TlsTest {
  @TempDir Path directory;
  private HttpsServer server;
  private Reference image;

  @BeforeEach
  void start() throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context()));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    image = Reference.parse("127.0.0.1:" + server.getAddress().getPort() + "/me/app:1");
  }

  private SSLContext context() throws Exception {
    Path file = directory.resolve("keys");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit",
                "-storetype",
                "PKCS12")
            .redirectErrorStream(true)
            .start();
    keytool.getInputStream().readAllBytes();
    assertEquals(0, keytool.waitFor());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private RegistryAccess open(boolean insecure) {
    return new RegistryAccess(image, true, null, insecure, DockerConfig.of(Map.of(), directory));
  }

  @Test
  void isNotTrusted() {
    String message =
        String.valueOf(
            assertThrows(SymphonyException.class, () -> open(false).close()).getMessage());
    assertEquals(
        "the certificate of registry "
            + image.host()
            + " is not signed by an authority that this"
            + " Java trusts: give it one with -Djavax.net.ssl.trustStore=FILE, or allow it with"
            + " --insecure-registry",
        message);
  }

  @Test
  void isTakenWhereTheUserSaysSo() {
    try (RegistryAccess access = open(true)) {
      assertEquals(image, access.image());
    }
  }
}
