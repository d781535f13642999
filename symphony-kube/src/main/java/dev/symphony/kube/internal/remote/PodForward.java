package dev.symphony.kube.internal.remote;

import dev.symphony.engine.Forward;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.state.Observer;
import dev.symphony.kube.internal.state.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * A port of the loopback that leads to a port of a process. Each connection looks for the pod that
 * runs then, so it outlives the pods.
 */
public final class PodForward implements Forward {
  private final KubeApi api;
  private final Observer observer;
  private final Place place;
  private final ServiceAddress service;
  private final ServerSocket listener;
  private final Consumer<String> notes;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<ForwardedConnection> connections = new HashSet<>();
  private final Thread acceptor = new Thread(this::accept, "symphony-forward");
  private String lastNote = "";

  private PodForward(
      KubeApi api,
      Observer observer,
      Place place,
      ServiceAddress service,
      ServerSocket listener,
      Consumer<String> notes) {
    this.api = api;
    this.observer = observer;
    this.place = place;
    this.service = service;
    this.listener = listener;
    this.notes = notes;
  }

  /**
   * Listens on 127.0.0.1.
   *
   * @param service where it leads
   * @param localPort 0 for any free one, the service's own where it is free
   * @param notes told of connections that fail, a line each, but none twice in a row
   * @throws SymphonyException where the port is taken
   */
  public static Forward open(
      KubeApi api,
      Observer observer,
      Place place,
      ServiceAddress service,
      int localPort,
      Consumer<String> notes) {
    PodForward forward =
        new PodForward(api, observer, place, service, listen(service, localPort), notes);
    forward.acceptor.setDaemon(true);
    forward.acceptor.start();
    return forward;
  }

  private static ServerSocket listen(ServiceAddress service, int localPort) {
    if (localPort == 0) {
      try {
        return listen(service.port());
      } catch (IOException e) {
        return listenAnywhere();
      }
    }
    try {
      return listen(localPort);
    } catch (IOException e) {
      throw new SymphonyException(
          "cannot listen on port "
              + localPort
              + " of this machine ("
              + e.getMessage()
              + "); choose another, or 0 for any free one",
          e);
    }
  }

  private static ServerSocket listenAnywhere() {
    try {
      return listen(0);
    } catch (IOException e) {
      throw new SymphonyException("cannot listen on 127.0.0.1: " + e.getMessage(), e);
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
  }

  private void accept() {
    while (closed.getCount() > 0) {
      try {
        Socket local = listener.accept();
        Thread thread = new Thread(() -> serve(local), "symphony-forward-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return; // It has been closed.
      }
    }
  }

  private void serve(Socket local) {
    try (local) {
      try {
        carry(local);
      } catch (SymphonyException e) {
        // Before the one who connected sees the end.
        tell(String.valueOf(e.getMessage()));
      }
    } catch (IOException e) {
      return; // The one who connected has gone, and hears nothing any more.
    }
  }

  private void carry(Socket local) {
    Target target = Target.running(observer, place, service.process());
    String path = target.path() + "/portforward?ports=" + service.port();
    try (ForwardedConnection connection = new ForwardedConnection(api, path, local)) {
      synchronized (connections) {
        if (closed.getCount() == 0) {
          return;
        }
        connections.add(connection);
      }
      tell(connection.carry());
      synchronized (connections) {
        connections.remove(connection);
      }
    }
  }

  /** Tells why a connection failed; the empty text is that none did. */
  private void tell(String problem) {
    String line = problem;
    if (problem.contains("connection refused")) {
      line =
          "nothing listens on port "
              + service.port()
              + " of process "
              + service.process()
              + "; connect again once it does";
    }
    synchronized (this) {
      if (line.equals(lastNote)) {
        return;
      }
      lastNote = line;
    }
    if (!line.isEmpty() && closed.getCount() > 0) {
      notes.accept(line);
    }
  }

  @Override
  public ServiceAddress address() {
    return new ServiceAddress(
        service.service(),
        service.process(),
        "127.0.0.1",
        listener.getLocalPort(),
        service.exposed(),
        true);
  }

  @Override
  public void await() throws InterruptedException {
    closed.await();
  }

  /** Returns when the port is free again: the system keeps it while a thread waits on it. */
  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
    } catch (IOException e) {
      // It listens no more either way.
    }
    synchronized (connections) {
      for (ForwardedConnection connection : connections) {
        connection.close();
      }
    }
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
