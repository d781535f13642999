package dev.symphony.kube.internal.life;

import dev.symphony.engine.ProcessName;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pod of an experiment as it is now. */
final class LivePod {
  private final Map<String, Object> object;

  LivePod(Map<String, Object> object) {
    this.object = object;
  }

  String name() {
    return Objects.name(object);
  }

  String uid() {
    return Objects.uid(object);
  }

  String resourceVersion() {
    String version = Tree.text(object, "metadata", "resourceVersion");
    return version == null ? "" : version;
  }

  @Nullable String node() {
    return Tree.text(object, "spec", "nodeName");
  }

  @Nullable String group() {
    return Objects.label(object, Names.GROUP);
  }

  /** Which attempt by the user's hand, from 1. */
  int attempt() {
    String number = Objects.label(object, Names.ATTEMPT);
    return number == null ? 1 : Integer.parseInt(number);
  }

  /** What all attempts of one planned pod have in common. */
  String key() {
    return key(object);
  }

  /** What all attempts of one planned pod have in common. */
  static String key(Map<String, Object> pod) {
    String group = Objects.label(pod, Names.GROUP);
    return group == null ? "process " + Objects.label(pod, Names.PROCESS) : "group " + group;
  }

  /** The grace period in seconds. */
  long grace() {
    return Tree.number(object, 30, "spec", "terminationGracePeriodSeconds");
  }

  /** Its containers under the names of processes; some may be no processes. */
  List<ProcessName> members() {
    List<ProcessName> members = new ArrayList<>();
    for (Object container : Tree.list(object, "spec", "containers")) {
      members.add(member(container));
    }
    return members;
  }

  /** Those of {@link #members} that run or are still to run. */
  List<ProcessName> unended() {
    List<ProcessName> unended = new ArrayList<>();
    if (hasEnded()) {
      return unended;
    }
    for (Object container : Tree.list(object, "spec", "containers")) {
      if (!hasEnded(container)) {
        unended.add(member(container));
      }
    }
    return unended;
  }

  /** Whether all its containers have ended and none will run again. */
  boolean hasEnded() {
    String phase = Tree.text(object, "status", "phase");
    if (!"Succeeded".equals(phase) && !"Failed".equals(phase)) {
      return false;
    }
    for (Object status : Tree.list(object, "status", "containerStatuses")) {
      if (Tree.at(status, "state", "running") != null) {
        return false;
      }
    }
    return true;
  }

  private boolean hasEnded(Object container) {
    Object terminated = Tree.at(status(container), "state", "terminated");
    if (terminated == null) {
      return false;
    }
    String policy = Tree.text(container, "restartPolicy");
    if (policy == null) {
      policy = Tree.text(object, "spec", "restartPolicy");
    }
    boolean succeeded = Tree.number(terminated, 1, "exitCode") == 0;
    return "Never".equals(policy) || "OnFailure".equals(policy) && succeeded;
  }

  private @Nullable Object status(Object container) {
    for (Object status : Tree.list(object, "status", "containerStatuses")) {
      if (String.valueOf(Tree.text(container, "name")).equals(Tree.text(status, "name"))) {
        return status;
      }
    }
    return null;
  }

  private ProcessName member(Object container) {
    return new ProcessName(group(), String.valueOf(Tree.text(container, "name")));
  }
}
