package dev.symphony.kube.internal.plan;

import dev.symphony.engine.BaseSpec;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.spec.SectionCheck;
import dev.symphony.spi.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the sections {@code kube} of an experiment say, checked. */
final class Fragments {
  private static final List<String> OF_EXPERIMENT = List.of("secrets");
  private static final List<String> OF_GROUP = List.of("pod");
  private static final List<String> OF_PROCESS = List.of("container", "pod", "headless");

  /** What a process may say of the pod that it shares: what its own container needs there. */
  private static final Set<String> OF_SHARED_POD = Set.of("volumes", "initContainers");

  private final Problems problems;
  private final List<String> secretFiles;
  private final Map<ProcessName, Map<String, Object>> containers = new HashMap<>();
  private final Map<PodShape, List<Map<String, Object>>> pods = new HashMap<>();
  private final Set<String> headless = new HashSet<>();

  Fragments(ExperimentSpec spec, List<PodShape> shapes, Problems problems) {
    this.problems = problems;
    secretFiles =
        Section.of(spec, "experiment " + spec.getName(), OF_EXPERIMENT, problems)
            .texts("secrets", "files");
    for (PodShape shape : shapes) {
      List<Map<String, Object>> fragments = new ArrayList<>();
      for (ProcessSpec process : shape.processes()) {
        int known = problems.lines().size();
        read(process, shape, fragments);
        checkValues(process, known);
      }
      ProcessGroupSpec group = shape.group();
      if (group != null) {
        int known = problems.lines().size();
        Section section = Section.of(group, shape.title(), OF_GROUP, problems);
        addPod(section, shape, fragments);
        checkValues(group, known);
      }
      pods.put(shape, fragments);
    }
  }

  /** Checks what a section of the right shape says, as its setters do. */
  private void checkValues(BaseSpec spec, int knownProblems) {
    if (problems.lines().size() == knownProblems) {
      try {
        SectionCheck.of(spec);
      } catch (SymphonyException e) {
        problems.add(e);
      }
    }
  }

  private void read(ProcessSpec process, PodShape shape, List<Map<String, Object>> fragments) {
    Section section = Section.of(process, "process " + process, OF_PROCESS, problems);
    Map<String, Object> container = section.fragment("container");
    if (container.containsKey("name")) {
      section.problem("container.name cannot be given: it is the process's name");
    }
    containers.put(process.getFullName(), container);
    Map<String, Object> pod = addPod(section, shape, fragments);
    if (shape.group() != null) {
      checkShared(section, shape, pod);
    }
    for (String service : section.texts("headless", "services")) {
      headless.add(service);
      if (!process.getBoundServices().containsKey(service)
          && !process.getExposedServices().containsKey(service)) {
        section.problem(
            "headless names service " + service + ", which the process neither binds nor exposes");
      }
    }
  }

  private static void checkShared(Section section, PodShape shape, Map<String, Object> pod) {
    List<String> strange = new ArrayList<>();
    if (pod.containsKey("metadata")) {
      strange.add("metadata");
    }
    for (String field : Tree.map(pod, "spec").keySet()) {
      if (!OF_SHARED_POD.contains(field)) {
        strange.add("spec." + field);
      }
    }
    for (String field : strange) {
      section.problem(
          "pod." + field + " belongs to " + shape.title() + ", whose processes share a pod");
    }
  }

  private static Map<String, Object> addPod(
      Section section, PodShape shape, List<Map<String, Object>> fragments) {
    Map<String, Object> pod = section.podFragment();
    for (String field : List.of("name", "namespace")) {
      if (Tree.at(pod, "metadata", field) != null) {
        section.problem("pod.metadata." + field + " cannot be given: Symphony names its pods");
      }
    }
    for (String field : List.of("labels", "annotations")) {
      for (String label : Tree.map(pod, "metadata", field).keySet()) {
        if (label.contains("symphony.dev/") || label.equals(Names.MANAGED_BY)) {
          section.problem("pod.metadata." + field + ": " + label + " is Symphony's own");
        }
      }
    }
    for (Object container : Tree.list(pod, "spec", "containers")) {
      if (!shape.hasProcess(Tree.text(container, "name"))) {
        section.problem(
            "pod.spec.containers: '"
                + Tree.text(container, "name")
                + "' is no process of this pod; declare a process group, or an init container with"
                + " restartPolicy Always");
      }
    }
    if (!pod.isEmpty()) {
      fragments.add(pod);
    }
    return pod;
  }

  /** The files that every container gets. */
  List<String> secretFiles() {
    return secretFiles;
  }

  /** What is laid over a container. */
  Map<String, Object> container(ProcessName process) {
    return containers.getOrDefault(process, Map.of());
  }

  /** What is laid over a pod, one after the other. */
  List<Map<String, Object>> pod(PodShape shape) {
    return pods.getOrDefault(shape, List.of());
  }

  /** The services whose names lead to their pods directly. */
  Set<String> headless() {
    return headless;
  }
}
