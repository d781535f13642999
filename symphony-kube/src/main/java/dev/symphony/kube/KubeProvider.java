package dev.symphony.kube;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.UsageException;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.ClusterProvider;
import java.util.List;
import java.util.Map;

/** Brings the {@code kube} backend. */
public final class KubeProvider implements ClusterProvider {
  /** Called once, by the engine. */
  public KubeProvider() {}

  @Override
  public String name() {
    return KubeCluster.BACKEND;
  }

  @Override
  public List<String> aliases() {
    return List.of("kubernetes");
  }

  @Override
  public Cluster create(Map<String, ?> options, ClusterContext context) {
    if (!options.isEmpty()) {
      throw new UsageException("backend kube has no option '" + options.keySet() + "'");
    }
    return KubeCluster.builder().build(context);
  }
}
