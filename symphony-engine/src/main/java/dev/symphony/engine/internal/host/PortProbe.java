package dev.symphony.engine.internal.host;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.BitSet;

/**
 * Asks the kernel which ports are free, without listening and without connecting.
 *
 * <p>Without an address Java binds {@code ::} for both families at once, which meets listeners on
 * single addresses, too. A JVM that was told to leave IPv6 alone binds {@code 0.0.0.0} and would
 * not meet those on {@code ::1}: it looks at the kernel's table as well, which costs some
 * milliseconds.
 */
final class PortProbe {
  private final BitSet listening;

  PortProbe() {
    this.listening =
        Boolean.getBoolean("java.net.preferIPv4Stack")
            ? ListeningPorts.read().orElse(new BitSet())
            : new BitSet();
  }

  /**
   * Whether a server could bind the port on every address.
   *
   * @param reuse whether a port that waits for its last connection to be forgotten (TIME_WAIT) is
   *     free; most servers take it
   */
  boolean free(int port, boolean reuse) {
    return !listening.get(port) && binds(port, reuse);
  }

  private static boolean binds(int port, boolean reuse) {
    try (Socket socket = new Socket()) {
      socket.setReuseAddress(reuse);
      socket.bind(new InetSocketAddress(port));
      return true;
    } catch (BindException e) {
      // A port below 1024 that this user may not bind: what is launched may be allowed to.
      String message = e.getMessage();
      return message != null && message.contains("denied");
    } catch (IOException e) {
      return false;
    }
  }
}
