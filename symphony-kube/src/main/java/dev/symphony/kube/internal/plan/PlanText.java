package dev.symphony.kube.internal.plan;

import dev.symphony.engine.Secret;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.Masking;
import dev.symphony.spi.PlainText;
import dev.symphony.spi.SecretText;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan as YAML, secrets masked. */
public final class PlanText {
  private PlanText() {}

  /** The objects in the order of their creation, a document each. */
  public static String yaml(PlannedExperiment plan) {
    List<SecretText> known = new ArrayList<>();
    plan.others().forEach(object -> addValues(object, known));
    Masking masking = known.isEmpty() ? null : Vault.masking(known);
    List<Map<String, Object>> objects = new ArrayList<>();
    objects.add(plan.holder());
    objects.addAll(plan.others());
    objects.addAll(plan.pods());
    StringBuilder text = new StringBuilder(1024 * objects.size());
    if (plan.shared()) {
      text.append("# Launching also makes the ConfigMap ").append(plan.experiment());
      text.append(" the owner of all other objects (ownerReferences),\n");
      text.append("# which takes the uid that the server gives it.\n");
    }
    for (Map<String, Object> object : objects) {
      text.append("---\n");
      if (masking == null) {
        text.append(PlainText.yaml(object));
        continue;
      }
      Map<String, Object> masked =
          isSecret(object) ? maskedSecret(object) : MaskedTree.of(object, masking);
      if (!masked.equals(object)) {
        text.append("# Values of secrets are masked here; launching uses the real ones.\n");
      }
      text.append(PlainText.yaml(masked));
    }
    return text.toString();
  }

  private static boolean isSecret(Map<String, Object> object) {
    return "Secret".equals(object.get("kind"));
  }

  private static void addValues(Map<String, Object> object, List<SecretText> known) {
    if (isSecret(object)) {
      for (Object value : Tree.map(object, "data").values()) {
        byte[] bytes = Base64.getDecoder().decode(String.valueOf(value));
        known.addAll(MountedFiles.texts(bytes));
      }
    }
  }

  private static Map<String, Object> maskedSecret(Map<String, Object> object) {
    Map<String, Object> masked = new LinkedHashMap<>(object);
    Map<String, Object> values = new LinkedHashMap<>();
    for (String key : Tree.map(masked.remove("data")).keySet()) {
      values.put(key, Secret.MASK);
    }
    masked.put("stringData", values);
    return masked;
  }
}
