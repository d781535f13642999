package dev.symphony.kube.internal.life;

import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What the nodes of a cluster run: {@code OS/ARCHITECTURE}. */
public final class NodePlatforms implements ClassPathImage.Platforms {
  private static final String USUAL = "linux/amd64";

  private final Supplier<KubeApi> api;
  private final Consumer<String> progress;

  /** Asks when it is asked. */
  public NodePlatforms(Supplier<KubeApi> api, Consumer<String> progress) {
    this.api = api;
    this.progress = progress;
  }

  /** Those of the nodes that take pods, in a fixed order; the usual one where none can be seen. */
  @Override
  public List<String> get() {
    TreeSet<String> found = new TreeSet<>();
    try {
      for (Object node : Tree.list(api.get().get("/api/v1/nodes"), "items")) {
        String system = Tree.text(node, "status", "nodeInfo", "operatingSystem");
        String architecture = Tree.text(node, "status", "nodeInfo", "architecture");
        if ("linux".equals(system) && architecture != null && !architecture.isEmpty()) {
          found.add(system + "/" + architecture);
        }
      }
    } catch (ApiException e) {
      if (e.status() != 403) {
        throw e;
      }
      progress.accept(
          "you may not list the cluster's nodes, so the image is made for "
              + USUAL
              + "; the option platforms names others");
      return List.of(USUAL);
    }
    return found.isEmpty() ? List.of(USUAL) : new ArrayList<>(found);
  }
}
