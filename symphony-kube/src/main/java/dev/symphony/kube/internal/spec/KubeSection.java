package dev.symphony.kube.internal.spec;

import dev.symphony.engine.BaseSpec;
import dev.symphony.kube.internal.api.Tree;
import java.util.List;
import java.util.Map;

/**
 * The section {@code kube} of a declaration, in Kubernetes' own words: of a process {@code
 * container} (a fragment of a core/v1 Container), {@code pod} (a fragment of a Pod) and {@code
 * headless} (services); of a group {@code pod}; of an experiment {@code secrets} (files).
 */
public final class KubeSection {
  /** The section's name. */
  public static final String NAME = "kube";

  /** The fragment of a container. */
  public static final String CONTAINER = "container";

  /** The fragment of a pod. */
  public static final String POD = "pod";

  /** The bound services whose address is the pod's own. */
  public static final String HEADLESS = "headless";

  /** The files mounted in every container. */
  public static final String SECRETS = "secrets";

  private KubeSection() {}

  /** The section; empty and immutable where nothing was said. */
  public static Map<String, Object> of(BaseSpec spec) {
    return Tree.map(spec.getSections(), NAME);
  }

  /** The section of a container; empty and immutable where nothing was said. */
  public static Map<String, Object> container(BaseSpec spec) {
    return Tree.map(of(spec), CONTAINER);
  }

  /** The section of a pod; empty and immutable where nothing was said. */
  public static Map<String, Object> pod(BaseSpec spec) {
    return Tree.map(of(spec), POD);
  }

  /** The texts of a list in the section; empty where there is none. */
  public static List<String> texts(BaseSpec spec, String field) {
    return Tree.list(of(spec), field).stream().map(String::valueOf).toList();
  }

  /** Lays a fragment over what was said so far. */
  public static void merge(BaseSpec spec, String part, Map<String, Object> fragment) {
    Map<String, Object> section = Tree.copy(of(spec));
    Tree.merge(Tree.make(section, part), fragment);
    spec.getSections().put(NAME, section);
  }

  /** Adds texts to a list, each once. */
  public static void add(BaseSpec spec, String part, List<String> texts) {
    Map<String, Object> section = Tree.copy(of(spec));
    List<Object> all = Tree.makeList(section, part);
    for (String text : texts) {
      if (!all.contains(text)) {
        all.add(text);
      }
    }
    spec.getSections().put(NAME, section);
  }
}
