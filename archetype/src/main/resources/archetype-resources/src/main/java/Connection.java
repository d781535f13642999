package ${package};

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One end of the connection between the server and a worker; it carries lines of text.
 *
 * <p>A worker first sends its name. Then the server sends {@code FROM TO}, and the worker answers
 * with the number of primes from FROM up to but not including TO, until the server sends {@code
 * done}.
 */
final class Connection implements AutoCloseable {
  /** The service that the server binds and the workers connect to. */
  static final String SERVICE = "work";

  /** The server's last word. */
  static final String DONE = "done";

  /** How long to wait for a process that has yet to start: on a cluster that may take minutes. */
  static final int PATIENCE_MILLIS = 300_000;

  private final Socket socket;
  private final BufferedReader in;
  private final PrintWriter out;

  Connection(Socket socket) throws IOException {
    this.socket = socket;
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /**
   * Where the service is, which Symphony tells each process in its environment: to the server an
   * address to bind, to the workers one to connect to.
   */
  static InetSocketAddress address() throws IOException {
    String host = System.getenv("SYMPH_WORK_HOST");
    String port = System.getenv("SYMPH_WORK_PORT");
    if (host == null || port == null) {
      throw new IOException("SYMPH_WORK_HOST and SYMPH_WORK_PORT are not set: launch with create");
    }
    return new InetSocketAddress(host, Integer.parseInt(port));
  }

  /** Sends a line; where the other side has gone, the next {@link #receive} fails. */
  void send(String line) {
    out.println(line);
  }

  /** Waits for a line; fails where the other side ends without one. */
  String receive() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new EOFException("the other side has gone");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
