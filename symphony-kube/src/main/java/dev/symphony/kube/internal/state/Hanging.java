package dev.symphony.kube.internal.state;

import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds why containers are not made: of a volume that cannot be mounted, or a network that cannot
 * be set up, a pod says nothing, and only the cluster's events do.
 */
final class Hanging {
  /** Within so long containers are made as a rule, but for images, of which the pod does tell. */
  private static final Duration USUAL = Duration.ofSeconds(10);

  private final KubeApi api;
  private final Place place;

  Hanging(KubeApi api, Place place) {
    this.api = api;
    this.place = place;
  }

  /** The same with the newest warning as the message of each that hangs; asks only for those. */
  List<ProcessStatus> explained(List<ProcessStatus> processes, Pods pods, Instant now) {
    Instant latest = now.minus(USUAL);
    List<ProcessStatus> explained = null;
    Map<String, String> warnings = Map.of();
    for (int i = 0; i < processes.size(); i++) {
      ProcessStatus process = processes.get(i);
      Pod pod = pods.of(process.name());
      if (pod == null || !hangs(process, pod, latest)) {
        continue;
      }
      if (explained == null) {
        explained = new ArrayList<>(processes);
        warnings = warnings();
      }
      explained.set(i, withMessage(process, warnings.get(pod.uid)));
    }
    return explained == null ? processes : explained;
  }

  private static boolean hangs(ProcessStatus process, Pod pod, Instant latest) {
    String reason = process.reason();
    Instant begin = pod.startTime;
    return process.state() == State.PENDING
        && ("ContainerCreating".equals(reason) || "PodInitializing".equals(reason))
        && process.message() == null
        && begin != null
        && begin.isBefore(latest);
  }

  /** The newest warning of each thing, by its uid; none where they cannot be read. */
  private Map<String, String> warnings() {
    Map<String, String> warnings = new HashMap<>();
    try {
      for (Object event : Events.list(api, place, "type=Warning")) {
        String uid = Tree.text(event, "involvedObject", "uid");
        if (uid != null) {
          warnings.putIfAbsent(uid, Events.text(event));
        }
      }
    } catch (ApiException e) {
      return Map.of(); // The state itself is known, and some may not read events.
    }
    return warnings;
  }

  private static ProcessStatus withMessage(ProcessStatus process, @Nullable String message) {
    return new ProcessStatus(
        process.name(),
        process.state(),
        process.reason(),
        message,
        process.ready(),
        process.restarts(),
        process.exitCode(),
        process.signal(),
        process.start(),
        process.end(),
        process.node());
  }
}
