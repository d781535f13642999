package dev.symphony.kube;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.ClusterContext;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A cluster on the loopback for a trial run: an API server that has one experiment of one pod, and
 * authority, server and user with certificates as most clusters have them, whose classes are most
 * of what a command loads.
 */
final class KubeRehearsal {
  static final String EXPERIMENT = "rehearsal";

  private static final String NAMESPACE =
      """
      {"kind": "Namespace", "apiVersion": "v1",
       "metadata": {"name": "rehearsal", "uid": "1", "resourceVersion": "1",
        "creationTimestamp": "2026-01-01T00:00:00Z", "labels": {
         "app.kubernetes.io/managed-by": "symphony", "symphony.dev/kind": "namespace",
         "symphony.dev/experiment": "rehearsal", "symphony.dev/launch": "1"}},
       "status": {"phase": "Active"}}
      """;
  private static final String POD =
      """
       {"metadata": {"name": "p", "namespace": "rehearsal", "uid": "2", "resourceVersion": "1",
        "creationTimestamp": "2026-01-01T00:00:00Z",
        "annotations": {"symphony.dev/place": "0/1"}, "labels": {
         "app.kubernetes.io/managed-by": "symphony", "symphony.dev/experiment": "rehearsal",
         "symphony.dev/launch": "1", "symphony.dev/process": "p", "symphony.dev/attempt": "1"}},
        "spec": {"nodeName": "node", "restartPolicy": "Never", "containers": [
         {"name": "p", "image": "i", "command": ["c"]}]},
        "status": {"phase": "Running", "podIP": "10.0.0.1", "startTime": "2026-01-01T00:00:00Z",
         "conditions": [{"type": "Ready", "status": "True"}],
         "containerStatuses": [{"name": "p", "image": "i", "ready": true, "restartCount": 0,
          "started": true, "state": {"running": {"startedAt": "2026-01-01T00:00:00Z"}}}]}}
      """;
  private static final String PASSWORD = "rehearsal";

  private KubeRehearsal() {}

  static void run(Path directory, ClusterContext context, Consumer<Supplier<Cluster>> play) {
    try {
      KeyStore keys = keys(directory);
      try (ServerSocket server = serve(keys)) {
        Path kubeconfig = kubeconfig(directory, server.getLocalPort(), keys);
        Map<String, ?> options = Map.of("kubeconfig", kubeconfig.toString());
        play.accept(() -> KubeOptions.cluster(options, context));
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new SymphonyException("no trial run on kube: " + e.getMessage(), e);
    }
  }

  private static Path kubeconfig(Path directory, int port, KeyStore keys)
      throws IOException, GeneralSecurityException {
    Path kubeconfig = directory.resolve("kubeconfig");
    Files.writeString(
        kubeconfig,
        kubeconfig(
            port,
            pem("CERTIFICATE", keys.getCertificate("authority").getEncoded()),
            pem("CERTIFICATE", keys.getCertificate("client").getEncoded()),
            pem("PRIVATE KEY", keys.getKey("client", PASSWORD.toCharArray()).getEncoded())));
    return kubeconfig;
  }

  /** In base 64 once more, as kubeconfigs hold it. */
  private static String pem(String kind, byte[] content) {
    String text =
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder().encodeToString(content)
            + "\n-----END "
            + kind
            + "-----\n";
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String kubeconfig(int port, String authority, String certificate, String key) {
    return """
        apiVersion: v1
        kind: Config
        preferences: {}
        current-context: rehearsal
        contexts:
        - name: rehearsal
          context:
            cluster: rehearsal
            user: rehearsal
        clusters:
        - name: rehearsal
          cluster:
            server: https://127.0.0.1:%d
            certificate-authority-data: %s
        users:
        - name: rehearsal
          user:
            client-certificate-data: %s
            client-key-data: %s
        """
        .formatted(port, authority, certificate, key);
  }

  /** An authority, a server and a client, by the one tool of the Java runtime that makes them. */
  private static KeyStore keys(Path directory) throws IOException, GeneralSecurityException {
    Path file = directory.resolve("keys.p12");
    if (!Files.exists(file)) {
      keytool(file, "authority", "-ext", "bc:c");
      keytool(file, "server", "-signer", "authority", "-ext", "san=ip:127.0.0.1");
      keytool(file, "client", "-signer", "authority");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static void keytool(Path file, String alias, String... options) throws IOException {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        new ArrayList<>(List.of(keytool.toString(), "-genkeypair", "-keyalg", "RSA"));
    command.addAll(List.of("-alias", alias, "-dname", "CN=" + alias, "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD, "-keystore", file.toString()));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool ended with " + process.exitValue());
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** Answers until it is closed. */
  private static ServerSocket serve(KeyStore keys) throws IOException, GeneralSecurityException {
    // Alone, so that it shows no other.
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    char[] password = PASSWORD.toCharArray();
    own.setKeyEntry(
        "server", keys.getKey("server", password), password, keys.getCertificateChain("server"));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(own, password);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", keys.getCertificate("authority"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
    SSLServerSocket listener =
        (SSLServerSocket)
            tls.getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    listener.setNeedClientAuth(true);
    daemon(
        () -> {
          while (true) {
            Socket connection = listener.accept();
            daemon(() -> answer(connection));
          }
        });
    return listener;
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The other end is this program: it hears of it itself.
              }
            },
            "rehearsal");
    thread.setDaemon(true);
    thread.start();
  }

  private static void answer(Socket connection) throws IOException {
    try (connection;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        OutputStream out = connection.getOutputStream()) {
      String request = in.readLine();
      while (request != null) {
        for (String header = "-"; header != null && !header.isEmpty(); ) {
          header = in.readLine();
        }
        out.write(response(request.split(" ")[1]));
        out.flush();
        request = in.readLine();
      }
    }
  }

  /** Packed, and in one chunk, as API servers answer what asks for much. */
  private static byte[] response(String path) throws IOException {
    String body =
        path.equals("/api/v1/namespaces/" + EXPERIMENT)
            ? NAMESPACE
            : "{\"kind\": \"List\", \"apiVersion\": \"v1\", \"metadata\": {}, \"items\": ["
                + (path.contains("/pods?") ? POD : path.contains("/namespaces?") ? NAMESPACE : "")
                + "]}";
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream packing = new GZIPOutputStream(packed)) {
      packing.write(body.getBytes(StandardCharsets.US_ASCII));
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + Integer.toHexString(packed.size())
            + "\r\n";
    all.write(head.getBytes(StandardCharsets.US_ASCII));
    packed.writeTo(all);
    all.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return all.toByteArray();
  }
}
