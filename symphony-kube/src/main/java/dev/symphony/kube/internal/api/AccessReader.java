package dev.symphony.kube.internal.api;

import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes an access of a kubeconfig, or of what a pod finds in its own file system. */
final class AccessReader {
  private final Map<String, String> environment;
  private final Path home;
  private final Path workingDirectory;
  private final Path serviceAccount;

  /**
   * Reads in given surroundings.
   *
   * @param serviceAccount the folder in which a pod finds its own token
   */
  AccessReader(
      Map<String, String> environment, Path home, Path workingDirectory, Path serviceAccount) {
    this.environment = environment;
    this.home = home;
    this.workingDirectory = workingDirectory;
    this.serviceAccount = serviceAccount;
  }

  KubeAccess read(@Nullable Path kubeconfig, @Nullable String context) {
    List<Path> candidates = KubeconfigFiles.of(kubeconfig, environment, home, workingDirectory);
    Kubeconfig config = Kubeconfig.read(candidates);
    if (!config.isEmpty()) {
      return of(config, config.context(context));
    }
    if (kubeconfig == null && context == null && inCluster()) {
      return ofPod();
    }
    throw new SymphonyException(
        "there is no kubeconfig at "
            + joined(candidates)
            + "; set KUBECONFIG, or get one from your cluster's provider");
  }

  private static String joined(List<Path> files) {
    StringBuilder text = new StringBuilder();
    for (Path file : files) {
      text.append(text.length() == 0 ? "" : ":").append(file);
    }
    return text.toString();
  }

  // ---- in a pod

  private boolean inCluster() {
    return environment.containsKey("KUBERNETES_SERVICE_HOST")
        && environment.containsKey("KUBERNETES_SERVICE_PORT")
        && Files.exists(serviceAccount.resolve("token"));
  }

  private KubeAccess ofPod() {
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    String server =
        "https://"
            + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
            + ":"
            + environment.getOrDefault("KUBERNETES_SERVICE_PORT", "");
    Path authority = serviceAccount.resolve("ca.crt");
    Endpoint endpoint =
        new Endpoint(
            address(server, "the environment of this pod"),
            ServerTrust.of(
                Pem.certificates(bytes(authority, "the pod's"), "the file " + authority)),
            null,
            null);
    String namespace = "default";
    Path named = serviceAccount.resolve("namespace");
    if (Files.exists(named)) {
      namespace = new String(bytes(named, "the pod's"), StandardCharsets.UTF_8).strip();
    }
    Login login = new TokenFileLogin(serviceAccount.resolve("token"), Login.Pass.NONE);
    return new KubeAccess(server, null, namespace, endpoint, login);
  }

  // ---- of a kubeconfig

  private KubeAccess of(Kubeconfig config, Kubeconfig.Entry context) {
    Kubeconfig.Entry cluster = config.cluster(context);
    Kubeconfig.Entry user = config.user(context);
    String server = text(cluster, "server");
    if (server == null) {
      throw new SymphonyException(
          "cluster '" + cluster.name() + "' of the kubeconfig names no server");
    }
    String namespace = text(context, "namespace");
    byte[] authority = content(cluster, "cluster", "certificate-authority");
    Endpoint endpoint =
        new Endpoint(
            address(server, "cluster '" + cluster.name() + "' of the kubeconfig"),
            trust(cluster, authority),
            text(cluster, "tls-server-name"),
            ProxyServer.of(text(cluster, "proxy-url"), server, environment));
    return new KubeAccess(
        endpoint.address().toString(),
        context.name(),
        namespace == null ? "default" : namespace,
        endpoint,
        login(user, clusterInfo(cluster, authority)));
  }

  private static URI address(String server, String source) {
    String whole = server.indexOf("://") < 0 ? "https://" + server : server;
    try {
      URI address = new URI(whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole);
      String scheme = address.getScheme();
      if (address.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
        return address;
      }
      throw new SymphonyException(source + " has '" + server + "' for a server; want https://HOST");
    } catch (URISyntaxException e) {
      throw new SymphonyException(
          source + " has '" + server + "' for a server: " + e.getReason(), e);
    }
  }

  private ServerTrust trust(Kubeconfig.Entry cluster, byte @Nullable [] authority) {
    if ("true".equals(text(cluster, "insecure-skip-tls-verify"))) {
      return ServerTrust.all();
    }
    String source = "the certificate-authority of cluster '" + cluster.name() + "'";
    return ServerTrust.of(authority == null ? null : Pem.certificates(authority, source));
  }

