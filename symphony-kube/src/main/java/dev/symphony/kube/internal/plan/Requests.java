package dev.symphony.kube.internal.plan;

import dev.symphony.engine.Resources;
import dev.symphony.kube.internal.api.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a container asks of its node. */
final class Requests {
  private static final String GPU = "nvidia.com/gpu";

  private Requests() {}

  /** The field {@code resources} of a container; null for no wishes. */
  static @Nullable Map<String, Object> of(@Nullable Resources wanted) {
    if (wanted == null) {
      return null;
    }
    String gpus = wanted.gpus() == 0 ? null : Integer.toString(wanted.gpus());
    Map<String, Object> requests =
        Tree.of("cpu", wanted.cpu(), "memory", wanted.memory(), GPU, gpus);
    if (requests.isEmpty()) {
      return null;
    }
    return Tree.of("requests", requests, "limits", gpus == null ? null : Tree.of(GPU, gpus));
  }
}
