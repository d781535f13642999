package dev.symphony.kube.internal.api;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The client's side of a WebSocket (RFC 6455) whose messages begin with a channel's number. */
final class WebSocket implements KubeApi.Socket {
  private static final int CONTINUATION = 0;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private static final int LONGEST_FRAME = 32 * 1024;
  private static final int LONGEST_MESSAGE = 64 * 1024 * 1024;

  /** Silence is broken by a question after this, so that nothing between gives the socket up. */
  private static final Duration QUIET = Duration.ofSeconds(25);

  private final Wire wire;
  private final Connections connections;
  private final String protocol;
  private final Lock sending = new ReentrantLock();
  private volatile boolean closed;

  private WebSocket(Wire wire, Connections connections, String protocol) throws IOException {
    this.wire = wire;
    this.connections = connections;
    this.protocol = protocol;
    wire.readWithin(QUIET);
    wire.watch();
  }

  /** A key for the request that opens a socket. */
  static String key() {
    byte[] key = new byte[16];
    ThreadLocalRandom.current().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  /** Takes over a connection on which the server has agreed to speak so. */
  static WebSocket of(Wire wire, Answer answer, Connections connections, String key)
      throws IOException {
    if (answer.status() != 101) {
      throw new IOException("the server does not change to a WebSocket");
    }
    if (!accepting(key).equals(answer.headers().get("sec-websocket-accept"))) {
      throw new IOException("the server's WebSocket answer is for another key");
    }
    String protocol = answer.headers().get("sec-websocket-protocol");
    return new WebSocket(wire, connections, protocol == null ? "" : protocol);
  }

  private static String accepting(String key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-1");
      String text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
      return Base64.getEncoder()
          .encodeToString(sha.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-1", e);
    }
  }

  @Override
  public String protocol() {
    return protocol;
  }

  @Override
  public void send(int channel, byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    do {
      int part = Math.min(length - done, LONGEST_FRAME);
      byte[] message = new byte[part + 1];
      message[0] = (byte) channel;
      System.arraycopy(bytes, offset + done, message, 1, part);
      send(frame(BINARY, message));
      done += part;
    } while (done < length);
  }

  private void send(byte[] frame) throws IOException {
    sending.lock();
    try {
      wire.write(frame, 0, frame.length);
    } finally {
      sending.unlock();
    }
  }

  /** What is said beside the content must not wait for content that the server does not take. */
  private void sendAside(int kind, byte[] payload) throws IOException {
    if (sending.tryLock()) {
      try {
        byte[] frame = frame(kind, payload);
        wire.write(frame, 0, frame.length);
      } finally {
        sending.unlock();
      }
    }
  }

  private static byte[] frame(int kind, byte[] payload) {
    int length = payload.length;
    int head = length < 126 ? 2 : length < 0x10000 ? 4 : 10;
    byte[] frame = new byte[head + 4 + length];
    frame[0] = (byte) (0x80 | kind);
    if (head == 2) {
      frame[1] = (byte) (0x80 | length);
    } else {
      frame[1] = (byte) (0x80 | (head == 4 ? 126 : 127));
      for (int i = 2; i < head; i++) {
        frame[i] = (byte) ((long) length >> 8 * (head - 1 - i));
      }
    }
    int mask = ThreadLocalRandom.current().nextInt();
    for (int i = 0; i < 4; i++) {
      frame[head + i] = (byte) (mask >> 24 - 8 * i);
    }
    for (int i = 0; i < length; i++) {
      frame[head + 4 + i] = (byte) (payload[i] ^ frame[head + (i & 3)]);
    }
    return frame;
  }

  @Override
  public byte @Nullable [] receive() throws IOException {
    byte[] message = new byte[0];
    while (true) {
      int first = firstByte();
      if (first < 0) {
        return ended();
      }
      byte[] payload = payload();
      switch (first & 0x0f) {
        case PING -> sendAside(PONG, payload);
        case PONG -> {
          // It is there.
        }
        case CLOSE -> {
          return answerClose(payload);
        }
        case CONTINUATION -> message = joined(message, payload);
        default -> message = payload;
      }
      boolean isContent = (first & 0x08) == 0;
      if (isContent && (first & 0x80) != 0 && message.length > 0) {
        return message;
      }
    }
  }

  /** The beginning of a frame; -1 at the connection's end. */
  private int firstByte() throws IOException {
    while (true) {
      try {
        return wire.in().read();
      } catch (SocketTimeoutException e) {
        sendAside(PING, new byte[0]);
      }
    }
  }

  private byte[] payload() throws IOException {
    byte[] head = new byte[8];
    wire.readWithin(Duration.ZERO);
    wire.in().readFully(head, 0, 1);
    if ((head[0] & 0x80) != 0) {
      throw new IOException("the server's frames are masked, which none may be");
    }
    long length = head[0] & 0x7f;
    int more = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (more > 0) {
      wire.in().readFully(head, 0, more);
      length = 0;
      for (int i = 0; i < more; i++) {
        length = length << 8 | head[i] & 0xff;
      }
    }
    if (length < 0 || length > LONGEST_MESSAGE) {
      throw new IOException("the server's message is too long");
    }
    byte[] payload = new byte[(int) length];
    wire.in().readFully(payload, 0, payload.length);
    wire.readWithin(QUIET);
    return payload;
  }

  private static byte[] joined(byte[] before, byte[] after) throws IOException {
    if (before.length + after.length > LONGEST_MESSAGE) {
      throw new IOException("the server's message is too long");
    }
    byte[] all = Arrays.copyOf(before, before.length + after.length);
    System.arraycopy(after, 0, all, before.length, after.length);
    return all;
  }

  /** A close that names another reason than being done is a failure. */
  private byte @Nullable [] answerClose(byte[] payload) throws IOException {
    int code = payload.length < 2 ? 1000 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
    try {
      sendAside(CLOSE, payload);
    } catch (IOException e) {
      // The server need not have waited for it.
    }
    if (code != 1000 && code != 1001 && code != 1005) {
      String text =
          payload.length > 2
              ? new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8)
              : "code " + code;
      throw new IOException("the API server ended the connection: " + text.strip());
    }
    return null;
  }

  private byte @Nullable [] ended() throws IOException {
    if (closed) {
      return null;
    }
    throw new EOFException("the connection to the API server broke");
  }

  @Override
  public void close() {
    closed = true;
    connections.end(wire);
  }
}