  private Map<String, Object> clusterInfo(Kubeconfig.Entry cluster, byte @Nullable [] authority) {
    return Tree.of(
        "server", text(cluster, "server"),
        "tls-server-name", text(cluster, "tls-server-name"),
        "insecure-skip-tls-verify",
            "true".equals(text(cluster, "insecure-skip-tls-verify")) ? true : null,
        "certificate-authority-data",
            authority == null ? null : Base64.getEncoder().encodeToString(authority),
        "proxy-url", text(cluster, "proxy-url"),
        "config", extension(cluster));
  }

  private static @Nullable Object extension(Kubeconfig.Entry cluster) {
    for (Object extension : Tree.list(cluster.fields(), "extensions")) {
      if ("client.authentication.k8s.io/exec".equals(Tree.text(extension, "name"))) {
        return Tree.at(extension, "extension");
      }
    }
    return null;
  }

  private Login login(Kubeconfig.Entry user, Map<String, Object> cluster) {
    ClientCertificate certificate = certificate(user);
    Login.Pass base = new Login.Pass(impersonation(user), certificate);
    String token = text(user, "token");
    String tokenFile = text(user, "tokenFile");
    if (tokenFile != null) {
      return new TokenFileLogin(user.folder().resolve(tokenFile), base);
    }
    if (user.fields().containsKey("exec") && token == null && certificate == null) {
      return new LoginPlugin(user, cluster, environment, base);
    }
    if (user.fields().containsKey("auth-provider")) {
      throw new SymphonyException(
          "user '"
              + user.name()
              + "' of the kubeconfig logs in by an auth-provider, which Kubernetes has given up;"
              + " get a kubeconfig with an exec plugin from your cluster's provider");
    }
    String whose = " of user '" + user.name() + "' in the kubeconfig";
    if (token != null) {
      Login.Pass pass = base.with("Authorization: Bearer " + token.strip(), null);
      return new FixedLogin(pass, "the token" + whose, "get a fresh one");
    }
    String name = text(user, "username");
    if (name != null) {
      String pair = name + ":" + Tree.text(user.fields(), "password");
      String code = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      Login.Pass pass = base.with("Authorization: Basic " + code, null);
      return new FixedLogin(pass, "the password" + whose, "correct it");
    }
    return certificate == null
        ? new FixedLogin(base, "nothing, since there is no login" + whose, "name a user with one")
        : new FixedLogin(base, "the client certificate" + whose, "get a new one");
  }

  private static List<String> impersonation(Kubeconfig.Entry user) {
    List<String> headers = new ArrayList<>();
    String as = text(user, "as");
    if (as == null) {
      return headers;
    }
    if (user.fields().containsKey("as-user-extra")) {
      throw new SymphonyException(
          "user '" + user.name() + "' of the kubeconfig has as-user-extra, which is not supported");
    }
    headers.add("Impersonate-User: " + as);
    String uid = text(user, "as-uid");
    if (uid != null) {
      headers.add("Impersonate-Uid: " + uid);
    }
    for (Object group : Tree.list(user.fields(), "as-groups")) {
      headers.add("Impersonate-Group: " + group);
    }
    return headers;
  }

  private @Nullable ClientCertificate certificate(Kubeconfig.Entry user) {
    byte[] chain = content(user, "user", "client-certificate");
    byte[] key = content(user, "user", "client-key");
    if (chain == null || key == null) {
      return null;
    }
    return ClientCertificate.of(
        chain,
        "the client-certificate of user '" + user.name() + "'",
        key,
        "the client-key of user '" + user.name() + "'");
  }

  /** What {@code FIELD-data} holds, else the file that {@code FIELD} names; null for neither. */
  private static byte @Nullable [] content(Kubeconfig.Entry entry, String kind, String field) {
    String data = text(entry, field + "-data");
    String whose = "the " + field + " of " + kind + " '" + entry.name() + "'";
    if (data != null) {
      try {
        return Base64.getMimeDecoder().decode(data);
      } catch (IllegalArgumentException e) {
        throw new SymphonyException(whose + " in the kubeconfig is no base64", e);
      }
    }
    String file = text(entry, field);
    return file == null ? null : bytes(entry.folder().resolve(file), whose + ":");
  }

  private static byte[] bytes(Path file, String whose) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new SymphonyException("cannot read " + whose + " " + file + ": " + e, e);
    }
  }

  private static @Nullable String text(Kubeconfig.Entry entry, String field) {
    String text = Tree.text(entry.fields(), field);
    return text == null || text.isEmpty() ? null : text;
  }
}
