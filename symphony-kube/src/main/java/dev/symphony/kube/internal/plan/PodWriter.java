package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.kube.internal.api.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes pods. */
final class PodWriter {
  private final Scope scope;
  private final Fragments fragments;
  private final ContainerWriter containers;
  private final Hiding hiding;
  private final Map<PodShape, Map<String, String>> roles = new HashMap<>();

  PodWriter(Scope scope, Fragments fragments, ContainerWriter containers, Hiding hiding) {
    this.scope = scope;
    this.fragments = fragments;
    this.containers = containers;
    this.hiding = hiding;
  }

  /** Marks a pod as one that provides a service. */
  void provides(PodShape pod, String service, boolean bound) {
    roles
        .computeIfAbsent(pod, shape -> new LinkedHashMap<>())
        .put(Names.provides(service), ServiceWriter.role(bound));
  }

  /**
   * Writes one.
   *
   * @param place its place in declared order, {@code 3/500}
   * @param processes takes what the plan says of its processes
   */
  Map<String, Object> write(PodShape shape, String place, List<PlannedProcess> processes) {
    String kind = shape.group() == null ? Names.PROCESS : Names.GROUP;
    Map<String, Object> pod = scope.make("Pod", shape.name(), kind, shape.name());
    Map<String, Object> labels = Tree.make(pod, "metadata", "labels");
    labels.put(Names.ATTEMPT, "1");
    labels.putAll(roles.getOrDefault(shape, Map.of()));
    Tree.make(pod, "metadata").put("annotations", annotations(shape, place));

    List<Object> written = new ArrayList<>();
    Set<String> policies = new LinkedHashSet<>();
    for (ProcessSpec process : shape.processes()) {
      ContainerWriter.Written one = containers.write(process, shape);
      written.add(one.container());
      processes.add(one.process());
      policies.add(restartPolicy(process));
    }
    Map<String, Object> spec = Tree.make(pod, "spec");
    if (policies.size() == 1) {
      spec.put("restartPolicy", policies.iterator().next());
    } else {
      spec.put("restartPolicy", "Never");
      for (int i = 0; i < written.size(); i++) {
        Tree.map(written.get(i)).put("restartPolicy", restartPolicy(shape.processes().get(i)));
      }
    }
    spec.put("terminationGracePeriodSeconds", gracePeriod(shape));
    spec.put("enableServiceLinks", false);
    spec.put("containers", written);
    if (!fragments.secretFiles().isEmpty()) {
      Tree.makeList(spec, "volumes").add(MountedFiles.volume(scope));
    }
    for (Map<String, Object> fragment : fragments.pod(shape)) {
      Tree.merge(pod, fragment);
    }
    hiding.hide(shape, pod);
    return pod;
  }

  private static Map<String, Object> annotations(PodShape shape, String place) {
    Map<String, Object> annotations = Tree.of(Names.PLACE, place);
    List<String> names = new ArrayList<>();
    List<String> successes = new ArrayList<>();
    for (ProcessSpec process : shape.processes()) {
      names.add(process.getName());
      List<String> codes = new ArrayList<>();
      for (int code : new TreeSet<>(process.getSuccessExitCodes())) {
        codes.add(Integer.toString(code));
      }
      if (!codes.isEmpty()) {
        successes.add(process.getName() + "=" + String.join(",", codes));
      }
    }
    if (shape.group() != null) {
      annotations.put(Names.PROCESSES, String.join(",", names));
    }
    if (!successes.isEmpty()) {
      annotations.put(Names.SUCCESS, String.join(";", successes));
    }
    return annotations;
  }

  private static int gracePeriod(PodShape shape) {
    Duration longest = Duration.ZERO;
    for (ProcessSpec process : shape.processes()) {
      Duration period = process.getGracePeriod();
      longest = period.compareTo(longest) > 0 ? period : longest;
    }
    return (int) Math.min(Integer.MAX_VALUE, longest.plusNanos(999_999_999).toSeconds());
  }

  /** Kubernetes' word for when a process runs again. */
  static String restartPolicy(ProcessSpec process) {
    RestartPolicy policy = process.getRestartPolicy();
    Integer maximum = policy.maximum();
    if (policy.kind() == RestartPolicy.Kind.NEVER || (maximum != null && maximum == 0)) {
      return "Never";
    }
    return policy.kind() == RestartPolicy.Kind.ALWAYS ? "Always" : "OnFailure";
  }
}
