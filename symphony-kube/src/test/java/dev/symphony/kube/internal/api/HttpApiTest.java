package dev.symphony.kube.internal.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.kube.internal.plan.Names;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class HttpApiTest {
  private final FakeServer server;

  HttpApiTest() throws IOException {
    server = new FakeServer();
  }

  @AfterEach
  void end() throws IOException {
    server.close();
  }

  private static Map<String, Object> object(String launch) {
    return Tree.of(
        "kind",
        "Pod",
        "metadata",
        Tree.of("name", "agent", "labels", Tree.of(Names.LAUNCH, launch)));
  }

  private ApiException refusal(KubeApi api) {
    return assertThrows(ApiException.class, () -> api.get("/api/v1/pods?limit=1"));
  }

  // ---- bodies and connections

  @Test
  void keepsOneConnectionForRequestsInARow() {
    server.json(200, "{\"a\":1}").json(200, "{\"a\":2}").json(404, "{\"reason\":\"NotFound\"}");
    try (KubeApi api = server.api()) {
      assertEquals(Map.of("a", 1), api.get("/x"));
      assertEquals(Map.of("a", 2), api.get("/x"));
      assertNull(api.find("/x"));
    }
    assertEquals(1, server.connections.get());
  }

  @Test
  void readsABodyInPieces() {
    server
        .raw(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "5\r\n{\"a\":\r\n3;x=y\r\n12}\r\n0\r\nTrailer: t\r\n\r\n")
        .raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"a\":13}");
    try (KubeApi api = server.api()) {
      assertEquals(Map.of("a", 12), api.get("/x"));
      assertEquals(Map.of("a", 13), api.get("/x"));
    }
  }

  @Test
  void unpacksWhatIsPackedAndKeepsTheConnection() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(("{\"a\":\"" + "x".repeat(200_000) + "\"}").getBytes(UTF_8));
    }
    server
        .then(
            (request, socket, out) -> {
              String head =
                  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
                      + "Transfer-Encoding: chunked\r\n\r\n"
                      + Integer.toHexString(packed.size())
                      + "\r\n";
              out.write(head.getBytes(UTF_8));
              packed.writeTo(out);
              out.write("\r\n0\r\n\r\n".getBytes(UTF_8));
              return true;
            })
        .json(200, "{\"a\":2}");
    try (KubeApi api = server.api()) {
      assertEquals("x".repeat(200_000), Tree.text(api.get("/x"), "a"));
      assertEquals(Map.of("a", 2), api.get("/x"));
    }
    assertTrue(server.requests.get(0).contains("\r\nAccept-Encoding: gzip\r\n"));
    assertEquals(1, server.connections.get());
  }

  @Test
  void asksAgainWhereAKeptConnectionWasClosed() {
    server
        .then(
            (request, socket, out) -> {
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(UTF_8));
              return false;
            })
        .json(200, "{\"a\":1}");
    try (KubeApi api = server.api()) {
      api.get("/x");
      assertEquals(Map.of("a", 1), api.get("/x"));
    }
    assertEquals(2, server.connections.get());
  }

  @Test
  void asksAgainWhereABodyBreaksOff() {
    server.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":").json(200, "{\"a\":1}");
    try (KubeApi api = server.api()) {
      assertEquals(Map.of("a", 1), api.get("/x"));
    }
  }

  @Test
  void serversMaySayToContinue() {
    server.raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    try (KubeApi api = server.api()) {
      assertEquals(Map.of(), api.get("/x"));
    }
  }

  // ---- asked again

  @Test
  void waitsForABusyServer() {
    server.json(429, "{}", "Retry-After: 1").json(500, "{}").json(503, "{}").json(200, "{\"a\":1}");
    Duration enough = Duration.ofSeconds(30);
    Limits limits = new Limits(enough, enough, enough, enough, enough);
    try (KubeApi api =
        server.access(new FixedLogin(Login.Pass.NONE, "", "")).open(limits, line -> {})) {
      assertEquals(Map.of("a", 1), api.get("/x"));
    }
  }

  @Test
  void givesUpOnAServerThatStaysBusy() {
    for (int i = 0; i < 50; i++) {
      server.json(503, "{\"message\":\"storage is\\nre-initializing\"}");
    }
    ApiException told = refusal(server.api());
    assertEquals(503, told.status());
    assertEquals(
        "the API server "
            + server.address()
            + " (context lab) answers 503: storage is re-initializing",
        told.getMessage());
  }

  @Test
  void asksAJsonPatchOnlyOnce() {
    server.json(500, "{\"message\":\"no\"}").json(200, "{}");
    try (KubeApi api = server.api()) {
      assertThrows(
          ApiException.class, () -> api.patch("/x", KubeApi.Patch.JSON, List.of(Map.of())));
    }
    assertEquals(1, server.requests.size());
  }

  @Test
  void recognisesItsOwnObjectAfterALostAnswer() {
    server
        .hangUp()
        .json(409, "{\"reason\":\"AlreadyExists\",\"message\":\"exists\"}")
        .json(200, new String(Json.bytes(object("ours")), UTF_8));
    try (KubeApi api = server.api()) {
      assertEquals(object("ours"), api.create("/pods?x=y", object("ours"), true));
    }
    assertTrue(server.requests.get(2).startsWith("GET /pods/agent HTTP/1.1"));
  }

  @Test
  void doesNotTakeAnothersObjectForItsOwn() {
    server
        .hangUp()
        .json(409, "{\"reason\":\"AlreadyExists\",\"message\":\"exists\"}")
        .json(200, new String(Json.bytes(object("theirs")), UTF_8))
        .json(409, "{\"reason\":\"AlreadyExists\",\"message\":\"exists\"}");
    try (KubeApi api = server.api()) {
      ApiException lost =
          assertThrows(ApiException.class, () -> api.create("/pods", object("ours"), true));
      assertEquals("AlreadyExists", lost.reason());
      ApiException first =
          assertThrows(ApiException.class, () -> api.create("/pods", object("ours"), true));
      assertEquals("exists", first.getMessage());
    }
    assertEquals(4, server.requests.size(), "without a lost answer nobody looks");
  }

  @Test
  void anExistingObjectIsNoSuccessWhereNoAnswerWasLost() {
    server.json(409, "{\"reason\":\"AlreadyExists\",\"message\":\"exists\"}");
    assertThrows(ApiException.class, () -> server.api().create("/pods", object("ours"), true));
    assertEquals(1, server.requests.size());
  }

  // ---- a server that is down

  @Test
  void tellsAtOnceThatNobodyListens() throws IOException {
    server.close();
    ApiException told = refusal(server.api());
    assertEquals(0, told.status());
    assertEquals(
        "cannot reach the API server "
            + server.address()
            + " (context lab): connection refused; is the cluster up, and is this the context you"
            + " mean?",
        told.getMessage());
  }

  @Test
  void tellsThatAServerTakesConnectionsButIsSilent() {
    server.then((request, socket, out) -> true);
    Limits limits = FakeServer.limits(Duration.ofSeconds(3), Duration.ofMillis(100));
    KubeApi api = server.access(new FixedLogin(Login.Pass.NONE, "", "")).open(limits, line -> {});
    assertTrue(refusal(api).getMessage().contains("did not answer GET /api/v1/pods within"));
  }

  @Test
  void saysOnceWhatItWaitsForUntilTheServerIsQuickAgain() {
    List<String> told = new CopyOnWriteArrayList<>();
    Limits limits = FakeServer.limits(Duration.ofSeconds(3), Duration.ofMillis(3100));
    String waiting = "waiting for the API server " + server.address() + " (context lab)";
    try (KubeApi api =
        server.access(new FixedLogin(Login.Pass.NONE, "", "")).open(limits, told::add)) {
      server.then((request, socket, out) -> true);
      assertTrue(refusal(api).getMessage().contains("did not answer"));
      assertEquals(List.of(waiting), told);
      server.then((request, socket, out) -> true);
      refusal(api);
      assertEquals(List.of(waiting), told);
      server.json(200, "{}");
      api.get("/x");
      server.then((request, socket, out) -> true);
      refusal(api);
      assertEquals(List.of(waiting, waiting), told);
    }
  }

  @Test
  void waitsForAServerThatIsDownWhereTold() throws Exception {
    int port = server.port();
    server.close();
    List<String> told = new CopyOnWriteArrayList<>();
    CountDownLatch waiting = new CountDownLatch(1);
    KubeApi api =
        server
            .api()
            .withPatience(
                Duration.ofSeconds(30),
                line -> {
                  told.add(line);
                  waiting.countDown();
                });
    AtomicReference<Map<String, Object>> first = new AtomicReference<>();
    Thread asking = new Thread(() -> first.set(api.get("/x")));
    asking.start();
    waiting.await();
    try (FakeServer back = new FakeServer(port)) {
      back.json(403, "{\"message\":\"not ready\"}").json(200, "{\"a\":1}");
      asking.join();
    }
    assertEquals(Map.of("a", 1), first.get());
    assertEquals(
        List.of(
            "the API server does not answer yet (connection refused); waiting",
            "the API server answers again"),
        told);
  }

  @Test
  void anInterruptEndsAWaitingRequest() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    server.then(
        (request, socket, out) -> {
          asked.countDown();
          return true;
        });
    AtomicReference<String> said = new AtomicReference<>();
    Thread asking =
        new Thread(
            () -> {
              String message = refusal(server.api()).getMessage();
              said.set(message + Thread.currentThread().isInterrupted());
            });
    asking.start();
    asked.await();
    asking.interrupt();
    asking.join();
    assertEquals(
        "interrupted while asking the API server " + server.address() + " (context lab)true",
        said.get());
  }

  @Test
  void anInterruptEndsAPause() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    server
        .then(
            (request, socket, out) -> {
              asked.countDown();
              out.write(
                  "HTTP/1.1 429 No\r\nRetry-After: 50\r\nContent-Length: 0\r\n\r\n".getBytes());
              return true;
            })
        .json(200, "{}");
    AtomicReference<ApiException> got = new AtomicReference<>();
    KubeApi api = server.api().withPatience(Duration.ofSeconds(50), line -> {});
    Thread asking = new Thread(() -> got.set(refusal(api)));
    asking.start();
    asked.await();
    asking.interrupt();
    asking.join();
    assertTrue(got.get().getMessage().startsWith("interrupted"));
  }

  // ---- refusals in one line

  @Test
  void keepsTheServersOwnWords() {
    server
        .json(
            403,
            "{\"reason\":\"Forbidden\",\"message\":\"pods is forbidden: User \\\"me\\\" cannot list"
                + " resource \\\"pods\\\"\"}")
        .json(403, "{\"message\":\"pods \\\"a\\\" is forbidden: exceeded quota\"}")
        .json(404, "{\"message\":\"the server could not find the requested resource\"}");
    try (KubeApi api = server.api()) {
      assertEquals(
          "pods is forbidden: User \"me\" cannot list resource \"pods\"; ask for a Role that allows"
              + " it, see docs/kubernetes.md",
          refusal(api).getMessage());
      ApiException quota = refusal(api);
      assertEquals("pods \"a\" is forbidden: exceeded quota", quota.getMessage());
      assertEquals(quota.getMessage(), quota.serverMessage());
      assertEquals(
          "the server could not find the requested resource: GET /api/v1/pods on "
              + server.address()
              + " (context lab)",
          refusal(api).getMessage());
    }
  }

  @Test
  void tellsARejectedLogin() {
    String expired = "e30." + base64("{\"exp\":1000000000}") + ".x";
    Login.Pass pass = Login.Pass.NONE.with("Authorization: Bearer " + expired, null);
    server.json(401, "{\"reason\":\"Unauthorized\",\"message\":\"Unauthorized\"}");
    String told = refusal(server.api(pass)).getMessage();
    assertEquals(
        "the API server "
            + server.address()
            + " (context lab) rejects the token of user 'me' in the kubeconfig, which expired at"
            + " 2001-09-09T01:46:40Z; get a fresh one",
        told);
    assertFalse(told.contains(expired));
    assertTrue(server.requests.get(0).contains("\r\nAuthorization: Bearer " + expired + "\r\n"));
  }

  private static String base64(String text) {
    return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void renewsALoginOnce() {
    Login.Pass old = Login.Pass.NONE.with("Authorization: Bearer old", null);
    Login.Pass fresh = Login.Pass.NONE.with("Authorization: Bearer fresh", null);
    Login login =
        new Login() {
          private Pass pass = old;

          @Override
          public Pass pass() {
            return pass;
          }

          @Override
          public boolean renew(Pass rejected) {
            assertEquals(old, rejected);
            pass = fresh;
            return true;
          }

          @Override
          public String describe() {
            return "it";
          }

          @Override
          public String remedy() {
            return "log in";
          }
        };
    server.json(401, "{}").json(200, "{\"a\":1}");
    try (KubeApi api = server.api(login)) {
      assertEquals(Map.of("a", 1), api.get("/x"));
    }
    assertTrue(server.requests.get(1).contains("Bearer fresh"));
  }

  @Test
  void tellsAPageFromAnAnswer() {
    String page = "<html>\n<title>Please sign in</title></html>";
    server
        .raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page)
        .raw("HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n\r\n404 page not found\n")
        .json(200, "{\"a\":nothing}");
    try (KubeApi api = server.api()) {
      String start = "the API server " + server.address() + " (context lab) answers ";
      assertEquals(
          start
              + "GET /api/v1/pods with a page instead of JSON: 'Please sign in'; is there a proxy"
              + " between?",
          refusal(api).getMessage());
      assertEquals(
          start
              + "404 to GET /api/v1/pods with a text instead of JSON: '404 page not found'; is this"
              + " the API server?",
          refusal(api).getMessage());
      assertTrue(refusal(api).getMessage().contains("instead of JSON"));
    }
  }

  @Test
  void tellsWhatIsNoServer() {
    server.raw("SSH-2.0-OpenSSH_9.2\r\n").raw("SSH-2.0-OpenSSH_9.2\r\n");
    for (int i = 0; i < 20; i++) {
      server.raw("SSH-2.0-OpenSSH_9.2\r\n");
    }
    assertTrue(refusal(server.api()).getMessage().endsWith(": the answer is no HTTP"));
  }

  @Test
  void tellsAServerWithoutEncryption() {
    server.raw("HTTP/1.1 400 Bad Request\r\n\r\n");
    String address = "https://127.0.0.1:" + server.port();
    Endpoint endpoint = new Endpoint(java.net.URI.create(address), ServerTrust.all(), null, null);
    KubeApi api =
        new KubeAccess(address, "lab", "default", endpoint, new FixedLogin(Login.Pass.NONE, "", ""))
            .open();
    server.then((request, socket, out) -> false);
    String told = refusal(api).getMessage();
    assertTrue(told.startsWith("cannot reach the API server") || told.contains("TLS"), told);
  }

  // ---- answers that go on

  @Test
  void tellsHonestlyWhatCanBeReadFromAStream() throws Exception {
    CountDownLatch more = new CountDownLatch(1);
    server.then(
        (request, socket, out) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n".getBytes(UTF_8));
          try {
            more.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          out.write("3\r\ntwo\r\n0\r\n\r\n".getBytes(UTF_8));
          return true;
        });
    try (KubeApi api = server.api();
        KubeApi.Stream stream = api.stream("/log")) {
      assertEquals("one", new String(stream.body().readNBytes(3), UTF_8));
      assertEquals(0, stream.body().available());
      assertFalse(stream.ready());
      more.countDown();
      assertEquals("two", new String(stream.body().readAllBytes(), UTF_8));
      assertTrue(stream.ready());
    }
  }

  @Test
  void aStreamThatBreaksIsNotAskedAgain() throws Exception {
    server.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
    try (KubeApi api = server.api();
        KubeApi.Stream stream = api.stream("/log")) {
      assertEquals("one", new String(stream.body().readNBytes(3), UTF_8));
      IOException broken = assertThrows(IOException.class, () -> stream.body().read());
      assertNotNull(assertThrowsCause(broken));
    }
    assertEquals(1, server.requests.size());
  }

  private static ApiException assertThrowsCause(IOException broken) {
    return (ApiException) broken.getCause();
  }

  @Test
  void aStreamCarriesMoreThanItsBuffer() throws Exception {
    byte[] all = new byte[3_000_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i * 31 + i / 1000);
    }
    server.then(
        (request, socket, out) -> {
          out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + all.length + "\r\n\r\n").getBytes());
          out.write(all);
          return true;
        });
    try (KubeApi api = server.api();
        KubeApi.Stream stream = api.stream("/log")) {
      org.junit.jupiter.api.Assertions.assertArrayEquals(all, stream.body().readAllBytes());
    }
  }

  // ---- a port that nobody answers

  @Test
  void aConnectionIsTriedAlsoWhereItsTimeIsOver() {
    server.json(200, "{\"a\":1}");
    Duration enough = Duration.ofSeconds(30);
    Limits limits = new Limits(Duration.ZERO, enough, enough, enough, enough);
    try (KubeApi api =
        server.access(new FixedLogin(Login.Pass.NONE, "", "")).open(limits, line -> {})) {
      assertEquals(Map.of("a", 1), api.get("/x"));
    }
  }

  @Test
  void aHandshakeHasMoreTimeThanAConnectionAndIsToldOf() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    // The kernel takes the connection; nobody ever reads from it.
    try (ServerSocket busy = new ServerSocket(0, 5, java.net.InetAddress.getByName("127.0.0.1"))) {
      String address = "https://127.0.0.1:" + busy.getLocalPort();
      Endpoint endpoint = new Endpoint(java.net.URI.create(address), ServerTrust.all(), null, null);
      Limits limits =
          new Limits(
              Duration.ofSeconds(2),
              Duration.ofSeconds(4),
              Duration.ofMillis(100),
              Duration.ofSeconds(20),
              Duration.ofSeconds(2));
      KubeApi api =
          new KubeAccess(
                  address, "lab", "default", endpoint, new FixedLogin(Login.Pass.NONE, "", ""))
              .open(limits, told::add);
      assertEquals(
          "cannot reach the API server "
              + address
              + " (context lab): no TLS handshake within 4 s;"
              + " is the cluster up, and is this the context you mean?",
          refusal(api).getMessage());
      assertEquals(List.of("waiting for the API server " + address + " (context lab)"), told);
    }
  }

  @Test
  void aConnectionThatIsNeverMadeIsToldInTime() throws Exception {
    // A full backlog: the kernel lets further connections wait.
    try (ServerSocket full = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
      List<java.net.Socket> held = new CopyOnWriteArrayList<>();
      for (int i = 0; i < 3; i++) {
        java.net.Socket socket = new java.net.Socket();
        held.add(socket);
        try {
          socket.connect(full.getLocalSocketAddress(), 200);
        } catch (IOException e) {
          break; // It is full.
        }
      }
      String address = "http://127.0.0.1:" + full.getLocalPort();
      Endpoint endpoint = new Endpoint(java.net.URI.create(address), ServerTrust.all(), null, null);
      Login login = new FixedLogin(Login.Pass.NONE, "", "");
      Limits limits =
          new Limits(
              Duration.ofMillis(300),
              Duration.ofSeconds(3),
              Duration.ofSeconds(3),
              Duration.ofSeconds(20),
              Duration.ofSeconds(2));
      KubeApi api =
          new KubeAccess(address, "lab", "default", endpoint, login).open(limits, line -> {});
      assertTrue(refusal(api).getMessage().contains("no answer within 3 s"));
      for (java.net.Socket socket : held) {
        socket.close();
      }
    }
  }
}
