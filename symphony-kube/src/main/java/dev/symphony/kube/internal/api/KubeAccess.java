package dev.symphony.kube.internal.api;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an API server is and how it is asked, read once.
 *
 * @param server such as {@code https://10.0.0.1:6443}, perhaps with a path
 * @param context the context's name; null inside a cluster
 * @param namespace the context's namespace; {@code default} where it names none
 */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public record KubeAccess(String server, @Nullable String context, String namespace) {

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
    throw new UnsupportedOperationException();
  }

  /** Opens it; asks nothing yet. */
  public KubeApi open() {
    throw new UnsupportedOperationException();
  }
}
