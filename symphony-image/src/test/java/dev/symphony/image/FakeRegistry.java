package dev.symphony.image;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A registry in this program, which notes what it is asked. */
public final class FakeRegistry implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
  final Map<String, String> types = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile @Nullable String login;
  private volatile boolean givesTokens;
  private final AtomicInteger tokensGiven = new AtomicInteger();
  private final Map<String, Token> tokens = new ConcurrentHashMap<>();
  private volatile int refusal;
  private volatile boolean breaks;

  /** Listens on the loopback, with plain HTTP. */
  public FakeRegistry() throws IOException {
    this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  /** Answers what a server of the caller's gets. */
  FakeRegistry(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Its host and port. */
  public String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Wants this user and password, as {@code user:password}. */
  void requireLogin(String pair) {
    login = pair;
  }

  /**
   * Wants a token, which {@code /token} gives for the scopes that are asked for and, where writing
   * is among them, only to who has this login. Reading takes no login.
   */
  void requireToken(String pair) {
    login = pair;
    givesTokens = true;
  }

  /** Lets all tokens that were given expire. */
  void expireTokens() {
    tokens.clear();
  }

  /** How many tokens were given. */
  int tokensGiven() {
    return tokensGiven.get();
  }

  /** Answers every attempt to write with this status. */
  void refuseWrites(int status) {
    refusal = status;
  }

  /** Closes the connection in the middle of every layer. */
  void breakUploads() {
    breaks = true;
  }

  /** The requests since the last call, as {@code METHOD /path}. */
  List<String> takeRequests() {
    List<String> taken = new ArrayList<>(requests);
    requests.clear();
    return taken;
  }

  /** Puts an image of one small layer there, for a platform. */
  String addBase(String repository, String tag, String architecture) throws Exception {
    byte[] layer = ("layer of " + architecture).getBytes(StandardCharsets.UTF_8);
    String diff = digest(layer);
    byte[] config =
        ("{\"architecture\":\""
                + architecture
                + "\",\"os\":\"linux\",\"config\":{\"Env\":"
                + "[\"PATH=/usr/bin\"]},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\""
                + diff
                + "\"]}}")
            .getBytes(StandardCharsets.UTF_8);
    blobs.put(diff, layer);
    blobs.put(digest(config), config);
    String type = "application/vnd.oci.image.manifest.v1+json";
    byte[] manifest =
        ("{\"schemaVersion\":2,\"mediaType\":\""
                + type
                + "\",\"config\":{\"mediaType\":"
                + "\"application/vnd.oci.image.config.v1+json\",\"digest\":\""
                + digest(config)
                + "\",\"size\":"
                + config.length
                + "},\"layers\":[{\"mediaType\":"
                + "\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\""
                + diff
                + "\",\"size\":"
                + layer.length
                + "}]}")
            .getBytes(StandardCharsets.UTF_8);
    putManifest(repository, tag, type, manifest);
    return putManifest(repository, digest(manifest), type, manifest);
  }

  /** Puts an index of images there. */
  void addIndex(String repository, String tag, Map<String, String> digests) throws Exception {
    List<String> entries = new ArrayList<>();
    for (Map.Entry<String, String> entry : digests.entrySet()) {
      entries.add(
          "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"size\":1,\"digest\":\""
              + entry.getValue()
              + "\",\"platform\":{\"os\":\"linux\",\"architecture\":\""
              + entry.getKey()
              + "\"}}");
    }
    String type = "application/vnd.oci.image.index.v1+json";
    String index =
        "{\"schemaVersion\":2,\"mediaType\":\""
            + type
            + "\",\"manifests\":["
            + String.join(",", entries)
            + "]}";
    putManifest(repository, tag, type, index.getBytes(StandardCharsets.UTF_8));
  }

  private String putManifest(String repository, String name, String type, byte[] bytes)
      throws Exception {
    manifests.put(repository + "@" + name, bytes);
    types.put(repository + "@" + name, type);
    return digest(bytes);
  }

  static String digest(byte[] bytes) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
    return "sha256:" + HexFormat.of().formatHex(hash);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    requests.add(method + " " + path);
    try (exchange) {
      if (path.equals("/token")) {
        giveToken(exchange);
      } else if (givesTokens && !showsToken(exchange, method, path)) {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("WWW-Authenticate", challenge(method, path));
        send(exchange, 401, "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"who?\"}]}");
      } else if (!givesTokens && !mayEnter(exchange)) {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"here\"");
        send(exchange, 401, new byte[0]);
      } else if (!method.equals("GET") && !method.equals("HEAD") && refusal != 0) {
        exchange.getRequestBody().readAllBytes();
        send(exchange, refusal, "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\"}]}");
      } else if (path.contains("/manifests/")) {
        manifest(exchange, method, path);
      } else if (path.contains("/blobs/uploads/")) {
        upload(exchange, method, path);
      } else if (path.contains("/blobs/")) {
        byte[] blob = blobs.get(path.substring(path.lastIndexOf('/') + 1));
        send(exchange, blob == null ? 404 : 200, blob == null ? new byte[0] : blob);
      } else {
        send(exchange, 200, "{}");
      }
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  // ---- tokens, as the distribution specification has them

  private record Token(List<String> scopes) {
    boolean allows(String repository, String action) {
      String prefix = "repository:" + repository + ":";
      for (String scope : scopes) {
        if (scope.startsWith(prefix)
            && List.of(scope.substring(prefix.length()).split(",", -1)).contains(action)) {
          return true;
        }
      }
      return false;
    }
  }

  private static String repository(String path) {
    int end = Math.max(path.indexOf("/manifests/"), path.indexOf("/blobs/"));
    return end < 0 ? "" : path.substring("/v2/".length(), end);
  }

  private static String action(String method) {
    return method.equals("GET") || method.equals("HEAD") ? "pull" : "push";
  }

  private String challenge(String method, String path) {
    String repository = repository(path);
    String scope =
        repository.isEmpty()
            ? ""
            : ",scope=\"repository:" + repository + ":" + action(method) + "\"";
    return "Bearer realm=\"http://" + host() + "/token\",service=\"fake registry\"" + scope;
  }

  private boolean showsToken(HttpExchange exchange, String method, String path) {
    String shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    Token token = shown.startsWith("Bearer ") ? tokens.get(shown.substring(7)) : null;
    return token != null
        && (repository(path).isEmpty() || token.allows(repository(path), action(method)));
  }

  private void giveToken(HttpExchange exchange) throws IOException {
    List<String> scopes = new ArrayList<>();
    boolean named = false;
    for (String parameter : exchange.getRequestURI().getQuery().split("&", -1)) {
      if (parameter.startsWith("scope=")) {
        scopes.addAll(List.of(parameter.substring("scope=".length()).split(" ", -1)));
      }
      named |= parameter.replace('+', ' ').equals("service=fake registry");
    }
    boolean known = mayEnter(exchange);
    boolean shows = exchange.getRequestHeaders().containsKey("Authorization");
    if (!named || shows && !known) {
      send(exchange, named ? 401 : 400, "{\"details\":\"incorrect username or password\"}");
      return;
    }
    if (!known) {
      scopes.replaceAll(scope -> scope.substring(0, scope.lastIndexOf(':')) + ":pull");
    }
    String name = "token-" + tokensGiven.incrementAndGet();
    tokens.put(name, new Token(scopes));
    send(exchange, 200, "{\"token\":\"" + name + "\",\"expires_in\":60}");
  }

  private boolean mayEnter(HttpExchange exchange) {
    String wanted = login;
    if (wanted == null) {
      return true;
    }
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(wanted.getBytes(StandardCharsets.UTF_8));
    return basic.equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private void manifest(HttpExchange exchange, String method, String path) throws Exception {
    String key = path.substring("/v2/".length()).replace("/manifests/", "@");
    if (method.equals("PUT")) {
      byte[] bytes = exchange.getRequestBody().readAllBytes();
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      String repository = key.substring(0, key.indexOf('@'));
      putManifest(repository, key.substring(key.indexOf('@') + 1), type, bytes);
      putManifest(repository, digest(bytes), type, bytes);
      exchange.getResponseHeaders().add("Docker-Content-Digest", digest(bytes));
      send(exchange, 201, new byte[0]);
      return;
    }
    byte[] bytes = manifests.get(key);
    if (bytes == null) {
      send(exchange, 404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"unknown\"}]}");
      return;
    }
    exchange.getResponseHeaders().add("Content-Type", types.get(key));
    exchange.getResponseHeaders().add("Docker-Content-Digest", digest(bytes));
    send(exchange, 200, bytes);
  }

  private void upload(HttpExchange exchange, String method, String path) throws Exception {
    if (method.equals("POST")) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().add("Location", path + "one-" + requests.size());
      send(exchange, 202, new byte[0]);
    } else if (method.equals("PATCH")) {
      if (breaks) {
        exchange.getRequestBody().read();
        return;
      }
      byte[] bytes = exchange.getRequestBody().readAllBytes();
      blobs.put(digest(bytes), bytes);
      exchange.getResponseHeaders().add("Location", path);
      send(exchange, 202, new byte[0]);
    } else {
      exchange.getRequestBody().readAllBytes();
      send(exchange, 201, new byte[0]);
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean bare = exchange.getRequestMethod().equals("HEAD");
    if (bare) {
      exchange.getResponseHeaders().add("Content-Length", Integer.toString(body.length));
    }
    exchange.sendResponseHeaders(status, bare || body.length == 0 ? -1 : body.length);
    if (!bare && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
