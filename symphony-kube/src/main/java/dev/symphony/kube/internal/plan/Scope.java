package dev.symphony.kube.internal.plan;

import dev.symphony.kube.internal.api.Tree;
import java.util.Map;

/**
 * Where the objects of one launch go and how they are marked.
 *
 * @param experiment the experiment's whole name
 * @param launchId what tells this launch from any other
 * @param namespace where the objects go
 * @param shared whether that namespace is not the experiment's own
 */
record Scope(String experiment, String launchId, String namespace, boolean shared) {
  static Scope of(String experiment, String launchId, Settings settings) {
    String namespace = settings.namespace();
    return namespace == null
        ? new Scope(experiment, launchId, experiment, false)
        : new Scope(experiment, launchId, namespace, true);
  }

  /** What an object is named: in a shared namespace with the experiment in front. */
  String object(String name) {
    return prefix() + name;
  }

  /** What stands in front of all names of objects. */
  String prefix() {
    return shared ? experiment + "-" : "";
  }

  /** The object that claims the experiment's name. */
  Map<String, Object> holder() {
    Map<String, Object> metadata =
        Tree.of("name", experiment, "namespace", shared ? namespace : null);
    metadata.put("labels", labels(Names.KIND, shared ? "anchor" : "namespace"));
    return Tree.of(
        "apiVersion", "v1", "kind", shared ? "ConfigMap" : "Namespace", "metadata", metadata);
  }

  /** An object of version v1 with labels beside those that all have. */
  Map<String, Object> make(String kind, String name, String... labels) {
    Map<String, Object> metadata =
        Tree.of("name", object(name), "namespace", namespace, "labels", labels(labels));
    return Tree.of("apiVersion", "v1", "kind", kind, "metadata", metadata);
  }

  private Map<String, Object> labels(String... more) {
    Map<String, Object> labels =
        Tree.of(
            Names.MANAGED_BY, Names.SYMPHONY, Names.EXPERIMENT, experiment, Names.LAUNCH, launchId);
    for (int i = 0; i < more.length; i += 2) {
      labels.put(more[i], more[i + 1]);
    }
    return labels;
  }
}
