package dev.symphony.kube.internal.state;

import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.ProcessDescription;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.PlannedProcess;
import dev.symphony.kube.internal.plan.StoredPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All there is to say of one process, from its pod, the plan and the cluster's events. */
final class Inspection {
  private static final int EVENTS = 3;

  private final KubeApi api;
  private final Observer observer;
  private final Place place;

  Inspection(KubeApi api, Observer observer, Place place) {
    this.api = api;
    this.observer = observer;
    this.place = place;
  }

  /** Collects it. */
  ProcessDescription of(ProcessName process) {
    StoredPlan plan = observer.plan(place);
    PlannedProcess planned = planned(plan, process);
    List<Pod> pods = observer.read(place, process);
    Pods all = new Pods(pods);
    Pod newest = all.of(process);
    List<ServiceAddress> services = new ArrayList<>();
    for (ServiceAddress service : observer.addresses(place, plan)) {
      if (service.process().equals(process)) {
        services.add(service);
      }
    }
    ProcessStatus status =
        newest == null
            ? observer.missing(place, plan, planned, all)
            : Pods.status(process, planned.container(), newest);
    return new ProcessDescription(
        status,
        planned.command(),
        planned.shell(),
        planned.directory(),
        new TreeMap<>(planned.environment()),
        planned.secrets(),
        services,
        null,
        newest == null ? gone(planned) : details(planned, newest, pods.size()));
  }

  private PlannedProcess planned(StoredPlan plan, ProcessName process) {
    for (PlannedProcess planned : plan.processes()) {
      if (planned.name().equals(process)) {
        return planned;
      }
    }
    throw new NotFoundException("experiment " + place.experiment() + " has no process " + process);
  }

  private Map<String, String> gone(PlannedProcess planned) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("namespace", place.namespace());
    details.put("pod", planned.pod() + " (not there)");
    details.put("image", planned.image());
    addEvents(details, "involvedObject.name=" + planned.pod());
    details.put("launch", place.launchId());
    return details;
  }

  private Map<String, String> details(PlannedProcess planned, Pod newest, int attempts) {
    Map<String, Object> pod = api.find(path("pods/" + KubeApi.encode(newest.name)));
    Map<String, String> details = new LinkedHashMap<>();
    details.put("namespace", place.namespace());
    details.put("pod", newest.name);
    add(details, "pod IP", Tree.text(pod, "status", "podIP"));
    Object container = container(pod, planned.container());
    details.put("image", planned.image());
    add(details, "image id", Tree.text(container, "imageID"));
    details.put("attempts", Integer.toString(attempts));
    Ended last = Pod.container(newest.containers, planned.container()).last;
    if (last != null) {
      details.put("last run", last.brief() + (last.end() == null ? "" : " at " + last.end()));
    }
    addConditions(details, pod);
    addEvents(details, "involvedObject.uid=" + newest.uid + ",type=Warning");
    details.put("launch", place.launchId());
    return details;
  }

  private static @Nullable Object container(@Nullable Object pod, String name) {
    for (Object status : Tree.list(pod, "status", "containerStatuses")) {
      if (name.equals(Tree.text(status, "name"))) {
        return status;
      }
    }
    return null;
  }

  private static void add(Map<String, String> details, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      details.put(key, value);
    }
  }

  /**
   * What keeps a pod from running, or has ended it; that a pod which has ended is not ready goes.
   */
  private static void addConditions(Map<String, String> details, @Nullable Object pod) {
    String phase = Tree.text(pod, "status", "phase");
    boolean ended = "Succeeded".equals(phase) || "Failed".equals(phase);
    for (Object condition : Tree.list(pod, "status", "conditions")) {
      String type = Tree.text(condition, "type");
      String status = Tree.text(condition, "status");
      boolean news =
          "DisruptionTarget".equals(type)
              ? "True".equals(status)
              : !ended && !"True".equals(status);
      if (news) {
        String why = Events.text(condition);
        details.put("condition " + type, status + (why.isEmpty() ? "" : ": " + why));
      }
    }
  }

  /** The newest events of the pod. */
  private void addEvents(Map<String, String> details, String selector) {
    List<Object> events;
    try {
      events = Events.list(api, place, selector);
    } catch (ApiException e) {
      details.put("event", "cannot be read: " + e.getMessage());
      return;
    }
    for (int i = 0; i < events.size() && i < EVENTS; i++) {
      details.put(i == 0 ? "event" : "event " + (i + 1), eventText(events.get(i)));
    }
  }

  private static String eventText(Object event) {
    long count = Tree.number(event, Tree.number(event, 1, "count"), "series", "count");
    String times = count > 1 ? " (" + count + " times) " : " ";
    return Events.when(event) + times + Events.text(event);
  }

  private String path(String rest) {
    return "/api/v1/namespaces/" + KubeApi.encode(place.namespace()) + "/" + rest;
  }
}
