package dev.symphony.kube;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Stands between a program and an API server, and cuts all connections when told to. */
final class CuttingProxy implements AutoCloseable {
  private final URI server;
  private final ServerSocket listener;
  private final List<Socket> open = new ArrayList<>();
  private int times;
  private boolean away;

  CuttingProxy(String server) throws IOException {
    this.server = URI.create(server);
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    background(this::accept);
  }

  /** The kubeconfig with this in the server's place; certificates are checked as before. */
  String kubeconfig(Path original) throws IOException {
    String here = "https://127.0.0.1:" + listener.getLocalPort();
    return Files.readString(original)
        .replace("\"" + server + "\"", "\"" + here + "\", tls-server-name: " + server.getHost())
        .replaceAll(
            "(?m)^( *)server: (https.*)$",
            "$1server: " + here + "\n$1tls-server-name: " + server.getHost());
  }

  /** Ends all connections, in the middle of what they carry. */
  synchronized void cut() {
    for (Socket socket : open) {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException e) {
        // It is closed already.
      }
    }
    open.clear();
    times++;
  }

  /** Cuts all connections, and takes none until it is back. */
  void leave() {
    synchronized (this) {
      away = true;
    }
    cut();
  }

  /** Takes connections again. */
  synchronized void comeBack() {
    away = false;
  }

  /** How often all connections were cut. */
  synchronized int times() {
    return times;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        synchronized (this) {
          if (away) {
            client.close();
            continue;
          }
        }
        Socket target = new Socket(server.getHost(), server.getPort());
        synchronized (this) {
          open.add(client);
          open.add(target);
        }
        background(() -> pump(client, target));
        background(() -> pump(target, client));
      } catch (IOException e) {
        // Closed, or a connection that came to nothing.
      }
    }
  }

  private static void pump(Socket from, Socket to) {
    byte[] buffer = new byte[16 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // Cut.
    }
  }

  private static void background(Runnable task) {
    Thread thread = new Thread(task, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
