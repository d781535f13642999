package dev.symphony.kube.internal.spec;

import dev.symphony.engine.BaseSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What declarations say of pods. */
public final class PodFragments {
  private static final List<String> OF_TOLERATIONS =
      List.of("key", "operator", "value", "effect", "tolerationSeconds");
  private static final List<String> OPERATORS = List.of("Exists", "Equal", "Lt", "Gt");
  private static final List<String> EFFECTS =
      List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

  private PodFragments() {}

  /**
   * Refuses what is said of a pod at a process that shares its pod.
   *
   * @param setter how it was said
   */
  public static void requireOwnPod(ProcessSpec process, String setter) {
    ProcessGroupSpec group = process.getGroup();
    if (group != null) {
      throw new SymphonyException(
          setter
              + " is about the pod, which is that of process group "
              + group.getName()
              + ": say it there");
    }
  }

  /** Sets a label. */
  public static void label(BaseSpec spec, String key, String value) {
    Rules.ownLabel(key, value);
    merge(spec, Tree.of("metadata", Tree.of("labels", Tree.of(key, value))));
  }

  /** Wants nodes with this label. */
  public static void nodeSelector(BaseSpec spec, String key, String value) {
    Rules.qualifiedName("node label", key);
    Rules.labelValue("node label " + key + ": value", value);
    merge(spec, Tree.of("spec", Tree.of("nodeSelector", Tree.of(key, value))));
  }

  /** The fields of a toleration, without those that are null. */
  public static Map<String, Object> tolerationOf(
      @Nullable String key, String operator, @Nullable String value, @Nullable String effect) {
    return Tree.of("key", key, "operator", operator, "value", value, "effect", effect);
  }

  /** Tolerates a taint; the same said again changes nothing. */
  public static void toleration(BaseSpec spec, Map<String, ?> fields) {
    for (String field : fields.keySet()) {
      Rules.oneOf("toleration: field", field, OF_TOLERATIONS);
    }
    Map<String, Object> toleration = new LinkedHashMap<>();
    for (String field : OF_TOLERATIONS) {
      if (fields.containsKey(field)) {
        toleration.put(field, fields.get(field));
      }
    }
    checkToleration(toleration);
    Map<String, Object> pod = KubeSection.pod(spec);
    if (!Tree.list(pod, "spec", "tolerations").contains(toleration)) {
      merge(spec, Tree.of("spec", Tree.of("tolerations", List.of(toleration))));
    }
  }

  private static void checkToleration(Map<String, Object> toleration) {
    @Nullable String key = Tree.text(toleration, "key");
    String operator = textOr(toleration, "operator", "Equal");
    Rules.oneOf("toleration: operator", operator, OPERATORS);
    if (key != null) {
      Rules.qualifiedName("toleration: key", key);
    } else if (!operator.equals("Exists")) {
      throw new SymphonyException("toleration: operator " + operator + " needs a key");
    }
    if (operator.equals("Exists") && !textOr(toleration, "value", "").isEmpty()) {
      throw new SymphonyException("toleration: operator Exists takes no value; use Equal");
    }
    if (toleration.containsKey("effect")) {
      Rules.oneOf("toleration: effect", textOr(toleration, "effect", ""), EFFECTS);
    }
  }

  private static String textOr(Map<String, Object> map, String field, String otherwise) {
    return map.containsKey(field) ? String.valueOf(map.get(field)) : otherwise;
  }

  private static void merge(BaseSpec spec, Map<String, Object> fragment) {
    KubeSection.merge(spec, KubeSection.POD, fragment);
  }

  /** Lays a whole fragment over what was said so far. */
  public static void customize(BaseSpec spec, Map<String, Object> fragment) {
    SectionCheck.pod(fragment);
    merge(spec, fragment);
  }
}
