package dev.symphony.kube.internal.spec;

import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.Tree;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.ObjectMapper;

/** The one class that needs fabric8's model; loaded by the first call alone. */
public final class Fabric8 {
  private static final KubernetesSerialization SERIALIZATION =
      new KubernetesSerialization(new ObjectMapper(), false);

  private Fabric8() {}

  /** What a customizer sets in an empty pod. */
  public static Map<String, Object> pod(Consumer<? super PodBuilder> customizer) {
    PodBuilder builder = new PodBuilder();
    customizer.accept(builder);
    Pod pod = builder.build();
    Map<String, Object> fragment = plain(pod);
    fragment.remove("apiVersion");
    fragment.remove("kind");
    return fragment;
  }

  /** What a customizer sets in an empty container. */
  public static Map<String, Object> container(Consumer<? super ContainerBuilder> customizer) {
    ContainerBuilder builder = new ContainerBuilder();
    customizer.accept(builder);
    Container container = builder.build();
    return plain(container);
  }

  /** A volume of any kind. */
  public static PodVolume volume(Volume volume) {
    String name = volume.getName();
    if (name == null) {
      throw new SymphonyException("a volume needs a name: new VolumeBuilder().withName(…)");
    }
    return new PodVolume(name, plain(volume), null);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> plain(Object object) {
    return Tree.copy((Map<String, Object>) SERIALIZATION.convertValue(object, Map.class));
  }
}
