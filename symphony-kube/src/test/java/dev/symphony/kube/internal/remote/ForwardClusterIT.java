package dev.symphony.kube.internal.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.Forward;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.KubeTest;
import dev.symphony.kube.RealCluster;
import dev.symphony.kube.internal.api.Tree;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealCluster.class)
@Timeout(180)
final class ForwardClusterIT {
  private static final String SERVER =
      "mkdir /www; echo %s > /www/index.html; until [ -e /go ]; do sleep 0.1; done;"
          + " exec httpd -f -p 7000 -h /www";

  /** The last line of the page; empty while there is none. */
  private static String ask(Forward forward) throws IOException {
    ServiceAddress address = forward.address();
    try (Socket socket = new Socket(address.host(), address.port())) {
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return answer.substring(answer.lastIndexOf('\n', answer.length() - 2) + 1).strip();
    } catch (SocketException e) {
      return ""; // The forward closed it before it had read what was asked.
    }
  }

  @Test
  void leadsToTheProcessOverItsPods(KubeTest test) throws Exception {
    BarePods pods = new BarePods(test, "forward");
    ProcessName process = pods.run("web", "sh", "-c", SERVER.formatted("one"));
    ServiceAddress service = new ServiceAddress("page", process, "", 7000, true, false);
    List<String> notes = new CopyOnWriteArrayList<>();
    try (Forward forward =
        PodForward.open(pods.api, pods.observer, pods.place, service, 0, notes::add)) {
      assertEquals("127.0.0.1", forward.address().host());
      assertEquals("", ask(forward));
      KubeTest.waitFor("a note", () -> !notes.isEmpty());
      assertEquals(
          List.of("nothing listens on port 7000 of process web; connect again once it does"),
          notes);
      assertEquals("", pods.out(process, "touch /go"));
      KubeTest.waitFor("the page", () -> ask(forward).equals("one"));

      int taken = forward.address().port();
      SymphonyException told =
          assertThrows(
              SymphonyException.class,
              () ->
                  PodForward.open(pods.api, pods.observer, pods.place, service, taken, notes::add));
      assertTrue(told.getMessage().startsWith("cannot listen on port " + taken));

      pods.api.delete(pods.path("web"), Tree.of("gracePeriodSeconds", 0));
      KubeTest.waitFor("the pod is gone", () -> pods.api.find(pods.path("web")) == null);
      pods.runAgain("web", 2, "sh", "-c", SERVER.formatted("two"));
      assertEquals("", pods.out(process, "touch /go"));
      KubeTest.waitFor("the new page", () -> ask(forward).equals("two"));
      assertEquals(1, notes.stream().distinct().count(), notes.toString());
    }
  }

  @Test
  void closingEndsItsConnections(KubeTest test) throws Exception {
    BarePods pods = new BarePods(test, "forwards");
    ProcessName process = pods.run("web", "sh", "-c", "while :; do nc -l -p 7000 -e cat; done");
    ServiceAddress service = new ServiceAddress("echo", process, "", 7000, true, false);
    Forward forward = PodForward.open(pods.api, pods.observer, pods.place, service, 0, line -> {});
    try (Socket socket = connected(forward)) {
      byte[] sent = new byte[200_000];
      Thread writer =
          new Thread(
              () -> {
                try {
                  socket.getOutputStream().write(sent);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      writer.start();
      assertEquals(sent.length, socket.getInputStream().readNBytes(sent.length).length);
      writer.join();
      forward.close();
      assertEquals(-1, socket.getInputStream().read());
      // What another test starts just now holds all that is open here for a moment.
      KubeTest.waitFor("the port is let go of", () -> isRefused(forward));
    }
    forward.await();
  }

  private static boolean isRefused(Forward forward) {
    try (Socket socket = new Socket("127.0.0.1", forward.address().port())) {
      return !socket.isConnected();
    } catch (IOException refused) {
      return true;
    }
  }

  /** Connected to a server that listens already. */
  private static Socket connected(Forward forward) {
    Socket[] held = new Socket[1];
    KubeTest.waitFor(
        "an echo",
        () -> {
          Socket socket = new Socket("127.0.0.1", forward.address().port());
          try {
            socket.getOutputStream().write('x');
            if (socket.getInputStream().read() == 'x') {
              held[0] = socket;
              return true;
            }
          } catch (SocketException e) {
            // The forward closed it before it had read that.
          }
          socket.close();
          return false;
        });
    return held[0];
  }
}
