package dev.symphony.kube;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import dev.symphony.spi.ClusterContext;
import java.util.Map;

/** Makes a cluster of options by name, as configuration and command line have them. */
final class KubeOptions {
  private KubeOptions() {}

  static Cluster cluster(Map<String, ?> options, ClusterContext context) {
    return made(options, context);
  }

  static boolean holdsExperiments(Map<String, ?> options, ClusterContext context) {
    try (KubeCluster cluster = made(options, context)) {
      return cluster.hasKubeconfig() && !cluster.listExperiments().isEmpty();
    } catch (UsageException e) {
      throw e;
    } catch (SymphonyException e) {
      return false;
    }
  }

  private static KubeCluster made(Map<String, ?> options, ClusterContext context) {
    if (!options.isEmpty()) {
      throw new UsageException("backend kube has no option '" + options.keySet() + "'");
    }
    return KubeCluster.builder().build(context);
  }
}
