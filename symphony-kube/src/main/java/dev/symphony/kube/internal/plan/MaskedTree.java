package dev.symphony.kube.internal.plan;

import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.Masking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/** Plain data with the values of secrets masked. */
final class MaskedTree {
  /**
   * What says which object it is, here and in the kept plan, and words and amounts of Kubernetes'
   * own: a secret that happens to be equal gives nothing away there.
   */
  private static final Set<String> PLAIN =
      Set.of(
          "apiVersion",
          "clusterIP",
          "container",
          "key",
          "kind",
          "name",
          "namespace",
          "object",
          "pod",
          "provider",
          "resources",
          "restartPolicy",
          "secretName",
          "secrets",
          "selector");

  /** Maps whose keys are the user's: no key of theirs has a meaning of its own. */
  private static final Set<String> FREE =
      Set.of("labels", "annotations", "nodeSelector", "matchLabels", "volumeAttributes", "options");

  private MaskedTree() {}

  /** A copy in which no value of a secret stands. */
  static Map<String, Object> of(Map<String, Object> object, Masking masking) {
    return map(object, (path, text) -> masking.mask(text));
  }

  /**
   * A copy with other texts.
   *
   * @param change makes a text of a place, such as {@code spec.containers[0].image}, and of the
   *     text there; asked for every text that could give a secret away
   */
  static Map<String, Object> map(Map<String, Object> object, BinaryOperator<String> change) {
    return map("", object, false, change);
  }

  private static Map<String, Object> map(
      String place, Map<String, Object> object, boolean free, BinaryOperator<String> change) {
    Map<String, Object> copy = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : object.entrySet()) {
      String field = entry.getKey();
      Object value = entry.getValue();
      if (isOwn(field) || (!free && PLAIN.contains(field))) {
        copy.put(field, value);
        continue;
      }
      String shown = free ? change.apply(place, field) : field;
      String inner = place.isEmpty() ? shown : place + "." + shown;
      copy.put(shown, value(inner, value, !free && FREE.contains(field), change));
    }
    return copy;
  }

  private static boolean isOwn(String field) {
    return field.startsWith("symphony.dev/")
        || field.contains(".symphony.dev/")
        || field.equals(Names.MANAGED_BY);
  }

  private static Object value(
      String place, Object value, boolean free, BinaryOperator<String> change) {
    if (value instanceof String text) {
      return change.apply(place, text);
    }
    if (value instanceof Map) {
      return map(place, Tree.map(value), free, change);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      for (Object item : list) {
        copy.add(value(place + "[" + copy.size() + "]", item, false, change));
      }
      return copy;
    }
    return value;
  }
}
