package dev.symphony.kube.internal.state;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pods of an experiment, the newest attempt of each. */
final class Pods {
  private final Map<String, Pod> newest = new HashMap<>();
  private int planned = -1;
  private String lastCreated = "";

  Pods(List<Pod> pods) {
    for (Pod pod : pods) {
      String key = pod.key();
      Pod known = key == null ? null : newest.get(key);
      if (key != null && (known == null || known.attempt < pod.attempt)) {
        newest.put(key, pod);
      }
      planned = Math.max(planned, pod.count());
      if (pod.created != null && pod.created.compareTo(lastCreated) > 0) {
        lastCreated = pod.created;
      }
    }
  }

  /** The newest pod of a process; null where it has none. */
  @Nullable Pod of(ProcessName process) {
    return newest.get(Pod.key(process));
  }

  /** When the youngest pod was made; null where there is none. */
  @Nullable Instant lastCreated() {
    return Times.read(lastCreated);
  }

  /** All processes in declared order; null where a pod is missing, so that the plan is needed. */
  @Nullable List<ProcessStatus> all() {
    Pod[] places = ordered();
    if (places == null) {
      return null;
    }
    List<ProcessStatus> processes = new ArrayList<>(places.length);
    for (Pod pod : places) {
      addTo(processes, pod);
    }
    return processes;
  }

  /** The processes of those pods that are there, in natural order of names. */
  List<ProcessStatus> seen() {
    List<ProcessStatus> processes = new ArrayList<>();
    for (Pod pod : newest.values()) {
      addTo(processes, pod);
    }
    processes.sort((a, b) -> a.name().compareTo(b.name()));
    return processes;
  }

  private Pod @Nullable [] ordered() {
    if (planned <= 0 || newest.size() < planned) {
      return null;
    }
    Pod[] places = new Pod[planned];
    int seen = 0;
    for (Pod pod : newest.values()) {
      int index = pod.index();
      if (index >= 0 && index < planned && places[index] == null) {
        places[index] = pod;
        seen++;
      }
    }
    return seen == planned ? places : null;
  }

  private static void addTo(List<ProcessStatus> processes, Pod pod) {
    for (String member : pod.members()) {
      processes.add(status(new ProcessName(pod.group, member), member, pod));
    }
  }

  /** How a process is that has this pod. */
  static ProcessStatus status(ProcessName process, String container, Pod pod) {
    return new Diagnosis(process, pod, Pod.container(pod.containers, container)).status();
  }
}
