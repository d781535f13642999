package dev.symphony.engine.local;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.UsageException;
import dev.symphony.spi.Attribute;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.ClusterProvider;
import dev.symphony.spi.Support;
import java.util.Map;

/** Brings the {@code local} backend, which has no options. */
public final class LocalProvider implements ClusterProvider {
  /** Called once, by the engine. */
  public LocalProvider() {}

  @Override
  public String name() {
    return LocalCluster.BACKEND;
  }

  @Override
  public Cluster create(Map<String, ?> options, ClusterContext context) {
    for (String option : options.keySet()) {
      throw new UsageException("backend local has no option '" + option + "'; it has none");
    }
    return new LocalCluster(context);
  }

  @Override
  public boolean hasExperiments(Map<String, ?> options, ClusterContext context) {
    return !create(options, context).listExperiments().isEmpty();
  }

  @Override
  public Support support(Attribute attribute) {
    return ClusterProvider.onThisHost(attribute);
  }
}
