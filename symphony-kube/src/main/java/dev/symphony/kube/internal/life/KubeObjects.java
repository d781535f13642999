package dev.symphony.kube.internal.life;

import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import dev.symphony.kube.internal.state.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where objects are kept, whose they are, and what people call them. */
final class KubeObjects {
  private KubeObjects() {}

  /** The path of a kind's objects in a namespace, such as {@code pods}. */
  static String collection(String namespace, String plural) {
    return "/api/v1/namespaces/" + KubeApi.encode(namespace) + "/" + plural;
  }

  /** Where an object of this kind is created. */
  static String collection(String namespace, Map<String, Object> object) {
    String kind = kind(object);
    return kind.equals("Namespace") ? "/api/v1/namespaces" : collection(namespace, plural(kind));
  }

  /** The path of one object. */
  static String one(String namespace, String plural, String name) {
    return collection(namespace, plural) + "/" + KubeApi.encode(name);
  }

  /** The path of an experiment's own namespace. */
  static String namespace(String name) {
    return "/api/v1/namespaces/" + KubeApi.encode(name);
  }

  /** The objects of a kind that an experiment has: with its launch id, and its anchor's. */
  static List<Map<String, Object>> list(KubeApi api, Place place, String plural) {
    String selector = Names.LAUNCH + "=" + place.launchId();
    Map<String, Object> answer =
        api.get(
            collection(place.namespace(), plural) + "?labelSelector=" + KubeApi.encode(selector));
    List<Map<String, Object>> own = new ArrayList<>();
    for (Object item : Tree.list(answer, "items")) {
      Map<String, Object> object = Tree.map(item);
      if (!place.shared() || isOwnedBy(object, place.uid())) {
        own.add(object);
      }
    }
    return own;
  }

  /** Whether one of its owners has this uid. */
  static boolean isOwnedBy(Map<String, Object> object, String uid) {
    for (Object owner : Tree.list(object, "metadata", "ownerReferences")) {
      if (uid.equals(Tree.text(owner, "uid"))) {
        return true;
      }
    }
    return false;
  }

  /** The same object, owned by the anchor where the experiment has one; others' maps are shared. */
  static Map<String, Object> owned(Map<String, Object> object, Place place) {
    if (!place.shared()) {
      return object;
    }
    Map<String, Object> owner =
        Tree.of(
            "apiVersion",
            "v1",
            "kind",
            "ConfigMap",
            "name",
            name(place.holder()),
            "uid",
            place.uid(),
            "controller",
            false,
            "blockOwnerDeletion",
            false);
    Map<String, Object> metadata = new java.util.LinkedHashMap<>(Tree.map(object, "metadata"));
    metadata.put("ownerReferences", List.of(owner));
    Map<String, Object> owned = new java.util.LinkedHashMap<>(object);
    owned.put("metadata", metadata);
    return owned;
  }

  static String kind(Map<String, Object> object) {
    String kind = Tree.text(object, "kind");
    return kind == null ? "" : kind;
  }

  static String plural(String kind) {
    return kind.toLowerCase(Locale.ROOT) + "s";
  }

  static String name(Map<String, Object> object) {
    return orEmpty(Tree.text(object, "metadata", "name"));
  }

  static String uid(Map<String, Object> object) {
    return orEmpty(Tree.text(object, "metadata", "uid"));
  }

  static @Nullable String label(Map<String, Object> object, String label) {
    return Tree.text(object, "metadata", "labels", label);
  }

  static boolean isTerminating(Map<String, Object> object) {
    return Tree.at(object, "metadata", "deletionTimestamp") != null;
  }

  /** Whether an object was made by this launch. */
  static boolean isOf(Map<String, Object> object, String launchId) {
    return launchId.equals(label(object, Names.LAUNCH));
  }

  /** The experiment that an object was made for; null for an object that is not Symphony's. */
  static @Nullable String experiment(Map<String, Object> object) {
    return Names.SYMPHONY.equals(label(object, Names.MANAGED_BY))
        ? label(object, Names.EXPERIMENT)
        : null;
  }

  /** What the server calls it: {@code Pod rl-agent-0 in namespace team}. */
  static String called(Map<String, Object> object, String namespace) {
    return kind(object) + " " + name(object) + " in namespace " + namespace;
  }

  /** Options of a deletion that takes exactly this object. */
  static Map<String, Object> exactly(String uid) {
    return Tree.of(
        "apiVersion", "v1", "kind", "DeleteOptions", "preconditions", Tree.of("uid", uid));
  }

  /** What people call it: {@code process agent-3}, {@code service redis}, {@code Secret env}. */
  static String subject(Map<String, Object> object) {
    String process = label(object, Names.PROCESS);
    String group = label(object, Names.GROUP);
    String service = Tree.text(object, "metadata", "annotations", Names.SERVICE);
    String kind = kind(object);
    if (kind.equals("Pod") && group != null) {
      return "process group " + group;
    }
    if (kind.equals("Pod") && process != null) {
      return "process " + process;
    }
    if (kind.equals("Service") && service != null) {
      return "service " + service;
    }
    return kind + " " + name(object);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
