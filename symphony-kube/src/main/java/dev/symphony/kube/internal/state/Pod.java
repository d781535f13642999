package dev.symphony.kube.internal.state;

import dev.symphony.engine.ProcessName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is read of a pod. */
final class Pod {
  String name = "";
  String uid = "";
  @Nullable String created;
  boolean deleting;
  @Nullable String process;
  @Nullable String group;
  int attempt = 1;
  @Nullable String place;
  @Nullable String processes;
  @Nullable String successExitCodes;
  @Nullable String stoppedBy;
  @Nullable String stoppedAt;
  @Nullable String endedBefore;
  @Nullable String node;
  String restartPolicy = "Always";
  long deadlineSeconds = -1;
  String phase = "";
  @Nullable String reason;
  @Nullable String message;
  @Nullable Instant startTime;
  @Nullable String unscheduledReason;
  @Nullable String unscheduledMessage;
  @Nullable String readyStatus;
  @Nullable String readyReason;
  boolean containersReady;
  @Nullable String disruption;
  final List<Container> containers = new ArrayList<>(1);
  final List<Container> inits = new ArrayList<>(0);

  /** The container of a name; made where it was not seen yet. */
  static Container container(List<Container> all, String name) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).name.equals(name)) {
        return all.get(i);
      }
    }
    Container fresh = new Container(name);
    all.add(fresh);
    return fresh;
  }

  /** Whether its phase is a last one. */
  boolean isOver() {
    return phase.equals("Failed") || phase.equals("Succeeded");
  }

  /** What tells it from the pods of other processes, attempts aside; null for none of ours. */
  @Nullable String key() {
    return group != null ? "group/" + group : process == null ? null : process;
  }

  /** The same of a planned process. */
  static String key(ProcessName process) {
    return process.group() == null ? process.name() : "group/" + process.group();
  }

  /** Its processes, in declared order, as the names of their containers. */
  List<String> members() {
    List<String> names = new ArrayList<>(containers.size());
    if (group == null) {
      names.add(String.valueOf(process));
    } else if (processes == null) {
      for (Container container : containers) {
        names.add(container.name);
      }
    } else {
      addListed(processes, names);
    }
    return names;
  }

  /** Whether a container had ended by itself before the pod was stopped; null where not noted. */
  @Nullable Boolean endedBeforeStop(String container) {
    if (endedBefore == null) {
      return null;
    }
    List<String> names = new ArrayList<>();
    addListed(endedBefore, names);
    return names.contains(container);
  }

  private static void addListed(String listed, List<String> names) {
    int from = 0;
    while (from < listed.length()) {
      int comma = listed.indexOf(',', from);
      int to = comma < 0 ? listed.length() : comma;
      names.add(listed.substring(from, to));
      from = to + 1;
    }
  }

  /** Where it stands in declared order, from 0; -1 where it does not say. */
  int index() {
    int slash = place == null ? -1 : place.indexOf('/');
    return place == null || slash < 0 ? -1 : number(place.substring(0, slash));
  }

  /** How many pods the plan has; -1 where it does not say. */
  int count() {
    int slash = place == null ? -1 : place.indexOf('/');
    return place == null || slash < 0 ? -1 : number(place.substring(slash + 1));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Whether an exit code is a success of a container. */
  boolean isSuccess(String container, int code) {
    return code == 0 || (successExitCodes != null && listsCode(successExitCodes, container, code));
  }

  /** Reads {@code agent=143,7;eval=143}. */
  private static boolean listsCode(String listed, String container, int code) {
    for (String each : listed.split(";")) {
      if (each.startsWith(container + "=")) {
        String codes = "," + each.substring(container.length() + 1) + ",";
        return codes.contains("," + code + ",");
      }
    }
    return false;
  }
}
