package dev.symphony.kube.internal.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Opens connections to one server. */
final class Endpoint {
  private static final long LEAST_MILLIS = 1000;

  private final URI address;
  private final ServerTrust trust;
  private final @Nullable String tlsName;
  private final @Nullable ProxyServer proxy;
  private @Nullable SSLSocketFactory factory;
  private @Nullable ClientCertificate factoryFor;

  /**
   * A server.
   *
   * @param tlsName the name that its certificate is for; null for that of the address
   */
  Endpoint(URI address, ServerTrust trust, @Nullable String tlsName, @Nullable ProxyServer proxy) {
    this.address = address;
    this.trust = trust;
    this.tlsName = tlsName;
    this.proxy = proxy;
  }

  URI address() {
    return address;
  }

  ServerTrust trust() {
    return trust;
  }

  @Nullable ProxyServer proxy() {
    return proxy;
  }

  /** Such as {@code 10.0.0.1:6443}. */
  String authority() {
    return address.getHost() + ":" + port();
  }

  private int port() {
    return address.getPort() >= 0 ? address.getPort() : isSecure() ? 443 : 80;
  }

  private boolean isSecure() {
    return address.getScheme().equals("https");
  }

  /**
   * Opens a connection.
   *
   * @throws HandshakeTimeout where the server takes the connection and then does not encrypt it
   */
  Wire open(@Nullable ClientCertificate certificate, Limits limits) throws IOException {
    long deadline = System.nanoTime() + limits.connect().toNanos();
    SocketChannel channel =
        proxy == null
            ? connect(ProxyServer.bare(address.getHost()), port(), deadline)
            : connect(proxy.host(), proxy.port(), deadline);
    boolean done = false;
    try {
      channel.socket().setTcpNoDelay(true);
      channel.socket().setKeepAlive(true);
      if (proxy != null) {
        pass(proxy, channel.socket(), deadline);
      }
      Wire wire =
          new Wire(channel, isSecure() ? secure(channel, certificate, limits.handshake()) : null);
      done = true;
      return wire;
    } finally {
      if (!done) {
        channel.close();
      }
    }
  }

  // ---- the connection

  private static SocketChannel connect(String host, int port, long deadline) throws IOException {
    InetAddress[] addresses = resolve(host, deadline);
    IOException first = null;
    for (int i = 0; i < addresses.length; i++) {
      SocketChannel channel = SocketChannel.open();
      boolean done = false;
      try {
        // Each address gets its share, so that a dead one leaves time for the next.
        int share = left(deadline) / (addresses.length - i);
        channel.socket().connect(new InetSocketAddress(addresses[i], port), Math.max(1, share));
        done = true;
        return channel;
      } catch (IOException e) {
        first = first == null ? e : first;
      } finally {
        if (!done) {
          channel.close();
        }
      }
    }
    throw first == null ? new UnknownHostException(host) : first;
  }

  /** In a thread of its own, since a resolver may take long and cannot be interrupted. */
  private static InetAddress[] resolve(String host, long deadline) throws IOException {
    if (host.indexOf(':') >= 0 || Character.isDigit(host.charAt(host.length() - 1))) {
      return InetAddress.getAllByName(host);
    }
    CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(InetAddress.getAllByName(host));
              } catch (UnknownHostException e) {
                answer.completeExceptionally(e);
              }
            },
            "symphony-kube-resolve");
    thread.setDaemon(true);
    thread.start();
    try {
      return answer.get(left(deadline), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new UnknownHostException(host);
    } catch (TimeoutException e) {
      throw new SocketTimeoutException("the address of " + host + " is not found");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted");
    }
  }

  /**
   * Milliseconds until then, but enough for an attempt: a cold virtual machine on a busy machine
   * may have used up the time before it has tried.
   */
  private static int left(long deadline) {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    return (int) Math.min(Math.max(left, LEAST_MILLIS), Integer.MAX_VALUE);
  }

  // ---- through a proxy

  private void pass(ProxyServer proxy, Socket socket, long deadline) throws IOException {
    socket.setSoTimeout(left(deadline));
    String authorization = proxy.authorization();
    String request =
        "CONNECT "
            + authority()
            + " HTTP/1.1\r\nHost: "
            + authority()
            + "\r\n"
            + (authorization == null ? "" : "Proxy-Authorization: " + authorization + "\r\n")
            + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    // Byte by byte: what follows the head belongs to the server.
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0 && head.length() < 16_384) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("the proxy " + proxy.host() + ":" + proxy.port() + " hung up");
      }
      head.append((char) next);
    }
    String status = head.substring(0, Math.max(0, head.indexOf("\r\n")));
    if (!status.matches("HTTP/1\\.[01] 2\\d\\d.*")) {
      throw new IOException(
          "the proxy " + proxy.host() + ":" + proxy.port() + " refuses: " + status);
    }
    socket.setSoTimeout(0);
  }

  // ---- encryption

  private SSLSocket secure(
      SocketChannel channel, @Nullable ClientCertificate certificate, Duration limit)
      throws IOException {
    String name = tlsName == null ? ProxyServer.bare(address.getHost()) : tlsName;
    SSLSocket socket =
        (SSLSocket) factory(certificate).createSocket(channel.socket(), name, port(), true);
    if (!trust.isBlind()) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
    }
    socket.setSoTimeout((int) limit.toMillis());
    try {
      socket.startHandshake();
    } catch (SocketTimeoutException e) {
      throw new HandshakeTimeout(limit, e);
    }
    socket.setSoTimeout(0);
    return socket;
  }

  private synchronized SSLSocketFactory factory(@Nullable ClientCertificate certificate) {
    SSLSocketFactory now = factory;
    if (now == null || factoryFor != certificate) {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
            certificate == null ? new KeyManager[0] : new KeyManager[] {certificate},
            new TrustManager[] {trust},
            null);
        now = context.getSocketFactory();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this Java runtime cannot encrypt", e);
      }
      factory = now;
      factoryFor = certificate;
    }
    return now;
  }
}
