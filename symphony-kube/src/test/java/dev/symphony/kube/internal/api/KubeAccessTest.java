package dev.symphony.kube.internal.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KubeAccessTest {
  private static final String CONFIG =
      """
      apiVersion: v1
      kind: Config
      clusters:
      - name: c
        cluster: {server: "https://one:6443/"}
      users:
      - name: u
        user: {token: "0123"}
      contexts:
      - name: lab
        context: {cluster: c, user: u, namespace: team}
      - name: bare
        context: {cluster: c}
      - name: torn
        context: {cluster: gone, user: u}
      current-context: lab
      """;

  @TempDir Path directory;
  private final Map<String, String> environment = new HashMap<>();

  private Path write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private KubeAccess load(String context) {
    return new AccessReader(environment, directory, directory, directory.resolve("pod"))
        .read(null, context);
  }

  private String problem(String context) {
    return assertThrows(SymphonyException.class, () -> load(context)).getMessage();
  }

  private List<String> headers(String user) throws IOException {
    write(".kube/config", CONFIG.replace("{token: \"0123\"}", user));
    return load(null).login().pass().headers();
  }

  // ---- which file and which context

  @Test
  void readsTheUsersConfigAndItsCurrentContext() throws IOException {
    write(".kube/config", CONFIG);
    KubeAccess access = load(null);
    assertEquals("https://one:6443", access.server());
    assertEquals("lab", access.context());
    assertEquals("team", access.namespace());
    assertEquals(List.of("Authorization: Bearer 0123"), access.login().pass().headers());
    assertEquals("default", load("bare").namespace());
  }

  @Test
  void readsJson() throws IOException {
    write(
        ".kube/config",
        "{\"clusters\":[{\"name\":\"c\",\"cluster\":{\"server\":\"one\"}}],\"users\":null,"
            + "\"contexts\":[{\"name\":\"x\",\"context\":{\"cluster\":\"c\"}}],"
            + "\"current-context\":\"x\"}");
    assertEquals("https://one", load(null).server());
  }

  @Test
  void mergesTheFilesOfTheVariableAndTheFirstCounts() throws IOException {
    write("a/one", "users: [{name: u, user: {tokenFile: token}}]\ncurrent-context: bare\n");
    write("a/token", "of a\n");
    write("b/two", CONFIG);
    environment.put("KUBECONFIG", "a/one::missing:" + directory.resolve("b/two"));
    assertEquals("bare", load(null).context());
    assertEquals(List.of("Authorization: Bearer of a"), load("lab").login().pass().headers());
  }

  @Test
  void aContextThatIsNotThereIsAnErrorWithThoseThatAre() throws IOException {
    Path file = write(".kube/config", CONFIG);
    assertEquals(
        "there is no context 'lap' in the kubeconfig " + file + "; it has bare, lab, torn",
        problem("lap"));
    assertEquals(
        "the context 'torn' of the kubeconfig "
            + file
            + " names the cluster 'gone', which is not there",
        problem("torn"));
    write(".kube/config", CONFIG.replace("current-context: lab", "current-context: \"\""));
    assertEquals(
        "the kubeconfig " + file + " has no current context; name one: it has bare, lab, torn",
        problem(null));
  }

  @Test
  void saysWhereItLookedForAKubeconfig() throws IOException {
    assertEquals(
        "there is no kubeconfig at "
            + directory.resolve(".kube/config")
            + "; set KUBECONFIG, or get one from your cluster's provider",
        problem(null));
    Path file = write("broken", "a: [");
    environment.put("KUBECONFIG", file.toString());
    assertTrue(problem(null).startsWith("the kubeconfig " + file + " is no YAML: "));
    assertFalse(problem(null).contains("\n"));
  }

  @Test
  void findsItsOwnClusterInAPod() throws IOException {
    environment.put("KUBERNETES_SERVICE_HOST", "fd00::1");
    environment.put("KUBERNETES_SERVICE_PORT", "443");
    write("pod/token", "t1\n");
    write("pod/namespace", "team\n");
    assertTrue(problem(null).contains("pod/ca.crt"));
    write("pod/ca.crt", "no certificate");
    assertTrue(problem(null).endsWith("pod/ca.crt holds no certificate in PEM form"));
    assertTrue(problem("lab").startsWith("there is no kubeconfig"));
  }

  // ---- who

  @Test
  void logsInInEveryWay() throws IOException {
    assertEquals(List.of("Authorization: Bearer t"), headers("{token: t}"));
    assertEquals(List.of("Authorization: Basic bWU6cHc="), headers("{username: me, password: pw}"));
    assertEquals(List.of(), headers("{}"));
    assertEquals(
        List.of(
            "Impersonate-User: other",
            "Impersonate-Group: g1",
            "Impersonate-Group: g2",
            "Authorization: Bearer t"),
        headers("{token: t, as: other, as-groups: [g1, g2]}"));
    write(".kube/config", CONFIG.replace("{token: \"0123\"}", "{auth-provider: {name: gcp}}"));
    assertTrue(problem(null).contains("get a kubeconfig with an exec plugin"));
    write(
        ".kube/config",
        CONFIG.replace("{token: \"0123\"}", "{client-certificate: x, client-key: x}"));
    assertTrue(
        problem(null).startsWith("cannot read the client-certificate of user 'u': " + directory));
  }

  @Test
  void readsATokenFileAgainWhenItIsRejected() throws IOException {
    write(".kube/token", "one");
    write(".kube/config", CONFIG.replace("{token: \"0123\"}", "{tokenFile: token}"));
    Login login = load(null).login();
    Login.Pass first = login.pass();
    assertFalse(login.renew(first));
    write(".kube/token", "two");
    assertTrue(login.renew(first));
    assertEquals(List.of("Authorization: Bearer two"), login.pass().headers());
  }

  // ---- login programs

  private Login plugin(String script, String more) throws IOException {
    Path program = write(".kube/bin/login", "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    write(
        ".kube/config",
        CONFIG.replace(
            "{token: \"0123\"}",
            "{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./bin/login, args: [x y],"
                + " env: [{name: WHO, value: me}], interactiveMode: Never"
                + more
                + "}}"));
    environment.put("PATH", System.getenv("PATH"));
    return load(null).login();
  }

  private static String says(String status) {
    return "echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\","
        + "\"status\":{"
        + status
        + "}}'\n";
  }

  @Test
  void asksALoginProgramOnceUntilItExpires() throws IOException {
    String script =
        "echo \"$1 $WHO $KUBERNETES_EXEC_INFO\" >> " + directory.resolve("asked") + "\n";
    String fresh = "\"token\":\"a\",\"expirationTimestamp\":\"2999-01-01T00:00:00Z\"";
    Login login = plugin(script + says(fresh), ", provideClusterInfo: true");
    assertEquals(List.of("Authorization: Bearer a"), login.pass().headers());
    login.pass();
    List<String> asked = Files.readAllLines(directory.resolve("asked"));
    assertEquals(1, asked.size());
    assertTrue(asked.get(0).startsWith("x y me {\"apiVersion\":\"client."), asked.get(0));
    assertTrue(asked.get(0).contains("\"interactive\":false,\"cluster\":{\"server\":"));
    assertTrue(login.renew(login.pass()));
    assertEquals(2, Files.readAllLines(directory.resolve("asked")).size());

    String old = "\"token\":\"a\",\"expirationTimestamp\":\"2001-01-01T00:00:00Z\"";
    login = plugin(script + says(old), "");
    login.pass();
    login.pass();
    assertEquals(4, Files.readAllLines(directory.resolve("asked")).size());
  }

  @Test
  void saysWhatIsWrongWithALoginProgram() throws IOException {
    Login broken = plugin("exit 3\n", "");
    assertEquals(
        "cannot log in as user 'u' of the kubeconfig: ./bin/login ended with exit code 3",
        assertThrows(SymphonyException.class, broken::pass).getMessage());
    Login silent = plugin("echo hello\n", "");
    assertTrue(
        assertThrows(SymphonyException.class, silent::pass)
            .getMessage()
            .endsWith("what ./bin/login prints is no JSON"));
    Login empty = plugin(says(""), "");
    assertTrue(
        assertThrows(SymphonyException.class, empty::pass)
            .getMessage()
            .contains("neither a token"));
    Login missing = plugin("", ", installHint: \"get it\\n from here\"");
    Files.delete(directory.resolve(".kube/bin/login"));
    assertEquals(
        "user 'u' of the kubeconfig logs in by the program ./bin/login, which is not there: get it"
            + " from here",
        assertThrows(SymphonyException.class, missing::pass).getMessage());
  }

  // ---- the way there

  @Test
  void choosesAProxyAsKubectlDoes() {
    Map<String, String> set =
        Map.of("HTTPS_PROXY", "proxy:3128", "no_proxy", ".corp, 10.0.0.0/8,one");
    ProxyServer proxy = ProxyServer.of(null, "https://kube.example:6443", set);
    assertEquals(new ProxyServer("proxy", 3128, null), proxy);
    for (String direct :
        List.of("https://a.corp", "https://10.1.2.3", "https://one:1", "https://127.0.0.1:6443")) {
      assertNull(ProxyServer.of(null, direct, set), direct);
    }
    assertEquals(
        new ProxyServer("p", 80, "Basic bWU6cHc="),
        ProxyServer.of("http://me:pw@p", "https://10.1.2.3", set));
    String refused =
        assertThrows(
                SymphonyException.class,
                () -> ProxyServer.of("socks5://me:pw@p:1", "https://x", Map.of()))
            .getMessage();
    assertEquals(
        "the kubeconfig's proxy-url is 'socks5://***@p:1'; only http://HOST:PORT is supported",
        refused);
  }

  @Test
  void goesThroughAProxy() throws IOException {
    try (FakeServer proxy = new FakeServer()) {
      proxy
          .then(
              (request, socket, out) -> {
                out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes());
                return true;
              })
          .json(200, "{\"a\":1}")
          .raw("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
      write(
          ".kube/config",
          CONFIG
              .replace("https://one:6443/", "http://one:8080")
              .replace("\"}", "\", proxy-url: \"http://127.0.0.1:" + proxy.port() + "\"}"));
      assertEquals(Map.of("a", 1), load("bare").open().get("/x"));
      assertTrue(proxy.requests.get(0).startsWith("CONNECT one:8080 HTTP/1.1\r\n"));
      String told =
          assertThrows(ApiException.class, () -> load("bare").open().get("/x")).getMessage();
      assertTrue(told.contains("refuses: HTTP/1.1 407 Proxy Authentication Required"), told);
    }
  }
}
