package dev.symphony.kube.internal.remote;

import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.Json;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** One command in a container, over a socket with a channel for each of its streams. */
final class Exec implements AutoCloseable {
  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int STATUS = 3;
  private static final int SIZE = 4;
  private static final int END = 255;

  private static final String CAN_END = "v5.channel.k8s.io";
  private static final List<String> PROTOCOLS = List.of(CAN_END, "v4.channel.k8s.io");

  /** The streams of a command. */
  enum Streams {
    /** Output and errors. */
    OUT("&stdout=true&stderr=true"),
    /** Input, output and errors. */
    IN_OUT("&stdin=true&stdout=true&stderr=true"),
    /** A terminal. */
    TERMINAL("&stdin=true&stdout=true&tty=true");

    private final String query;

    Streams(String query) {
      this.query = query;
    }
  }

  private final Target target;
  private final List<String> command;
  private final boolean terminal;
  private final KubeApi.Socket socket;
  private final Object input = new Object();
  private boolean inputEnded;
  private volatile boolean over;

  /** Starts a command. */
  Exec(KubeApi api, Target target, List<String> command, Streams streams) {
    this.target = target;
    this.command = command;
    this.terminal = streams == Streams.TERMINAL;
    StringBuilder path =
        new StringBuilder(target.path())
            .append("/exec?container=")
            .append(KubeApi.encode(target.container()))
            .append(streams.query);
    for (String word : command) {
      path.append("&command=").append(KubeApi.encode(word));
    }
    this.socket = api.connect(path.toString(), PROTOCOLS);
  }

  /** Sends what a stream has, and then that there is no more, from a thread of its own. */
  void feed(InputStream in) {
    Thread thread =
        new Thread(
            () -> {
              try {
                send(in);
              } catch (IOException e) {
                return; // The command has ended, or its connection has: the other thread knows.
              }
            },
            "symphony-exec-input");
    thread.setDaemon(true);
    thread.start();
  }

  private void send(InputStream in) throws IOException {
    byte[] buffer = new byte[16 * 1024];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      send(buffer, count);
    }
    endInput();
  }

  /** Sends input; drops it once the input is ended. */
  void send(byte[] bytes, int count) throws IOException {
    synchronized (input) {
      if (!inputEnded) {
        socket.send(STDIN, bytes, 0, count);
      }
    }
  }

  /**
   * Ends the input; servers before 1.30 cannot be told. A terminal's has no end: a server that is
   * told of one loses what the command prints from then on.
   */
  void endInput() throws IOException {
    synchronized (input) {
      if (!inputEnded && !terminal && socket.protocol().equals(CAN_END)) {
        socket.send(END, new byte[] {STDIN}, 0, 1);
      }
      inputEnded = true;
    }
  }

  /** Tells the terminal's size. */
  void resize(int width, int height) throws IOException {
    byte[] size = Json.bytes(Tree.of("Width", width, "Height", height));
    socket.send(SIZE, size, 0, size.length);
  }

  /**
   * Hands on what the command prints until it has ended.
   *
   * @return its exit code
   * @throws SymphonyException where it could not be run, or the connection broke
   * @throws IOException where the caller's streams refuse
   */
  int await(OutputStream out, OutputStream err) throws IOException {
    byte[] status = new byte[0];
    for (byte[] message = receive(status); message != null; message = receive(status)) {
      switch (message[0]) {
        case STDOUT -> write(message, out);
        case STDERR -> write(message, err);
        case STATUS -> {
          if (message.length > 1) {
            status = message;
          }
        }
        default -> {
          // A channel that none of the protocols has.
        }
      }
    }
    if (status.length == 0) {
      throw broken("the server ended it without a result", null);
    }
    over = true;
    return code(new String(status, 1, status.length - 1, StandardCharsets.UTF_8));
  }

  /** Whether the command has ended, or was never begun, as far as {@link #await} has heard. */
  boolean isOver() {
    return over;
  }

  private static void write(byte[] message, OutputStream to) throws IOException {
    if (message.length > 1) {
      to.write(message, 1, message.length - 1);
      to.flush();
    }
  }

  /** Output may follow the result; how the connection ends after it does not matter. */
  private byte @Nullable [] receive(byte[] status) {
    try {
      return socket.receive();
    } catch (IOException e) {
      if (status.length > 0) {
        return null;
      }
      throw broken(String.valueOf(e.getMessage()), e);
    }
  }

  private SymphonyException broken(String why, @Nullable IOException e) {
    return new SymphonyException(
        "lost the connection to " + command.get(0) + " in process " + target.process() + ": " + why,
        e);
  }

  private int code(String text) {
    Map<String, Object> status;
    try {
      status = Json.object(text.getBytes(StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      throw broken(text.strip(), null);
    }
    if ("Success".equals(Tree.text(status, "status"))) {
      return 0;
    }
    for (Object cause : Tree.list(status, "details", "causes")) {
      String code = Tree.text(cause, "message");
      if ("ExitCode".equals(Tree.text(cause, "reason")) && code != null) {
        return Integer.parseInt(code);
      }
    }
    throw new NotStartedException(target, command, String.valueOf(Tree.text(status, "message")));
  }

  @Override
  public void close() {
    socket.close();
  }
}
