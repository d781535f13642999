package dev.symphony.kube;

import dev.symphony.engine.Resources;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.spec.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a process is to run, as a file says it. */
final class GkeSettings {
  private static final String MODE = "assign_to";
  private static final String NODE_POOL = "node_pool_name";
  private static final Map<String, List<String>> FIELDS = new LinkedHashMap<>();

  static {
    FIELDS.put("node_pool", List.of(NODE_POOL, "cpu", "memory_m", "gpu_count"));
    FIELDS.put("machine", List.of(NODE_POOL, "process_per_machine"));
    FIELDS.put("gpu", List.of(NODE_POOL));
    FIELDS.put("resource", List.of(NODE_POOL, "cpu", "memory_m", "gpu_type", "gpu_count"));
  }

  private final KubeProcessSpec process;
  private final Map<String, Object> given = new LinkedHashMap<>();
  private final String mode;

  GkeSettings(KubeProcessSpec process, Map<String, ?> settings) {
    this.process = process;
    for (Map.Entry<String, ?> entry : settings.entrySet()) {
      if (entry.getValue() != null) {
        given.put(entry.getKey(), entry.getValue());
      }
    }
    String word = text(MODE);
    List<String> known = FIELDS.get(word);
    if (word == null || known == null) {
      throw problem(MODE + " is " + word + "; use one of " + String.join(", ", FIELDS.keySet()));
    }
    mode = word;
    for (String field : given.keySet()) {
      if (!field.equals(MODE) && !known.contains(field)) {
        throw problem(
            "with "
                + MODE
                + " "
                + word
                + " there is no setting '"
                + field
                + "'; there are "
                + String.join(", ", known));
      }
    }
  }

  String mode() {
    return mode;
  }

  String nodePool() {
    String pool = text(NODE_POOL);
    if (pool == null) {
      throw problem(NODE_POOL + " is missing");
    }
    return pool;
  }

  int processesPerMachine() {
    return whole("process_per_machine", 1);
  }

  Resources resources() {
    Object cpu = given.get("cpu");
    String memory = given.containsKey("memory_m") ? whole("memory_m", 0) + "Mi" : null;
    String processors = cpu == null ? null : Quantity.text(cpu);
    return new Resources(processors, memory, whole("gpu_count", 0));
  }

  @Nullable String text(String field) {
    Object value = given.get(field);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw problem(field + " must be a text, found " + value);
  }

  private int whole(String field, int otherwise) {
    Object value = given.get(field);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number) {
      return number.intValue();
    }
    throw problem(field + " must be a number, found " + value);
  }

  private SymphonyException problem(String what) {
    return new SymphonyException("process " + process + ": " + what);
  }
}
