package dev.symphony.kube.internal.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WebSocketTest {
  private final FakeServer server;

  WebSocketTest() throws IOException {
    server = new FakeServer();
  }

  @AfterEach
  void end() throws IOException {
    server.close();
  }

  private static void accept(String request, OutputStream out) throws IOException {
    String key = request.substring(request.indexOf("Sec-WebSocket-Key: ") + 19);
    key = key.substring(0, key.indexOf('\r'));
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-1")
              .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(UTF_8));
      String answer =
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Protocol: v5.channel.k8s.io\r\nSec-WebSocket-Accept: "
              + Base64.getEncoder().encodeToString(sum)
              + "\r\n\r\n";
      out.write(answer.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void frame(OutputStream out, int first, String payload) throws IOException {
    byte[] bytes = payload.getBytes(UTF_8);
    out.write(first);
    if (bytes.length < 126) {
      out.write(bytes.length);
    } else {
      out.write(new byte[] {126, (byte) (bytes.length >> 8), (byte) bytes.length});
    }
    out.write(bytes);
  }

  /** The kind and the payload of a frame that a client sends. */
  private static String clientFrame(InputStream in) throws IOException {
    int first = in.read();
    int length = in.read();
    assertTrue((length & 0x80) != 0, "a client masks");
    length &= 0x7f;
    if (length == 126) {
      length = in.read() << 8 | in.read();
    }
    byte[] mask = in.readNBytes(4);
    byte[] bytes = in.readNBytes(length);
    for (int i = 0; i < length; i++) {
      bytes[i] ^= mask[i & 3];
    }
    return (first & 0xf) + ":" + new String(bytes, UTF_8);
  }

  private KubeApi.Socket connect() {
    return server.api().connect("/exec", List.of("v5.channel.k8s.io", "v4.channel.k8s.io"));
  }

  @Test
  void joinsPartsAnswersPingsAndCloses() throws Exception {
    CompletableFuture<List<String>> sent = new CompletableFuture<>();
    String large = "\1" + "z".repeat(40_000);
    server.then(
        (request, socket, out) -> {
          accept(request, out);
          frame(out, 0x02, "\1one ");
          frame(out, 0x89, "are you there");
          frame(out, 0x80, "two");
          frame(out, 0x82, large);
          frame(out, 0x88, "\3\u0068");
          InputStream in = socket.getInputStream();
          sent.complete(List.of(clientFrame(in), clientFrame(in), clientFrame(in)));
          return false;
        });
    try (KubeApi.Socket socket = connect()) {
      assertEquals("v5.channel.k8s.io", socket.protocol());
      socket.send(0, "input".getBytes(UTF_8), 0, 5);
      assertArrayEquals("\1one two".getBytes(UTF_8), socket.receive());
      assertArrayEquals(large.getBytes(UTF_8), socket.receive());
      IOException told = assertThrows(IOException.class, socket::receive);
      assertEquals("the API server ended the connection: code 872", told.getMessage());
    }
    assertEquals(List.of("2:\0input", "10:are you there", "8:\3\u0068"), sent.get());
  }

  @Test
  void endsWhereTheServerIsDone() throws Exception {
    server.then(
        (request, socket, out) -> {
          accept(request, out);
          frame(out, 0x88, "");
          return false;
        });
    try (KubeApi.Socket socket = connect()) {
      assertNull(socket.receive());
    }
  }

  @Test
  void closingEndsAWaitingReader() throws Exception {
    server.then(
        (request, socket, out) -> {
          accept(request, out);
          return true;
        });
    KubeApi.Socket socket = connect();
    Thread closer = new Thread(socket::close);
    closer.start();
    assertThrows(
        IOException.class,
        () -> {
          if (socket.receive() == null) {
            throw new IOException("closed");
          }
        });
    closer.join();
  }

  @Test
  void aRefusalIsTheServersOwn() {
    server.json(400, "{\"message\":\"container gone is not valid\"}").json(200, "{}");
    ApiException told = assertThrows(ApiException.class, this::connect);
    assertEquals("container gone is not valid", told.getMessage());
    String changed = assertThrows(ApiException.class, this::connect).getMessage();
    assertTrue(changed.endsWith("the server does not change to a WebSocket"), changed);
  }
}
