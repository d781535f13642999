package dev.symphony.kube.internal.plan;

import java.util.List;
import java.util.Map;

/**
 * What of a plan the cluster keeps beside the pods: ConfigMaps {@code symphony-plan}, {@code
 * symphony-plan-1}, … (in a shared namespace with {@code EXP-} in front) with gzipped JSON in their
 * {@code binaryData}, each below the size limit. No secret is in it.
 *
 * @param processes in declared order
 * @param services in declared order
 * @param pods as they were created first, in declared order
 * @param annotations those of the first ConfigMap, as they are now
 */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public record StoredPlan(
    List<PlannedProcess> processes,
    List<PlannedService> services,
    List<Map<String, Object>> pods,
    Map<String, Object> annotations) {

  /** The ConfigMaps, without metadata but their names. */
  public List<Map<String, Object>> toConfigMaps(String prefix) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads the ConfigMaps with label {@code symphony.dev/kind=plan} of one experiment, in any order.
   *
   * @throws dev.symphony.engine.SymphonyException where a part is missing or damaged
   */
  public static StoredPlan fromConfigMaps(List<Map<String, Object>> configMaps) {
    throw new UnsupportedOperationException();
  }
}
