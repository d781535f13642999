package dev.symphony.engine.local;

import dev.symphony.engine.internal.run.Detached;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.HostCluster;
import dev.symphony.spi.HostScript;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs experiments as detached processes of this host; nothing needs to be installed.
 *
 * <pre>{@code
 * Cluster cluster = LocalCluster.create();
 * }</pre>
 */
public final class LocalCluster extends HostCluster {
  /** The backend's name. */
  public static final String BACKEND = "local";

  LocalCluster(ClusterContext context) {
    super(context, BACKEND, false);
  }

  /** The local cluster of this program's surroundings. */
  public static LocalCluster create() {
    return new LocalCluster(ClusterContext.system());
  }

  /** A local cluster of given surroundings. */
  public static LocalCluster create(ClusterContext context) {
    return new LocalCluster(context);
  }

  @Override
  public String backend() {
    return BACKEND;
  }

  @Override
  protected String identity() {
    return BACKEND;
  }

  @Override
  protected void startScripts(String experiment, Path directory, List<HostScript> scripts) {
    Detached.start(scripts, context().environment());
  }
}
