package dev.symphony.engine.internal.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class ListeningPortsTest {
  @Test
  void findsListenersOfBothFamiliesAndNoConnections() throws IOException {
    Needs.linux();
    try (ServerSocket four = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        Socket client = new Socket(four.getInetAddress(), four.getLocalPort());
        ServerSocket any = new ServerSocket(0)) {
      BitSet ports = ListeningPorts.read().orElseThrow();
      assertTrue(ports.get(four.getLocalPort()));
      assertTrue(ports.get(any.getLocalPort()));
      assertFalse(ports.get(client.getLocalPort()));
      four.close();
      assertFalse(ListeningPorts.read().orElseThrow().get(four.getLocalPort()));
    }
  }

  @Test
  void readsTheKernelsColumns() throws IOException {
    String table =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt\n"
            + "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000\n"
            + "   1: 00000000000000000000000000000000:0016 0000:0000 0A 0000:0000 00:0 0\n"
            + "   2: 0100007F:0A0A 0100007F:1F90 01 00000000:00000000 00:00000000 00000000\n"
            + "1000: 0100007F:FFFF 00000000:0000 0A 00000000:00000000 00:00000000 00000000\n";
    BitSet ports = new BitSet();
    ListeningPorts.addListening(
        new ByteArrayInputStream(table.getBytes(StandardCharsets.US_ASCII)), ports);
    assertEquals("{22, 8080, 65535}", ports.toString());
  }
}
