package dev.symphony.kube.internal.state;

import dev.symphony.engine.ProcessName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pods as the attempts of processes. */
final class AttemptList {
  private final List<Pod> pods;

  AttemptList(List<Pod> pods) {
    this.pods = new ArrayList<>(pods);
    this.pods.sort((a, b) -> Integer.compare(a.attempt, b.attempt));
  }

  /** Those of one process, in order. */
  List<Attempt> of(ProcessName process) {
    List<Attempt> attempts = new ArrayList<>(1);
    for (Pod pod : pods) {
      if (Pod.key(process).equals(pod.key())) {
        attempts.add(attempt(process, pod));
      }
    }
    return attempts;
  }

  /** Those of all processes, each in order. */
  Map<ProcessName, List<Attempt>> all() {
    Map<ProcessName, List<Attempt>> all = new LinkedHashMap<>();
    for (Pod pod : pods) {
      if (pod.key() != null) {
        for (String member : pod.members()) {
          ProcessName process = new ProcessName(pod.group, member);
          all.computeIfAbsent(process, name -> new ArrayList<>(1)).add(attempt(process, pod));
        }
      }
    }
    return all;
  }

  private static Attempt attempt(ProcessName process, Pod pod) {
    Container container = Pod.container(pod.containers, process.name());
    return new Attempt(
        process,
        pod.name,
        pod.uid,
        container.name,
        pod.attempt,
        pod.node,
        pod.phase,
        container.restarts,
        container.running,
        container.hasRun(),
        new Diagnosis(process, pod, container).hasEnded(),
        startedAt(container),
        previousStartedAt(container));
  }

  private static @Nullable Instant startedAt(Container container) {
    Ended last = container.lastEnd();
    return container.running || last == null ? container.startedAt : last.start();
  }

  /** While it waits for its next run, nothing is known of more than its last one. */
  private static @Nullable Instant previousStartedAt(Container container) {
    Ended before = container.last;
    return before != null && (container.running || container.hasEnded()) ? before.start() : null;
  }
}
