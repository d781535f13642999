package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.Problems;
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
  private final boolean mountsFiles;
  private final Problems problems;
  private final Map<PodShape, Map<String, String>> roles = new HashMap<>();

  PodWriter(
      Scope scope,
      Fragments fragments,
      ContainerWriter containers,
      boolean mountsFiles,
      Problems problems) {
    this.scope = scope;
    this.fragments = fragments;
    this.containers = containers;
    this.mountsFiles = mountsFiles;
    this.problems = problems;
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
    Map<String, Object> pod =
        scope.make(
            "Pod",
            shape.name(),
            shape.group() == null ? Names.PROCESS : Names.GROUP,
            shape.name(),
            Names.ATTEMPT,
            "1");
    Tree.make(pod, "metadata", "labels").putAll(roles.getOrDefault(shape, Map.of()));
    Map<String, Object> annotations = Tree.make(pod, "metadata", "annotations");
    annotations.put(Names.PLACE, place);
    if (shape.group() != null) {
      annotations.put(Names.PROCESSES, names(shape));
    }
    String success = successExitCodes(shape);
    if (!success.isEmpty()) {
      annotations.put(Names.SUCCESS, success);
    }

    Map<String, Object> spec = Tree.make(pod, "spec");
    List<Object> written = new ArrayList<>();
    Set<String> policies = new LinkedHashSet<>();
    for (ProcessSpec process : shape.processes()) {
      ContainerWriter.Written one = containers.write(process, shape);
      written.add(one.container());
      processes.add(one.process());
      policies.add(restartPolicy(process));
    }
    spec.put("restartPolicy", policies.size() == 1 ? policies.iterator().next() : "Never");
    if (policies.size() > 1) {
      for (int i = 0; i < written.size(); i++) {
        Map<String, Object> own = Tree.of("restartPolicy", restartPolicy(shape.processes().get(i)));
        own.putAll(Tree.of("restartPolicy", Tree.at(written.get(i), "restartPolicy")));
        Tree.map(written.get(i)).putAll(own);
      }
    }
    spec.put("terminationGracePeriodSeconds", gracePeriod(shape));
    spec.put("enableServiceLinks", false);
    spec.put("containers", written);
    if (mountsFiles) {
      Tree.makeList(spec, "volumes").add(SecretFiles.volume(scope));
    }
    for (Map<String, Object> fragment : fragments.pod(shape)) {
      Tree.merge(pod, fragment);
    }
    return pod;
  }

  private static String names(PodShape shape) {
    List<String> names = new ArrayList<>();
    for (ProcessSpec process : shape.processes()) {
      names.add(process.getName());
    }
    return String.join(",", names);
  }

  private static String successExitCodes(PodShape shape) {
    List<String> all = new ArrayList<>();
    for (ProcessSpec process : shape.processes()) {
      List<String> codes = new ArrayList<>();
      for (int code : new TreeSet<>(process.getSuccessExitCodes())) {
        codes.add(Integer.toString(code));
      }
      if (!codes.isEmpty()) {
        all.add(process.getName() + "=" + String.join(",", codes));
      }
    }
    return String.join(";", all);
  }

  private static long gracePeriod(PodShape shape) {
    Duration longest = Duration.ZERO;
    for (ProcessSpec process : shape.processes()) {
      Duration period = process.getGracePeriod();
      longest = period.compareTo(longest) > 0 ? period : longest;
    }
    return longest.plusNanos(999_999_999).toSeconds();
  }

  private String restartPolicy(ProcessSpec process) {
    RestartPolicy policy = process.getRestartPolicy();
    Integer maximum = policy.maximum();
    if (policy.kind() == RestartPolicy.Kind.NEVER || (maximum != null && maximum == 0)) {
      return "Never";
    }
    return policy.kind() == RestartPolicy.Kind.ALWAYS ? "Always" : "OnFailure";
  }

  /** Refuses what the restarts of a pod's containers cannot do. */
  void checkRestarts(ProcessSpec process) {
    if (restartPolicy(process).equals("Never")) {
      return;
    }
    if (process.getRestartPolicy().maximum() != null) {
      problems.add(
          "process "
              + process
              + ": restart(…) with a maximum is not possible on kube yet: a node restarts without"
              + " limit; leave the maximum out, or do not restart");
    }
    if (!process.getSuccessExitCodes().isEmpty()) {
      problems.add(
          "process "
              + process
              + ": successExitCodes(…) together with restart(…) is not possible on kube yet: a node"
              + " takes 0 alone for a success; leave one out");
    }
  }
}
