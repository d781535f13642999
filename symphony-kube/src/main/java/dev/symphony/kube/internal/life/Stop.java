package dev.symphony.kube.internal.life;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.KubeApi.Patch;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import dev.symphony.kube.internal.state.Place;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends pods so that they stay with their logs.
 *
 * <p>A deadline of one second makes the kubelet end a pod and keep it. A pod that is on no node yet
 * has no kubelet and no log: that one is deleted, and the plan notes it first. So is one that never
 * ran and does not heed its deadline either, since a kubelet looks at none while it waits for a
 * volume. It gets a moment, because a kubelet says a little later that it has started something.
 */
final class Stop {
  private static final int ATTEMPTS = 10;
  private static final long HEED_SECONDS = 3;
  private static final long FIRST_WORD_SECONDS = 4;
  private static final long WORD_SECONDS = 15;
  private static final long SLACK_SECONDS = 30;
  private static final int NAMED = 5;

  private final KubeApi api;
  private final Place place;
  private final String by;
  private final String at;
  private final PlanNotes notes;
  private final Consumer<String> progress;

  Stop(KubeApi api, Place place, String by, InstantSource clock, Consumer<String> progress) {
    this.api = api.withPatience(Launcher.OUTAGE, progress);
    this.place = place;
    this.by = by;
    this.at = clock.instant().toString();
    this.notes = new PlanNotes(this.api, place);
    this.progress = progress;
  }

  /** Ends all of these and waits until they have ended. */
  void endAll(List<LivePod> pods) {
    Crew.each(pods, this::end);
    await(pods);
  }

  private void end(LivePod pod) {
    try {
      LivePod now = pod;
      for (int attempt = 0; now != null && !now.hasEnded(); attempt++) {
        if (attempt == ATTEMPTS) {
          throw new SymphonyException("it changes too fast to be stopped; try again");
        }
        if (now.node() != null ? setDeadline(now) : deleteUnstarted(now)) {
          return;
        }
        now = again(now);
      }
    } catch (ApiException e) {
      throw cannot(pod, e);
    }
  }

  /** Tells the kubelet to end it; the uid keeps this from another pod of that name. */
  private boolean setDeadline(LivePod pod) {
    List<String> ended = new ArrayList<>();
    for (ProcessName process : pod.ended()) {
      ended.add(process.name());
    }
    Map<String, Object> annotations =
        Tree.of(
            Names.STOPPED_BY, by,
            Names.STOPPED_AT, at,
            Names.ENDED_BEFORE, String.join(",", ended));
    Map<String, Object> change =
        Tree.of(
            "metadata", Tree.of("uid", pod.uid(), "annotations", annotations),
            "spec", Tree.of("activeDeadlineSeconds", 1));
    try {
      api.patch(path(pod), Patch.MERGE, change);
      return true;
    } catch (ApiException e) {
      if (e.status() == 404 || e.status() == 409) {
        return false;
      }
      throw e;
    }
  }

  private void deleteUnheeding(LivePod pod) {
    try {
      deleteUnstarted(pod);
    } catch (ApiException e) {
      throw cannot(pod, e);
    }
  }

  private static SymphonyException cannot(LivePod pod, ApiException e) {
    return new SymphonyException("cannot stop " + names(List.of(pod)) + ": " + e.getMessage(), e);
  }

  /** Deletes it unless the scheduler, or its kubelet, was faster. */
  private boolean deleteUnstarted(LivePod pod) {
    notes.stoppedUnstarted(pod.plannedName(), by, at);
    Map<String, Object> exactly =
        Tree.of(
            "apiVersion",
            "v1",
            "kind",
            "DeleteOptions",
            "preconditions",
            Tree.of("uid", pod.uid(), "resourceVersion", pod.resourceVersion()));
    try {
      api.delete(path(pod), exactly);
      return true;
    } catch (ApiException e) {
      if (e.status() != 409) {
        throw e;
      }
    }
    LivePod now = again(pod);
    if (now != null && now.node() != null) {
      notes.started(pod.plannedName());
    }
    return false;
  }

  private @Nullable LivePod again(LivePod pod) {
    Map<String, Object> now = api.find(path(pod));
    return now == null || !KubeObjects.uid(now).equals(pod.uid()) ? null : new LivePod(now);
  }

  private String path(LivePod pod) {
    return KubeObjects.one(place.namespace(), "pods", pod.name());
  }

  private void await(List<LivePod> pods) {
    Set<String> uids = new HashSet<>();
    long grace = 0;
    for (LivePod pod : pods) {
      uids.add(pod.uid());
      grace = Math.max(grace, pod.grace());
    }
    Pauses pauses = new Pauses(FIRST_WORD_SECONDS);
    while (true) {
      List<LivePod> left = unended(uids);
      if (left.isEmpty()) {
        return;
      }
      if (pauses.seconds() > grace + SLACK_SECONDS) {
        throw late(left, pauses.seconds(), grace);
      }
      if (pauses.seconds() >= HEED_SECONDS) {
        Crew.each(neverRun(left), this::deleteUnheeding);
      }
      if (pauses.isWordDue(WORD_SECONDS)) {
        progress.accept("waiting for " + names(left) + " to end (grace period " + grace + " s)");
      }
      pauses.pause();
    }
  }

  private List<LivePod> unended(Set<String> uids) {
    List<LivePod> unended = new ArrayList<>();
    for (Map<String, Object> object : KubeObjects.list(api, place, "pods")) {
      LivePod pod = new LivePod(object);
      if (uids.contains(pod.uid()) && !pod.hasEnded()) {
        unended.add(pod);
      }
    }
    return unended;
  }

  private static List<LivePod> neverRun(List<LivePod> pods) {
    List<LivePod> neverRun = new ArrayList<>();
    for (LivePod pod : pods) {
      if (!pod.isBeingDeleted() && !pod.hasRun()) {
        neverRun.add(pod);
      }
    }
    return neverRun;
  }

  private static SymphonyException late(List<LivePod> left, long seconds, long grace) {
    Set<String> nodes = new HashSet<>();
    for (LivePod pod : left) {
      nodes.add(String.valueOf(pod.node()));
    }
    return new SymphonyException(
        names(left)
            + " did not end within "
            + seconds
            + " s (grace period "
            + grace
            + " s); node "
            + String.join(", ", nodes)
            + " may not answer, 'p' shows when it does");
  }

  private static String names(List<LivePod> pods) {
    List<String> names = new ArrayList<>();
    for (LivePod pod : pods) {
      names.add(pod.title());
    }
    return Findings.shortened(names, NAMED);
  }
}
