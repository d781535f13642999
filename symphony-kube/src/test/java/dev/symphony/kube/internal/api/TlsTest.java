package dev.symphony.kube.internal.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.SymphonyException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and keys, as a kubeconfig holds them and as servers show them. */
@Timeout(60)
final class TlsTest {
  @TempDir Path directory;

  private record Identity(X509Certificate certificate, PrivateKey key) {}

  private Identity identity(String names, String... more) throws Exception {
    Path file = directory.resolve("store-" + names.hashCode() + more.length);
    List<String> argv =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "secret",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "SAN=" + names));
    argv.addAll(List.of(more));
    Process keytool = new ProcessBuilder(argv).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes());
    assertEquals(0, keytool.waitFor(), said);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, "secret".toCharArray());
    }
    return new Identity(
        (X509Certificate) store.getCertificate("a"),
        (PrivateKey) store.getKey("a", "secret".toCharArray()));
  }

  private static FakeServer serve(Identity identity, boolean wantsCertificate) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    ClientCertificate own =
        new ClientCertificate(List.of(identity.certificate), identity.key) {
          @Override
          public String chooseServerAlias(
              String type, java.security.Principal[] issuers, java.net.Socket socket) {
            return type.startsWith("EC") ? "a" : null;
          }

          @Override
          public String chooseEngineServerAlias(
              String type, java.security.Principal[] issuers, javax.net.ssl.SSLEngine engine) {
            return "a";
          }
        };
    context.init(new KeyManager[] {own}, null, null);
    SSLServerSocket listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    listener.setNeedClientAuth(wantsCertificate);
    FakeServer server = new FakeServer(listener);
    for (int i = 0; i < 10; i++) {
      server.json(200, "{\"a\":1}");
    }
    return server;
  }

  private static String pem(String name, byte[] bytes) {
    return "-----BEGIN "
        + name
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(bytes)
        + "\n-----END "
        + name
        + "-----\n";
  }

  private KubeApi api(FakeServer server, String cluster, String user) throws Exception {
    Path file = directory.resolve("config");
    Files.writeString(
        file,
        "{clusters: [{name: c, cluster: {server: 'https://127.0.0.1:"
            + server.port()
            + "', "
            + cluster
            + "}}], users: [{name: u, user: {"
            + user
            + "}}], contexts: [{name: lab, context: {cluster: c, user: u}}],"
            + " current-context: lab}");
    return KubeAccess.load(file, null, Map.of(), directory, directory).open();
  }

  private static String authority(Identity identity) throws Exception {
    byte[] pem = pem("CERTIFICATE", identity.certificate.getEncoded()).getBytes();
    return "certificate-authority-data: " + Base64.getEncoder().encodeToString(pem);
  }

  private static String refusal(KubeApi api) {
    return assertThrows(ApiException.class, () -> api.get("/x")).getMessage();
  }

  @Test
  void trustsTheAuthorityOfTheKubeconfigAndNoOther() throws Exception {
    Identity good = identity("ip:127.0.0.1");
    Identity other = identity("ip:127.0.0.1", "-validity", "9");
    try (FakeServer server = serve(good, false)) {
      assertEquals(Map.of("a", 1), api(server, authority(good), "").get("/x"));
      String told = refusal(api(server, authority(other), ""));
      assertTrue(told.contains("issued by 'CN=test', is not signed by an authority"), told);
      assertTrue(told.contains("set certificate-authority-data"), told);
      assertEquals(Map.of("a", 1), api(server, "insecure-skip-tls-verify: true", "").get("/x"));
    }
  }

  @Test
  void checksTheNameOfTheServer() throws Exception {
    Identity named = identity("dns:kube.example");
    try (FakeServer server = serve(named, false)) {
      String told = refusal(api(server, authority(named), ""));
      assertTrue(told.contains("is for kube.example; correct the server's name, or set"), told);
      String name = ", tls-server-name: kube.example";
      assertEquals(Map.of("a", 1), api(server, authority(named) + name, "").get("/x"));
    }
  }

  @Test
  void tellsAnExpiredCertificate() throws Exception {
    try (FakeServer server = new FakeServer()) {
      Throwable path = new CertPathValidatorException("path", new CertificateExpiredException());
      Throwable failure = new SSLHandshakeException("no").initCause(path);
      String told =
          new TlsProblems(server.access(new FixedLogin(Login.Pass.NONE, "", ""))).line(failure);
      assertEquals(
          "the certificate of the API server "
              + server.address()
              + " (context lab) expired; have it renewed, or check this machine's clock",
          told);
    }
  }

  @Test
  void tellsARejectedClientCertificate() throws Exception {
    Identity good = identity("ip:127.0.0.1");
    Identity mine = identity("dns:me", "-validity", "3");
    Path chain = directory.resolve("chain.pem");
    Files.writeString(chain, pem("CERTIFICATE", mine.certificate.getEncoded()));
    Files.writeString(directory.resolve("key.pem"), pem("PRIVATE KEY", mine.key.getEncoded()));
    String user = "client-certificate: chain.pem, client-key: key.pem";
    try (FakeServer server = serve(good, true)) {
      String told = refusal(api(server, authority(good), user));
      assertTrue(told.contains("rejects the client certificate of user 'u'"), told);
    }
  }

  // ---- keys in all their forms

  @Test
  void readsKeysInEveryForm() throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    PrivateKey rsaKey = rsa.generateKeyPair().getPrivate();
    KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
    ec.initialize(new ECGenParameterSpec("secp256r1"));
    PrivateKey ecKey = ec.generateKeyPair().getPrivate();

    assertEquals(rsaKey, key(pem("PRIVATE KEY", rsaKey.getEncoded())));
    assertEquals(ecKey, key(pem("PRIVATE KEY", ecKey.getEncoded())));
    assertEquals(rsaKey, key(pem("RSA PRIVATE KEY", inner(rsaKey))));

    byte[] curve =
        Der.element(
            Der.OBJECT_ID, new byte[] {0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 3, 1, 7});
    byte[] content = Der.find(inner(ecKey), Der.SEQUENCE);
    byte[] sec1 = Der.element(Der.SEQUENCE, content, Der.element(Der.CONTEXT_0, curve));
    String parameters = pem("EC PARAMETERS", curve);
    PrivateKey read = key(parameters + pem("EC PRIVATE KEY", sec1));
    assertEquals(((ECPrivateKey) ecKey).getS(), ((ECPrivateKey) read).getS());
  }

  private static byte[] inner(PrivateKey key) {
    return Der.find(Der.find(key.getEncoded(), Der.SEQUENCE), Der.OCTETS);
  }

  private static PrivateKey key(String pem) {
    return Pem.privateKey(pem.getBytes(), "the key");
  }

  @Test
  void saysWhatIsWrongWithAKey() {
    String encrypted =
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA"
            + "\n-----END RSA PRIVATE KEY-----\n";
    assertEquals(
        "the key is encrypted with a password, which no kubeconfig can give; decrypt it",
        problem(encrypted));
    assertEquals("the key holds no private key in PEM form", problem("nothing"));
    assertEquals(
        "the key holds a private key that cannot be read",
        problem(pem("PRIVATE KEY", new byte[9])));
  }

  private static String problem(String pem) {
    return assertThrows(SymphonyException.class, () -> key(pem)).getMessage();
  }
}
