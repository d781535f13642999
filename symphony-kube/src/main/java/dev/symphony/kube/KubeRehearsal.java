package dev.symphony.kube;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.ClusterContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A cluster on the loopback for a trial run: an API server that has one experiment of one pod,
 * whatever it is asked, behind TLS, whose classes are most of what a command loads.
 */
final class KubeRehearsal {
  private static final String NAMESPACE =
      """
      {"kind": "NamespaceList", "apiVersion": "v1", "metadata": {"resourceVersion": "1"}, "items": [
       {"metadata": {"name": "rehearsal", "uid": "1", "resourceVersion": "1",
        "creationTimestamp": "2026-01-01T00:00:00Z", "labels": {
         "app.kubernetes.io/managed-by": "symphony", "symphony.dev/kind": "namespace",
         "symphony.dev/experiment": "rehearsal", "symphony.dev/launch": "1"}},
        "status": {"phase": "Active"}}]}
      """;
  private static final String POD =
      """
      {"kind": "PodList", "apiVersion": "v1", "metadata": {"resourceVersion": "1"}, "items": [
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
          "started": true, "state": {"running": {"startedAt": "2026-01-01T00:00:00Z"}}}]}}]}
      """;
  private static final String NOTHING =
      """
      {"kind": "List", "apiVersion": "v1", "metadata": {"resourceVersion": "1"}, "items": []}
      """;
  private static final String PASSWORD = "rehearsal";

  private KubeRehearsal() {}

  static Cluster cluster(Path directory, ClusterContext context) {
    try {
      KeyStore keys = keys(directory);
      int port = serve(keys);
      Path kubeconfig = directory.resolve("kubeconfig");
      Base64.Encoder lines = Base64.getMimeEncoder();
      byte[] certificate = keys.getCertificate("server").getEncoded();
      String pem =
          "-----BEGIN CERTIFICATE-----\n"
              + lines.encodeToString(certificate)
              + "\n-----END CERTIFICATE-----\n";
      String authority =
          Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
      Files.writeString(kubeconfig, kubeconfig(port, authority));
      return KubeCluster.builder().kubeconfig(kubeconfig).build(context);
    } catch (IOException | GeneralSecurityException e) {
      throw new SymphonyException("no trial run on kube: " + e.getMessage(), e);
    }
  }

  private static String kubeconfig(int port, String authority) {
    return """
        apiVersion: v1
        kind: Config
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
            token: none
        """
        .formatted(port, authority);
  }

  /** A key and its certificate, by the one tool of the Java runtime that makes such. */
  private static KeyStore keys(Path directory) throws IOException, GeneralSecurityException {
    Path file = directory.resolve("keys.p12");
    if (!Files.exists(file)) {
      Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
      Process process =
          new ProcessBuilder(
                  keytool.toString(),
                  "-genkeypair",
                  "-alias",
                  "server",
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=rehearsal",
                  "-ext",
                  "san=ip:127.0.0.1",
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  PASSWORD,
                  "-keystore",
                  file.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        process.destroy();
        Thread.currentThread().interrupt();
      }
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  /**
   * Answers until the program ends.
   *
   * @return the port
   */
  private static int serve(KeyStore keys) throws IOException, GeneralSecurityException {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    ServerSocket listener =
        tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(
        () -> {
          while (true) {
            Socket connection = listener.accept();
            daemon(() -> answer(connection));
          }
        });
    return listener.getLocalPort();
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
        String body =
            request.contains("/pods")
                ? POD
                : request.contains("/namespaces?") ? NAMESPACE : NOTHING;
        String head =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n";
        out.write((head + body).getBytes(StandardCharsets.US_ASCII));
        out.flush();
        request = in.readLine();
      }
    }
  }
}
