package dev.symphony.kube.internal.log;

import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.state.Attempt;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request for the log of a container.
 *
 * @param attempt whose
 * @param previous whether the run before the container's last one is meant
 * @param follow whether the answer goes on while the container runs
 * @param timed whether each line has its time in front
 * @param tail how many lines at the end; -1 for all
 * @param since only what came after; null for all
 */
record LogRequest(
    Attempt attempt,
    boolean previous,
    boolean follow,
    boolean timed,
    int tail,
    @Nullable Instant since) {

  /** Its path on the API server. */
  String path(String namespace) {
    StringBuilder path = new StringBuilder();
    path.append("/api/v1/namespaces/").append(namespace).append("/pods/").append(attempt.pod());
    path.append("/log?container=").append(attempt.container());
    path.append(previous ? "&previous=true" : "");
    path.append(follow ? "&follow=true" : "");
    path.append(timed ? "&timestamps=true" : "");
    if (tail >= 0) {
      path.append("&tailLines=").append(tail);
    }
    if (since != null) {
      String whole = since.truncatedTo(ChronoUnit.SECONDS).toString();
      path.append("&sinceTime=").append(KubeApi.encode(whole));
    }
    return path.toString();
  }
}
