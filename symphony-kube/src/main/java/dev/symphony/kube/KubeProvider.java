package dev.symphony.kube;

import dev.symphony.engine.Cluster;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.ClusterProvider;
import java.util.List;
import java.util.Map;

/**
 * Brings the {@code kube} backend.
 *
 * <p>Names no class of it but one in its methods, so that programs that only list backends load
 * nothing more.
 */
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
    return KubeOptions.cluster(options, context);
  }

  /** Asks no network where there is no kubeconfig; what cannot be asked holds none. */
  @Override
  public boolean hasExperiments(Map<String, ?> options, ClusterContext context) {
    return KubeOptions.holdsExperiments(options, context);
  }

  @Override
  public boolean isRemote() {
    return true;
  }
}
