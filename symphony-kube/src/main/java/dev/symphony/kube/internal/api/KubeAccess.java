package dev.symphony.kube.internal.api;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where an API server is and how it is asked, read once. */
public final class KubeAccess {
  private static final Path SERVICE_ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private final String server;
  private final @Nullable String context;
  private final String namespace;
  private final Endpoint endpoint;
  private final Login login;

  KubeAccess(
      String server, @Nullable String context, String namespace, Endpoint endpoint, Login login) {
    this.server = server;
    this.context = context;
    this.namespace = namespace;
    this.endpoint = endpoint;
    this.login = login;
  }

  /**
   * Reads it.
   *
   * @param kubeconfig a file; null for {@code $KUBECONFIG}, else {@code ~/.kube/config}, else the
   *     files of a pod
   * @param context a context of it; null for its current one
   * @throws dev.symphony.engine.SymphonyException in one line, where there is none
   */
  public static KubeAccess load(
      @Nullable Path kubeconfig,
      @Nullable String context,
      Map<String, String> environment,
      Path home,
      Path workingDirectory) {
    return new AccessReader(environment, home, workingDirectory, SERVICE_ACCOUNT)
        .read(kubeconfig, context);
  }

  /** Such as {@code https://10.0.0.1:6443}, perhaps with a path. */
  public String server() {
    return server;
  }

  /** The context's name; null inside a cluster. */
  public @Nullable String context() {
    return context;
  }

  /** The context's namespace; {@code default} where it names none. */
  public String namespace() {
    return namespace;
  }

  /** Opens it for one who need not know what is waited for; asks nothing yet. */
  public KubeApi open() {
    return open(line -> {});
  }

  /**
   * Opens it; asks nothing yet.
   *
   * @param told hears that a server which takes connections is slow to answer, once until it is
   *     quick again
   */
  public KubeApi open(Consumer<String> told) {
    return open(Limits.USUAL, told);
  }

  KubeApi open(Limits limits, Consumer<String> told) {
    return new HttpApi(this, limits, told);
  }

  Endpoint endpoint() {
    return endpoint;
  }

  Login login() {
    return login;
  }

  /** Which cluster this is, for messages. */
  String describe() {
    return server + (context == null ? " (this pod's own cluster)" : " (context " + context + ")");
  }
}
