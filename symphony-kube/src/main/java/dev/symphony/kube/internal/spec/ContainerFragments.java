package dev.symphony.kube.internal.spec;

import dev.symphony.engine.BaseSpec;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What declarations say of containers. */
public final class ContainerFragments {
  private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");

  private ContainerFragments() {}

  /** Replaces the arguments. */
  public static void args(BaseSpec spec, List<String> words) {
    for (String word : words) {
      if (word.indexOf('\0') >= 0) {
        throw new SymphonyException("an argument contains a NUL character, which no program takes");
      }
    }
    merge(spec, Tree.of("args", new ArrayList<>(words)));
  }

  /** Whether arguments were given. */
  public static boolean hasArgs(BaseSpec spec) {
    return !Tree.list(KubeSection.container(spec), "args").isEmpty();
  }

  /** Sets when the image is pulled. */
  public static void imagePullPolicy(BaseSpec spec, String policy) {
    Rules.oneOf("image pull policy", policy, PULL_POLICIES);
    merge(spec, Tree.of("imagePullPolicy", policy));
  }

  /** Whether it was said when the image is pulled. */
  public static boolean hasImagePullPolicy(BaseSpec spec) {
    return KubeSection.container(spec).containsKey("imagePullPolicy");
  }

  /**
   * Sets amounts of resources, as texts.
   *
   * @param amounts by name; {@code gpu} is short for {@code nvidia.com/gpu}
   * @param isRequest whether they are requests, not limits
   */
  public static void resources(BaseSpec spec, Map<String, ?> amounts, boolean isRequest) {
    Map<String, Object> texts = new LinkedHashMap<>();
    for (Map.Entry<String, ?> entry : amounts.entrySet()) {
      String name = Rules.resourceName(entry.getKey());
      String amount = Quantity.text(entry.getValue());
      Rules.resource(name, amount, isRequest);
      texts.put(name, amount);
    }
    String kind = isRequest ? "requests" : "limits";
    if (!texts.isEmpty()) {
      merge(spec, Tree.of("resources", Tree.of(kind, texts)));
    }
  }

  /** Lays a whole fragment over what was said so far. */
  public static void customize(BaseSpec spec, Map<String, Object> fragment) {
    SectionCheck.container(fragment);
    merge(spec, fragment);
  }

  private static void merge(BaseSpec spec, Map<String, Object> fragment) {
    KubeSection.merge(spec, KubeSection.CONTAINER, fragment);
  }
}
