package dev.symphony.kube.internal.api;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * One open connection. Interrupting a thread that reads or writes closes it; so does {@link #close}
 * by any thread, at once.
 */
final class Wire implements AutoCloseable {
  private final SocketChannel channel;
  private final Socket socket;
  private final WireInput in;
  private final OutputStream out;
  private long idleSince;

  Wire(SocketChannel channel, @Nullable SSLSocket secure) throws IOException {
    this.channel = channel;
    this.socket = secure == null ? channel.socket() : secure;
    this.in = new WireInput(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  WireInput in() {
    return in;
  }

  /** Writes all of it. */
  void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    out.flush();
  }

  /** How long a read may wait for a byte; zero for as long as it takes. */
  void readWithin(Duration limit) throws SocketException {
    socket.setSoTimeout((int) limit.toMillis());
  }

  /** Notices within about a minute that the other side has vanished, also while nobody asks. */
  void watch() throws IOException {
    if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 30);
      channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 10);
      channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 3);
    }
  }

  void rest() {
    idleSince = System.nanoTime();
  }

  /** For how long nobody has used it. */
  Duration idle() {
    return Duration.ofNanos(System.nanoTime() - idleSince);
  }

  /** Without a farewell, for which an encrypted socket waits until others have read. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      return; // It is as closed as it can be.
    }
  }
}
