package dev.symphony.kube.internal.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on the loopback that answers each request with the next of prepared answers. */
final class FakeServer implements AutoCloseable {
  /** Answers one request. */
  interface Reply {
    /**
     * Writes the answer.
     *
     * @return whether the connection goes on
     */
    boolean to(String request, Socket socket, OutputStream out) throws IOException;
  }

  final List<String> requests = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ServerSocket listener;
  private final Thread acceptor;

  FakeServer() throws IOException {
    this(0);
  }

  FakeServer(int port) throws IOException {
    this(new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1")));
  }

  FakeServer(ServerSocket listener) {
    this.listener = listener;
    acceptor = daemon(this::accept);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "fake-server");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  int port() {
    return listener.getLocalPort();
  }

  String address() {
    return "http://127.0.0.1:" + port();
  }

  KubeApi api() {
    return api(Login.Pass.NONE);
  }

  KubeApi api(Login.Pass pass) {
    return api(new FixedLogin(pass, "the token of user 'me' in the kubeconfig", "get a fresh one"));
  }

  KubeApi api(Login login) {
    return access(login).open(limits(Duration.ofSeconds(3), Duration.ofSeconds(20)), line -> {});
  }

  static Limits limits(Duration word, Duration answer) {
    return new Limits(
        Duration.ofSeconds(2), Duration.ofSeconds(3), word, answer, Duration.ofSeconds(2));
  }

  KubeAccess access(Login login) {
    Endpoint endpoint = new Endpoint(URI.create(address()), ServerTrust.all(), null, null);
    return new KubeAccess(address(), "lab", "default", endpoint, login);
  }

  FakeServer then(Reply reply) {
    replies.add(reply);
    return this;
  }

  /** Answers with JSON of a known length. */
  FakeServer json(int status, String body, String... headers) {
    return then(
        (request, socket, out) -> {
          StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
          for (String header : headers) {
            head.append(header).append("\r\n");
          }
          head.append("Content-Type: application/json\r\nContent-Length: ");
          head.append(body.getBytes(StandardCharsets.UTF_8).length).append("\r\n\r\n").append(body);
          out.write(head.toString().getBytes(StandardCharsets.UTF_8));
          return true;
        });
  }

  /** Answers with these bytes, then hangs up. */
  FakeServer raw(String answer) {
    return then(
        (request, socket, out) -> {
          out.write(answer.getBytes(StandardCharsets.UTF_8));
          return false;
        });
  }

  /** Hangs up without an answer. */
  FakeServer hangUp() {
    return then((request, socket, out) -> false);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        sockets.add(socket);
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      return; // The test has ended.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      boolean goesOn = true;
      while (goesOn) {
        String request = request(socket.getInputStream());
        if (request == null) {
          return;
        }
        requests.add(request);
        goesOn = replies.take().to(request, socket, socket.getOutputStream());
      }
    } catch (IOException e) {
      return; // The client has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String request(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.write(next);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    int at = text.indexOf("Content-Length: ");
    int length =
        at < 0 ? 0 : Integer.parseInt(text.substring(at + 16, text.indexOf("\r\n", at)).strip());
    return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    try {
      acceptor.join(); // The system keeps the port while a thread waits on it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
