package dev.symphony.image;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** As much of an image registry as a push needs, in memory. */
final class LoopbackRegistry implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();

  LoopbackRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v2/", this::answer);
    server.start();
  }

  /** Host and port. */
  String name() {
    return "localhost:" + server.getAddress().getPort();
  }

  /** The manifest that was pushed for {@code repository:tag}; empty for none. */
  String manifest(String reference) {
    String path = "/v2/" + reference.replace(":", "/manifests/");
    return new String(manifests.getOrDefault(path, new byte[0]));
  }

  int blobs() {
    return blobs.size();
  }

  private void answer(HttpExchange call) throws IOException {
    byte[] body = call.getRequestBody().readAllBytes();
    String path = call.getRequestURI().getPath();
    String query = String.valueOf(call.getRequestURI().getQuery());
    switch (call.getRequestMethod()) {
      case "POST" -> located(call, 202, path + uploads.size());
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
