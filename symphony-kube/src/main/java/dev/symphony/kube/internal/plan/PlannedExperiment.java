package dev.symphony.kube.internal.plan;

import java.util.List;
import java.util.Map;

/**
 * An experiment compiled for Kubernetes.
 *
 * @param experiment its whole name
 * @param launchId what tells this launch from any other
 * @param namespace where its objects go
 * @param shared whether that namespace is not its own
 * @param holder the object that claims the name and holds all others: the Namespace, or in a shared
 *     namespace the anchor ConfigMap; created first
 * @param others Secrets, ConfigMaps (the plan's among them) and Services, created after the holder
 *     and before pods; values of secrets are real
 * @param pods created last, in declared order
 * @param processes in declared order
 * @param services in declared order
 * @param declaration as it is saved: maps, lists, scalars; no secret in it
 */
public record PlannedExperiment(
    String experiment,
    String launchId,
    String namespace,
    boolean shared,
    Map<String, Object> holder,
    List<Map<String, Object>> others,
    List<Map<String, Object>> pods,
    List<PlannedProcess> processes,
    List<PlannedService> services,
    Map<String, Object> declaration) {}
