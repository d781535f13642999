package dev.symphony.kube.internal.plan;

import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.Masking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Objects with the values of secrets masked. */
final class MaskedTree {
  /** What says which object it is: a secret that happens to be equal gives nothing away there. */
  private static final Set<String> PLAIN =
      Set.of("apiVersion", "kind", "name", "namespace", "secretName", "key", "selector");

  private MaskedTree() {}

  /** A copy in which no value of a secret stands. */
  static Map<String, Object> of(Map<String, Object> object, Masking masking) {
    Map<String, Object> copy = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : object.entrySet()) {
      String field = entry.getKey();
      boolean plain =
          PLAIN.contains(field)
              || field.contains("symphony.dev/")
              || field.equals(Names.MANAGED_BY);
      copy.put(field, plain ? entry.getValue() : value(entry.getValue(), masking));
    }
    return copy;
  }

  private static Object value(Object value, Masking masking) {
    if (value instanceof String text) {
      return masking.mask(text);
    }
    if (value instanceof Map) {
      return of(Tree.map(value), masking);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      for (Object item : list) {
        copy.add(value(item, masking));
      }
      return copy;
    }
    return value;
  }
}
