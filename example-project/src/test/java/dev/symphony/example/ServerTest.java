package dev.symphony.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerTest {
  private ServerSocket socket;

  @BeforeEach
  void listen() throws IOException {
    socket = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
  }

  private Connection guest(String name) throws IOException {
    Connection guest =
        new Connection(new Socket(socket.getInetAddress(), socket.getLocalPort()), "server");
    assertEquals("ok", guest.ask(Message.of("hello", name)).verb());
    return guest;
  }

  @Test
  void endsWhenAllGuestsHaveLeftInPeace() throws Exception {
    Server server =
        Server.start(socket, 2, m -> Message.of(m.verb().equals("last") ? "done" : "more"));
    try (Connection one = guest("one");
        Connection two = guest("two")) {
      assertEquals("more", one.ask(Message.of("first")).verb());
      assertEquals("done", one.ask(Message.of("last")).verb());
      assertEquals("done", two.ask(Message.of("done")).verb());
    }
    server.awaitFarewell();
    server.check();
  }

  @Test
  void saysWhoWentAwayWithoutAWord() throws Exception {
    Server server = Server.start(socket, 1, m -> m);
    guest("agent-3").close();
    WorkerFailure failure = assertThrows(WorkerFailure.class, server::awaitFarewell);
    assertTrue(failure.getMessage().startsWith("agent-3 went away"), failure.getMessage());
  }

  @Test
  void takesNoNoticeOfWhoeverSaysNothing() throws Exception {
    Server server = Server.start(socket, 1, m -> m);
    new Socket(socket.getInetAddress(), socket.getLocalPort()).close();
    try (Connection guest = guest("one")) {
      guest.ask(Message.of("done"));
    }
    server.awaitFarewell();
  }

  @Test
  void aQuestionItCannotAnswerIsAFailure() throws Exception {
    Server server =
        Server.start(
            socket,
            1,
            m -> {
              throw new WorkerFailure("asked " + m.line());
            });
    try (Connection guest = guest("one")) {
      assertThrows(WorkerFailure.class, () -> guest.ask(Message.of("what")));
    }
    assertEquals(
        "asked what", assertThrows(WorkerFailure.class, server::awaitFarewell).getMessage());
  }
}
