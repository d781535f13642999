package dev.symphony.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WorkerTest {
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private int run(Worker.Job job, String... args) {
    return Worker.run(environment, args, new PrintStream(log, true, UTF_8), job);
  }

  private long firstRandom(String role, String replica, String... args) {
    long[] first = new long[1];
    environment.put("SYMPH_REPLICA_INDEX", replica);
    assertEquals(0, run(worker -> first[0] = worker.random(role).nextLong(), args));
    return first[0];
  }

  @Test
  void oneSeedMakesEveryWorkerReproducibleAndDifferent() {
    long agent = firstRandom("agent", "0", "--seed", "7");
    assertEquals(agent, firstRandom("agent", "0", "--seed", "7"));
    assertNotEquals(agent, firstRandom("agent", "1", "--seed", "7"));
    assertNotEquals(agent, firstRandom("learner", "0", "--seed", "7"));
    assertNotEquals(agent, firstRandom("agent", "0", "--seed", "8"));
  }

  @Test
  void namesTheMissingVariable() {
    assertEquals(1, run(worker -> worker.connect("parameter-server").close()));
    assertTrue(log.toString(UTF_8).contains("SYMPH_PARAMETER_SERVER_HOST is not set"));
  }

  @Test
  void namesAnOptionThatIsNoNumber() {
    assertEquals(1, run(worker -> worker.option("agents", 2), "--agents", "two"));
    assertEquals("failed: --agents takes a whole number, not 'two'\n", log.toString(UTF_8));
  }

  @Test
  void waitsForAPeerThatStartsLater() throws Exception {
    int port = freePort();
    environment.put("SYMPH_PEER_HOST", "127.0.0.1");
    environment.put("SYMPH_PEER_PORT", Integer.toString(port));
    CompletableFuture<Boolean> trying = new CompletableFuture<>();
    CompletableFuture<Integer> exit =
        CompletableFuture.supplyAsync(
            () ->
                run(
                    worker -> {
                      trying.complete(true);
                      try (Connection peer = worker.connect("peer")) {
                        worker.log(peer.ask(Message.of("hello", "me")).line());
                      }
                    }));
    trying.join();
    try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
        Connection guest = new Connection(server.accept(), "guest")) {
      guest.receive();
      guest.send(Message.of("welcome"));
      assertEquals(0, exit.join());
    }
    assertEquals("welcome\n", log.toString(UTF_8));
  }

  @Test
  void aPeerThatVanishesIsAFailureOfOneLine() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      environment.put("SYMPH_PEER_HOST", "127.0.0.1");
      environment.put("SYMPH_PEER_PORT", Integer.toString(server.getLocalPort()));
      CompletableFuture.runAsync(() -> closeFirstGuest(server));
      assertEquals(1, run(worker -> worker.connect("peer").receive()));
    }
    assertEquals("failed: peer went away before the work was done\n", log.toString(UTF_8));
  }

  private static void closeFirstGuest(ServerSocket server) {
    try {
      server.accept().close();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static int freePort() throws java.io.IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
