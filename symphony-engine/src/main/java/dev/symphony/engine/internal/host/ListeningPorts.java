package dev.symphony.engine.internal.host;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.Optional;

/**
 * The TCP ports that somebody on this machine listens on, read from the kernel's table.
 *
 * <p>Nobody is ever connected to: a server may count its guests.
 */
public final class ListeningPorts {
  private static final String[] TABLES = {"/proc/net/tcp", "/proc/net/tcp6"};

  private ListeningPorts() {}

  /**
   * The ports in state LISTEN, on any address of IPv4 and IPv6 in this network namespace; empty
   * where the kernel's table cannot be read, so that nobody can tell.
   */
  public static Optional<BitSet> read() {
    BitSet ports = new BitSet(65536);
    boolean any = false;
    for (String table : TABLES) {
      try (FileInputStream in = new FileInputStream(table)) {
        addListening(in, ports);
        any = true;
      } catch (IOException unreadable) {
        // A kernel without IPv6 has only the first table.
      }
    }
    return any ? Optional.of(ports) : Optional.empty();
  }

  /**
   * Adds the listening ports of one table: {@code sl local_address rem_address st …}, addresses as
   * {@code 0100007F:1F90}, LISTEN as {@code 0A}.
   */
  static void addListening(InputStream in, BitSet ports) throws IOException {
    byte[] buffer = new byte[65536];
    int column = 0;
    boolean inField = false;
    int port = 0;
    int state = 0;
    int count;
    while ((count = in.read(buffer)) > 0) {
      for (int i = 0; i < count; i++) {
        byte c = buffer[i];
        if (c == '\n') {
          if (column >= 4 && state == 0x0A) {
            ports.set(port);
          }
          column = 0;
          inField = false;
        } else if (c == ' ') {
          inField = false;
        } else {
          if (!inField) {
            inField = true;
            column++;
            if (column == 2) {
              port = 0;
            } else if (column == 4) {
              state = 0;
            }
          }
          if (column == 2) {
            port = c == ':' ? 0 : (port << 4 | hex(c)) & 0xFFFF;
          } else if (column == 4) {
            state = (state << 4 | hex(c)) & 0xFFFF;
          }
        }
      }
    }
  }

  private static int hex(byte c) {
    return c <= '9' ? c & 0xF : (c & 0xF) + 9;
  }
}
