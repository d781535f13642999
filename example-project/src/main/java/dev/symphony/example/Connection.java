package dev.symphony.example;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One end of a TCP connection that carries {@link Message}s, a line each. */
public final class Connection implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader in;
  private final BufferedWriter out;
  private String peer;

  /**
   * Wraps a connected socket.
   *
   * @param peer who is at the other end, for error messages
   */
  public Connection(Socket socket, String peer) throws IOException {
    this.socket = socket;
    this.peer = peer;
    // Small messages that wait for their answers: without this each waits 40 ms for company.
    socket.setTcpNoDelay(true);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    out =
        new BufferedWriter(
            new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8));
  }

  /** Who is at the other end. */
  String peer() {
    return peer;
  }

  /** Says who is at the other end, once it is known. */
  void introduce(String name) {
    peer = name;
  }

  /** Sends one message. */
  public void send(Message message) {
    try {
      out.write(message.line());
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      throw vanished();
    }
  }

  /** Waits for the next message; a peer that closes the connection instead is a failure. */
  public Message receive() {
    String line;
    try {
      line = in.readLine();
    } catch (IOException e) {
      throw vanished();
    }
    if (line == null) {
      throw vanished();
    }
    return Message.parse(line);
  }

  /** Sends a message and waits for the answer. */
  public Message ask(Message message) {
    send(message);
    return receive();
  }

  private PeerLost vanished() {
    return new PeerLost(peer);
  }

  /** Closes the connection; harmless when repeated. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // There is nothing left to lose.
    }
  }
}
