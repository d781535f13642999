package dev.symphony.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** As much of an image registry as a push needs, in memory, with a certificate nobody trusts. */
final class LoopbackRegistry implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger uploadsBegun = new AtomicInteger();
  private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
  private volatile boolean refusing;

  LoopbackRegistry(Path directory) throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls(directory.resolve("registry.p12"))));
    server.setExecutor(threads);
    server.createContext("/v2/", this::answer);
    server.start();
  }

  private static SSLContext tls(Path store) throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String words =
        " -genkeypair -alias a -keyalg EC -dname CN=localhost -storetype PKCS12 -storepass "
            + PASSWORD
            + " -keystore ";
    ProcessBuilder making =
        new ProcessBuilder((keytool + words + store).split(" "))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    assertEquals(0, making.start().waitFor());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(store).getKeyManagers(), null, null);
    return context;
  }

  private static KeyManagerFactory keys(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(keys, PASSWORD.toCharArray());
    return factory;
  }

  /** Refuses every push from now on. */
  void refuse() {
    refusing = true;
  }

  /** Host and port. */
  String name() {
    return "localhost:" + server.getAddress().getPort();
  }

  /** The manifest that was pushed for {@code repository:tag}; empty for none. */
  String manifest(String reference) {
    String path = "/v2/" + reference.replace(":", "/manifests/");
    return new String(manifests.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
  }

  int blobs() {
    return blobs.size();
  }

  private void answer(HttpExchange call) throws IOException {
    byte[] body = call.getRequestBody().readAllBytes();
    String path = call.getRequestURI().getPath();
    String query = String.valueOf(call.getRequestURI().getQuery());
    switch (call.getRequestMethod()) {
      case "POST" -> {
        if (refusing) {
          deny(call);
        } else {
          located(call, 202, path + uploadsBegun.incrementAndGet());
        }
      }
      case "PATCH" -> {
        uploads.put(path, body);
        located(call, 202, path);
      }
      case "PUT" -> {
        if (path.contains("/manifests/")) {
          manifests.put(path, body);
        } else {
          String digest = query.substring(query.indexOf("sha256:"));
          blobs.put(digest, body.length > 0 ? body : uploads.getOrDefault(path, body));
        }
        located(call, 201, path);
      }
      default -> {
        boolean found = path.equals("/v2/") || blobs.containsKey(last(path));
        send(call, found ? 200 : 404);
      }
    }
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static void located(HttpExchange call, int status, String path) throws IOException {
    call.getResponseHeaders().set("Location", path);
    send(call, status);
  }

  private static void deny(HttpExchange call) throws IOException {
    String text = "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"me may not push\"}]}";
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().set("Content-Type", "application/json");
    call.sendResponseHeaders(403, body.length);
    call.getResponseBody().write(body);
    call.close();
  }

  private static void send(HttpExchange call, int status) throws IOException {
    call.sendResponseHeaders(status, -1);
    call.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
