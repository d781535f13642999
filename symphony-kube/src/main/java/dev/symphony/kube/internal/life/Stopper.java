package dev.symphony.kube.internal.life;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.plan.Names;
import dev.symphony.kube.internal.plan.PlannedProcess;
import dev.symphony.kube.internal.plan.StoredPlan;
import dev.symphony.kube.internal.state.Observer;
import dev.symphony.kube.internal.state.Place;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Ends pods and keeps them with their logs, and runs ended ones again. */
public final class Stopper {
  private final KubeApi api;
  private final Observer observer;
  private final InstantSource clock;
  private final Consumer<String> progress;

  /**
   * Acts through an API.
   *
   * @param progress told what it waits for
   */
  public Stopper(KubeApi api, Observer observer, InstantSource clock, Consumer<String> progress) {
    this.api = api;
    this.observer = observer;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Ends the pods of these processes and waits until they have ended.
   *
   * <p>Kubernetes keeps pod and log only of what ends within its grace period: a pod killed at once
   * is a pod deleted. So the grace period is given in any case.
   *
   * @param by who stops, {@code user@host}
   * @param withoutGrace whether the grace period is to be left out, which is told to be impossible
   * @return those that had not ended
   * @throws UsageException where part of a group's pod is named
   * @throws SymphonyException where some do not end well after their grace period
   */
  public List<ProcessName> stop(
      Place place, List<ProcessName> processes, String by, boolean withoutGrace) {
    List<LivePod> pods = pods(place);
    requireWholeGroups(place, processes, pods, "stops");
    Set<ProcessName> named = new HashSet<>(processes);
    Set<ProcessName> running = new HashSet<>();
    List<LivePod> targets = new ArrayList<>();
    for (LivePod pod : pods) {
      if (!pod.hasEnded() && containsAny(named, pod.members())) {
        targets.add(pod);
        running.addAll(pod.members());
        running.removeAll(pod.ended());
      }
    }
    if (withoutGrace && !targets.isEmpty()) {
      progress.accept(
          "Kubernetes keeps the log only of what ends within its grace period, so that is given");
    }
    Stop stop = new Stop(api, place, by, clock, progress);
    stop.endAll(targets);
    return only(processes, running);
  }

  /**
   * Makes a new pod beside each ended one, and one in the place of each that is gone.
   *
   * @return those that were started
   * @throws UsageException where part of a group's pod is named
   */
  public List<ProcessName> start(Place place, List<ProcessName> processes) {
    List<LivePod> pods = pods(place);
    requireWholeGroups(place, processes, pods, "starts");
    StoredPlan plan = observer.plan(place);
    Set<String> wanted = new HashSet<>();
    for (ProcessName process : processes) {
      wanted.add(LivePod.key(process));
    }
    Map<String, Integer> attempts = new TreeMap<>();
    for (LivePod pod : pods) {
      if (!pod.hasEnded()) {
        wanted.remove(pod.key());
      }
      attempts.merge(pod.key(), pod.attempt(), Math::max);
    }
    List<Map<String, Object>> again = new ArrayList<>();
    Set<String> started = new HashSet<>();
    for (Map<String, Object> planned : plan.pods()) {
      String key = LivePod.key(planned);
      if (wanted.contains(key)) {
        started.add(key);
        again.add(NextPod.of(planned, attempts.getOrDefault(key, 0) + 1));
      }
    }
    new Creation(api.withPatience(Launcher.OUTAGE, progress), place).createAll(again);
    forgetStops(place, plan, again);
    List<ProcessName> result = new ArrayList<>();
    for (ProcessName process : processes) {
      if (started.contains(LivePod.key(process))) {
        result.add(process);
      }
    }
    return result;
  }

  private void forgetStops(Place place, StoredPlan plan, List<Map<String, Object>> started) {
    PlanNotes notes = new PlanNotes(api, place);
    for (Map<String, Object> pod : started) {
      String planned = new LivePod(pod).plannedName();
      if (plan.annotations().containsKey(Names.stoppedUnstarted(planned))) {
        notes.started(planned);
      }
    }
  }

  private List<LivePod> pods(Place place) {
    List<LivePod> pods = new ArrayList<>();
    for (Map<String, Object> pod : KubeObjects.list(api, place, "pods")) {
      pods.add(new LivePod(pod));
    }
    return pods;
  }

  /** A pod is one thing to Kubernetes: its containers end and start together. */
  private void requireWholeGroups(
      Place place, List<ProcessName> processes, List<LivePod> pods, String verb) {
    Set<String> groups = new HashSet<>();
    for (ProcessName process : processes) {
      if (process.group() != null) {
        groups.add(process.group());
      }
    }
    Set<ProcessName> named = new HashSet<>(processes);
    for (LivePod pod : pods) {
      if (pod.group() != null && groups.remove(pod.group())) {
        requireAll(named, pod.members(), verb);
      }
    }
    if (groups.isEmpty()) {
      return;
    }
    List<ProcessName> members = new ArrayList<>();
    for (PlannedProcess planned : observer.plan(place).processes()) {
      if (groups.contains(planned.name().group())) {
        members.add(planned.name());
      }
    }
    requireAll(named, members, verb);
  }

  private static void requireAll(Set<ProcessName> named, List<ProcessName> members, String verb) {
    for (ProcessName member : members) {
      if (named.contains(member)) {
        continue;
      }
      for (ProcessName other : members) {
        if (named.contains(other) && String.valueOf(other.group()).equals(member.group())) {
          throw new UsageException(
              "process "
                  + other
                  + " runs in the pod of group "
                  + other.group()
                  + ", which "
                  + verb
                  + " as a whole: -p "
                  + other.group()
                  + "/");
        }
      }
    }
  }

  private static boolean containsAny(Set<ProcessName> named, List<ProcessName> members) {
    for (ProcessName member : members) {
      if (named.contains(member)) {
        return true;
      }
    }
    return false;
  }

  private static List<ProcessName> only(
      List<ProcessName> processes, Collection<ProcessName> these) {
    List<ProcessName> only = new ArrayList<>();
    for (ProcessName process : processes) {
      if (these.contains(process)) {
        only.add(process);
      }
    }
    return only;
  }
}
