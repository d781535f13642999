package dev.symphony.kube.internal.state;

import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.ProcessDescription;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.State;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import dev.symphony.kube.internal.plan.PlannedProcess;
import dev.symphony.kube.internal.plan.StoredPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API says of experiments; changes nothing. */
public final class Observer {
  /** Kubernetes tells when a container ended in whole seconds. */
  public static final Duration GRAIN = Duration.ofSeconds(1);

  /** A launch that has not made a pod for so long was interrupted. */
  private static final Duration LAUNCH_GOES_ON = Duration.ofMinutes(2);

  private final KubeApi api;
  private final Places places;
  private final InstantSource clock;

  /** Observes through an API. */
  public Observer(KubeApi api, Places places, InstantSource clock) {
    this.api = api;
    this.places = places;
    this.clock = clock;
  }

  /** How an experiment is; null where there is none. */
  public @Nullable ExperimentStatus observe(String experiment) {
    Place place = places.find(experiment);
    return place == null ? null : observe(place);
  }

  /** How an experiment is. */
  public ExperimentStatus observe(Place place) {
    Pods pods = new Pods(read(place, null));
    List<ProcessStatus> processes = pods.all();
    if (processes == null) {
      processes = withPlan(place, pods);
    }
    processes = new Hanging(api, place).explained(processes, pods, clock.instant());
    if (processes.isEmpty() && !place.terminating() && mayGrow(place, pods)) {
      return new ExperimentStatus(
          place.experiment(), place.launchId(), place.created(), State.PENDING, processes, null);
    }
    ExperimentStatus status =
        ExperimentStatus.of(
            place.experiment(), place.launchId(), place.created(), processes, GRAIN);
    return place.terminating() ? status.whileDeleting() : status;
  }

  /** Whether its launch may still go on: it, or its youngest pod, is young. */
  private boolean mayGrow(Place place, Pods pods) {
    Instant last = pods.lastCreated();
    Instant begin = last == null || last.isBefore(place.created()) ? place.created() : last;
    return clock.instant().isBefore(begin.plus(LAUNCH_GOES_ON));
  }

  private List<ProcessStatus> withPlan(Place place, Pods pods) {
    List<Map<String, Object>> parts = parts(place);
    if (parts.isEmpty()) {
      return pods.seen();
    }
    StoredPlan plan;
    try {
      plan = StoredPlan.fromConfigMaps(parts);
    } catch (SymphonyException e) {
      // A launch or a deletion that goes on has made, or left, some of its parts.
      if (place.terminating() || mayGrow(place, pods)) {
        return pods.seen();
      }
      throw e;
    }
    List<ProcessStatus> processes = new ArrayList<>(plan.processes().size());
    for (PlannedProcess process : plan.processes()) {
      Pod pod = pods.of(process.name());
      processes.add(
          pod == null
              ? missing(place, plan, process, pods)
              : Pods.status(process.name(), process.container(), pod));
    }
    return processes;
  }

  /** How a process is that has no pod. */
  ProcessStatus missing(Place place, StoredPlan plan, PlannedProcess process, Pods pods) {
    Object stopped = plan.annotations().get(Names.stoppedUnstarted(process.pod()));
    if (stopped != null) {
      return without(process, State.STOPPED, null, "by " + firstWord(stopped.toString()));
    }
    if (place.terminating()) {
      return without(process, State.UNKNOWN, "PodGone", "the experiment is being deleted");
    }
    if (plan.annotations().containsKey(Names.LAUNCHED)) {
      return without(
          process,
          State.UNKNOWN,
          "PodGone",
          "its pod was deleted by somebody, or with its node; 'start' makes a new one");
    }
    if (mayGrow(place, pods)) {
      return without(process, State.PENDING, "PodNotCreated", "its pod is yet to be created");
    }
    return without(
        process,
        State.UNKNOWN,
        "LaunchInterrupted",
        "its pod was never created, because the launch was interrupted; delete the experiment");
  }

  private static ProcessStatus without(
      PlannedProcess process, State state, @Nullable String reason, String message) {
    return new ProcessStatus(
        process.name(), state, reason, message, false, 0, null, null, null, null);
  }

  private static String firstWord(String text) {
    int space = text.indexOf(' ');
    return space < 0 ? text : text.substring(0, space);
  }

  /** The attempts of one process in order; empty where it has no pod. */
  public List<Attempt> attempts(Place place, ProcessName process) {
    return new AttemptList(read(place, process)).of(process);
  }

  /** The attempts of all processes, each in order; those that have no pod are not there. */
  public Map<ProcessName, List<Attempt>> attempts(Place place) {
    return new AttemptList(read(place, null)).all();
  }

  /**
   * The plan that the cluster keeps.
   *
   * @throws SymphonyException where it is not there
   */
  public StoredPlan plan(Place place) {
    List<Map<String, Object>> parts = parts(place);
    if (parts.isEmpty()) {
      throw new SymphonyException(
          "the plan of experiment "
              + place.experiment()
              + " is gone from namespace "
              + place.namespace()
              + ": what runs goes on; to mend it, delete the experiment and launch it again");
    }
    return StoredPlan.fromConfigMaps(parts);
  }

  /** All there is to say of one process. */
  public ProcessDescription inspect(String experiment, ProcessName process) {
    Place place = places.require(experiment);
    return new Inspection(api, this, place).of(process);
  }

  /** The services with their addresses. */
  public List<ServiceAddress> addresses(String experiment) {
    Place place = places.require(experiment);
    return addresses(place, plan(place));
  }

  /** The services of a plan with their addresses. */
  List<ServiceAddress> addresses(Place place, StoredPlan plan) {
    if (plan.services().isEmpty()) {
      return List.of();
    }
    List<Object> objects = Tree.list(api.get(list(place, "services", "")), "items");
    return new Addresses(place, objects).of(plan.services());
  }

  // ---- requests

  /** The pods of an experiment, or of one of its processes. */
  List<Pod> read(Place place, @Nullable ProcessName process) {
    String which = "";
    if (process != null) {
      String group = process.group();
      which = group == null ? Names.PROCESS + "=" + process.name() : Names.GROUP + "=" + group;
    }
    return api.read(list(place, "pods", which), new PodReader());
  }

  private List<Map<String, Object>> parts(Place place) {
    List<Map<String, Object>> parts = new ArrayList<>();
    Map<String, Object> answer = api.get(list(place, "configmaps", Names.KIND + "=plan"));
    for (Object item : Tree.list(answer, "items")) {
      parts.add(Tree.map(item));
    }
    return parts;
  }

  /** The path of a list of an experiment's own objects, narrowed by one more label. */
  private static String list(Place place, String kind, String label) {
    String selector =
        Names.MANAGED_BY
            + "="
            + Names.SYMPHONY
            + ","
            + Names.EXPERIMENT
            + "="
            + place.experiment()
            + ","
            + Names.LAUNCH
            + "="
            + place.launchId()
            + (label.isEmpty() ? "" : "," + label);
    return "/api/v1/namespaces/"
        + KubeApi.encode(place.namespace())
        + "/"
        + kind
        + "?labelSelector="
        + KubeApi.encode(selector);
  }
}
