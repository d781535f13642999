package dev.symphony.kube.internal.life;

import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.PlannedExperiment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Has the server check objects without keeping them.
 *
 * <p>The objects of a namespace that is still to be made are shown to the server as if they were
 * for the namespace {@code default}: it refuses everything in one that does not exist. What it
 * forbids there says nothing about the experiment's own namespace and is told, not thrown.
 */
final class DryRun {
  private static final String STAND_IN = "default";
  private static final int MOST_REFUSALS = 20;

  private final KubeApi api;
  private final PlannedExperiment plan;
  private final String namespace;
  private final ConcurrentSkipListMap<Integer, String> refusals = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<Integer, String> unseen = new ConcurrentSkipListMap<>();

  DryRun(KubeApi api, PlannedExperiment plan) {
    this.api = api;
    this.plan = plan;
    this.namespace = plan.shared() ? plan.namespace() : STAND_IN;
  }

  /** Checks all; see {@link Launcher#validate}. */
  List<String> validate() {
    new Claim(api, plan).dryRun();
    List<Map<String, Object>> objects = new ArrayList<>(plan.others());
    objects.addAll(plan.pods());
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      places.add(i);
    }
    Crew.each(places, place -> check(place, objects.get(place)));
    if (!refusals.isEmpty()) {
      throw new SymphonyException(shortened(refusals.values()));
    }
    return notes();
  }

  private void check(int place, Map<String, Object> object) {
    try {
      api.create(
          Objects.collection(namespace, object) + Creation.STRICT + "&dryRun=All",
          moved(object),
          true);
    } catch (ApiException e) {
      if (e.status() == 0 || e.status() == 401) {
        throw e;
      }
      String line = Objects.subject(object) + ": " + e.getMessage();
      boolean mayDiffer = !plan.shared() && (e.status() == 403 || e.status() == 409);
      (mayDiffer ? unseen : refusals).put(place, line);
    }
  }

  private Map<String, Object> moved(Map<String, Object> object) {
    Map<String, Object> metadata = new LinkedHashMap<>(Tree.map(object, "metadata"));
    metadata.put("namespace", namespace);
    Map<String, Object> moved = new LinkedHashMap<>(object);
    moved.put("metadata", metadata);
    return moved;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!plan.shared()) {
      notes.add(
          "namespace "
              + plan.namespace()
              + " is still to be made: its objects were checked as if they were for namespace "
              + STAND_IN
              + ", without the quotas, limits and policies it will have");
    }
    if (!unseen.isEmpty()) {
      notes.addAll(List.of(shortened(unseen.values()).split("\n")));
    }
    notes.add("whether quotas suffice for all objects together was not checked");
    return notes;
  }

  private static String shortened(java.util.Collection<String> lines) {
    List<String> first = new ArrayList<>(lines);
    int more = first.size() - MOST_REFUSALS;
    if (more > 0) {
      first = new ArrayList<>(first.subList(0, MOST_REFUSALS));
      first.add("and " + more + " more");
    }
    return String.join("\n", first);
  }
}
