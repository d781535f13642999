package dev.symphony.kube.internal.life;

import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.KubeApi.Patch;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import dev.symphony.kube.internal.state.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the first plan object notes of its launch, and of pods that are no more. */
final class PlanNotes {
  private final KubeApi api;
  private final String path;

  PlanNotes(KubeApi api, Place place) {
    this.api = api;
    String name = (place.shared() ? place.experiment() + "-" : "") + "symphony-plan";
    this.path = KubeObjects.one(place.namespace(), "configmaps", name);
  }

  /** Notes that a pod of this planned name was stopped before it ran. */
  void stoppedUnstarted(String plannedPod, String by, String at) {
    write(Names.stoppedUnstarted(plannedPod), by + " " + at);
  }

  /** Takes that back. */
  void started(String plannedPod) {
    write(Names.stoppedUnstarted(plannedPod), null);
  }

  /** Notes that all pods have been created. */
  void launched(String at) {
    write(Names.LAUNCHED, at);
  }

  private void write(String annotation, @Nullable String value) {
    Map<String, Object> annotations = new LinkedHashMap<>();
    // A null takes the annotation away.
    putNullable(annotations, annotation, value);
    api.patch(path, Patch.MERGE, Tree.of("metadata", Tree.of("annotations", annotations)));
  }

  @SuppressWarnings("NullAway")
  private static void putNullable(Map<String, Object> map, String key, @Nullable String value) {
    map.put(key, value);
  }
}
