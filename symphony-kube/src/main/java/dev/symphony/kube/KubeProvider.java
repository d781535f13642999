package dev.symphony.kube;

import dev.symphony.engine.Cluster;
import dev.symphony.spi.Attribute;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.ClusterProvider;
import dev.symphony.spi.Support;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Brings the {@code kube} backend.
 *
 * <p>Its options are those of {@link KubeCluster.Builder}: {@code context}, {@code kubeconfig},
 * {@code namespace}, {@code expose} ({@code public} or {@code forward}), {@code image}, {@code
 * registry}, {@code baseImage}, {@code insecureRegistry}, {@code platforms} (a list, or one text
 * with commas), {@code imageAdditions} (a map, as {@link dev.symphony.engine.ImageAdditions#of} has
 * it), {@code classPath}, {@code serviceAnnotations} (a map) and {@code sourceRanges} (a list, or
 * one text with commas).
 *
 * <p>Small, so that programs that only list backends load nothing more.
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

  /** Asks no network where there is no kubeconfig. */
  @Override
  public boolean hasExperiments(Map<String, ?> options, ClusterContext context) {
    return KubeOptions.holdsExperiments(options, context);
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public void rehearse(Path directory, ClusterContext context, Consumer<Supplier<Cluster>> play) {
    KubeRehearsal.run(directory, context, play);
  }

  /** A pod has nothing of the launching program's environment. */
  @Override
  public Support support(Attribute attribute) {
    return attribute == Attribute.INHERIT_ENV ? Support.IGNORED : Support.HONOURED;
  }
}
