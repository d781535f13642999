package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.spi.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who shares a pod.
 *
 * @param name the group's name, or that of a process of its own
 * @param group the group; null for a process of its own
 * @param processes in declared order, at least one
 */
record PodShape(String name, @Nullable ProcessGroupSpec group, List<ProcessSpec> processes) {

  /** The pods of an experiment: those of groups, then those of processes of their own. */
  static List<PodShape> of(ExperimentSpec spec, Problems problems) {
    List<PodShape> pods = new ArrayList<>();
    Map<String, PodShape> byName = new HashMap<>();
    for (ProcessGroupSpec group : spec.listProcessGroups()) {
      if (!group.listProcesses().isEmpty()) {
        PodShape pod = new PodShape(group.getName(), group, List.copyOf(group.listProcesses()));
        byName.put(pod.name, pod);
        pods.add(pod);
      }
    }
    for (ProcessSpec process : spec.listProcesses()) {
      if (byName.containsKey(process.getName())) {
        problems.add(
            "process "
                + process.getName()
                + " and process group "
                + process.getName()
                + " would both be the pod "
                + process.getName()
                + "; rename one");
      }
      pods.add(new PodShape(process.getName(), null, List.of(process)));
    }
    return pods;
  }

  /** The pod of each process. */
  static Map<ProcessName, PodShape> byProcess(List<PodShape> pods) {
    Map<ProcessName, PodShape> byProcess = new HashMap<>();
    for (PodShape pod : pods) {
      for (ProcessSpec process : pod.processes) {
        byProcess.put(process.getFullName(), pod);
      }
    }
    return byProcess;
  }

  /** What tells one of its containers from those of all pods, in names of keys. */
  String owner(String container) {
    return group == null && container.equals(name) ? name : name + "." + container;
  }

  /** How it is called in errors. */
  String title() {
    return (group == null ? "process " : "process group ") + name;
  }
}
