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
    return KubeObjects.name(object);
  }

  /** The name of its first attempt. */
  String plannedName() {
    String suffix = NextPod.suffix(attempt());
    String name = name();
    return attempt() > 1 && name.endsWith(suffix)
        ? name.substring(0, name.length() - suffix.length())
        : name;
  }

  /** What people call it: its process, or its group. */
  String title() {
    return group() == null ? members().get(0).name() : group() + "/";
  }

  String uid() {
    return KubeObjects.uid(object);
  }

  String resourceVersion() {
    String version = Tree.text(object, "metadata", "resourceVersion");
    return version == null ? "" : version;
  }

  @Nullable String node() {
    return Tree.text(object, "spec", "nodeName");
  }

  @Nullable String group() {
    return KubeObjects.label(object, Names.GROUP);
  }

  /** Which attempt by the user's hand, from 1. */
  int attempt() {
    String number = KubeObjects.label(object, Names.ATTEMPT);
    return number == null ? 1 : Integer.parseInt(number);
  }

  /** What all attempts of one planned pod have in common, and nothing else has. */
  String key() {
    return key(object);
  }

  /** The same of a planned pod. */
  static String key(Map<String, Object> pod) {
    String group = KubeObjects.label(pod, Names.GROUP);
    return group == null ? String.valueOf(KubeObjects.label(pod, Names.PROCESS)) : "group/" + group;
  }

  /** The same of a process. */
  static String key(ProcessName process) {
    return process.group() == null ? process.name() : "group/" + process.group();
  }

  /** The grace period in seconds. */
  long grace() {
    return Tree.number(object, 30, "spec", "terminationGracePeriodSeconds");
  }

  /** Its processes, in declared order. */
  List<ProcessName> members() {
    List<ProcessName> members = new ArrayList<>();
    if (group() == null) {
      members.add(new ProcessName(null, String.valueOf(KubeObjects.label(object, Names.PROCESS))));
      return members;
    }
    String listed = Tree.text(object, "metadata", "annotations", Names.PROCESSES);
    if (listed != null) {
      for (String name : listed.split(",")) {
        members.add(new ProcessName(group(), name));
      }
      return members;
    }
    for (Object container : Tree.list(object, "spec", "containers")) {
      members.add(new ProcessName(group(), String.valueOf(Tree.text(container, "name"))));
    }
    return members;
  }

  /** Those of {@link #members} that have ended and will not run again by themselves. */
  List<ProcessName> ended() {
    if (hasEnded()) {
      return members();
    }
    List<ProcessName> ended = new ArrayList<>();
    for (ProcessName member : members()) {
      if (hasEnded(member.name())) {
        ended.add(member);
      }
    }
    return ended;
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

  /** Whether somebody has deleted it, and its kubelet is yet to agree. */
  boolean isBeingDeleted() {
    return KubeObjects.isTerminating(object);
  }

  /** Whether any of its containers runs or has run, as far as its kubelet has said. */
  boolean hasRun() {
    return hasRun("initContainerStatuses") || hasRun("containerStatuses");
  }

  private boolean hasRun(String statuses) {
    for (Object status : Tree.list(object, "status", statuses)) {
      if (Tree.at(status, "state", "running") != null
          || Tree.at(status, "state", "terminated") != null
          || Tree.at(status, "lastState", "terminated") != null) {
        return true;
      }
    }
    return false;
  }

  private boolean hasEnded(String container) {
    Object status = named(Tree.list(object, "status", "containerStatuses"), container);
    Object terminated = Tree.at(status, "state", "terminated");
    if (terminated == null) {
      return false;
    }
    String policy =
        Tree.text(named(Tree.list(object, "spec", "containers"), container), "restartPolicy");
    if (policy == null) {
      policy = Tree.text(object, "spec", "restartPolicy");
    }
    boolean succeeded = Tree.number(terminated, 1, "exitCode") == 0;
    return "Never".equals(policy) || ("OnFailure".equals(policy) && succeeded);
  }

  private static @Nullable Object named(List<Object> items, String name) {
    for (Object item : items) {
      if (name.equals(Tree.text(item, "name"))) {
        return item;
      }
    }
    return null;
  }
}
