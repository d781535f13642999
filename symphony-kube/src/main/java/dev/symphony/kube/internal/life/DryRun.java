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

/**
 * Has the server check objects without keeping them.
 *
 * <p>The objects of a namespace that is still to be made are shown to the server as if they were
 * for the namespace {@code default}: it refuses everything in one that does not exist. What it
 * forbids there says nothing about the experiment's own namespace and is told, not thrown.
 */
final class DryRun {
  private static final String STAND_IN = "default";

  private final KubeApi api;
  private final PlannedExperiment plan;
  private final String namespace;
  private final Findings refusals = new Findings();
  private final Findings unseen = new Findings();

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
    List<String> refused = refusals.lines();
    if (!refused.isEmpty()) {
      throw new SymphonyException(String.join("\n", refused));
    }
    return notes();
  }

  private void check(int place, Map<String, Object> object) {
    try {
      api.create(
          KubeObjects.collection(namespace, object) + Creation.STRICT + "&dryRun=All",
          moved(object),
          true);
    } catch (ApiException e) {
      if (e.status() == 0 || e.status() == 401) {
        throw e;
      }
      boolean mayDiffer = !plan.shared() && (e.status() == 403 || e.status() == 409);
      (mayDiffer ? unseen : refusals)
          .add(place, KubeObjects.subject(object), String.valueOf(e.getMessage()));
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
    notes.addAll(unseen.lines());
    notes.add("whether quotas suffice for all objects together was not checked");
    return notes;
  }
}
