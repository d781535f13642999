package dev.symphony.kube.internal.plan;

import dev.symphony.kube.internal.api.KubeApi;

/** The labels, annotations and names by which Symphony knows what is its own. */
public final class Names {
  /** Whose object it is; the value is {@link #SYMPHONY}. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** The value of {@link #MANAGED_BY}. */
  public static final String SYMPHONY = "symphony";

  /** Label: the experiment's whole name. On every object. */
  public static final String EXPERIMENT = "symphony.dev/experiment";

  /** Label: what tells this launch from any other of the same name. On every object. */
  public static final String LAUNCH = KubeApi.LAUNCH_LABEL;

  /**
   * Label of what is not a process: {@code namespace}, {@code anchor}, {@code plan}, {@code
   * secret}, {@code service}, {@code services}.
   */
  public static final String KIND = "symphony.dev/kind";

  /** Label of pods: the process; absent for a group's pod. */
  public static final String PROCESS = "symphony.dev/process";

  /** Label of pods: the process group; absent for a process of its own. */
  public static final String GROUP = "symphony.dev/group";

  /** Label of pods: which attempt by the user's hand, from 1. */
  public static final String ATTEMPT = "symphony.dev/attempt";

  /**
   * Annotation of pods: the pod's place in declared order and how many pods the plan has, {@code
   * 3/500}, from 0. Whoever has seen all places has seen every process and needs no plan.
   */
  public static final String PLACE = "symphony.dev/place";

  /**
   * Annotation of a group's pod: its processes in declared order, {@code learner,agent-0}. Its
   * other containers, which the user or the cluster put there, are no processes. Without it all
   * containers are.
   */
  public static final String PROCESSES = "symphony.dev/processes";

  /** Annotation of pods: exit codes that are a success beside 0: {@code agent=143,7;eval=143}. */
  public static final String SUCCESS = "symphony.dev/success-exit-codes";

  /** Annotation of pods: who stopped it, {@code user@host}; with {@link #STOPPED_AT}. */
  public static final String STOPPED_BY = "symphony.dev/stopped-by";

  /** Annotation of pods: when it was stopped, ISO 8601. */
  public static final String STOPPED_AT = "symphony.dev/stopped-at";

  /**
   * Annotation of pods, beside {@link #STOPPED_BY}: the containers that had ended by themselves
   * before the stop, {@code learner,agent-0}; they keep their own end. Empty for none.
   */
  public static final String ENDED_BEFORE = "symphony.dev/ended-before-stop";

  /**
   * Annotation of the first plan object: when the launch had created all pods, ISO 8601. Tells a
   * pod that was deleted from one that was never created.
   */
  public static final String LAUNCHED = "symphony.dev/launched";

  /**
   * Annotation of the first plan object: the pod of this planned name was deleted before it ran,
   * because it was stopped: {@code stopped.symphony.dev/POD: "user@host 2026-01-01T00:00:00Z"}.
   */
  public static final String STOPPED_UNSTARTED = "stopped.symphony.dev/";

  /** The annotation {@link #STOPPED_UNSTARTED} of one pod; Kubernetes takes 63 characters of it. */
  public static String stoppedUnstarted(String pod) {
    return STOPPED_UNSTARTED
        + (pod.length() <= 63
            ? pod
            : pod.substring(0, 54) + "-" + Integer.toHexString(pod.hashCode()));
  }

  /** Annotation of services: the process that provides it, {@code group/process}. */
  public static final String PROVIDER = "symphony.dev/provider";

  /** Annotation of services: the service's name as declared. */
  public static final String SERVICE = "symphony.dev/service";

  /** Label of pods that provide a service, and the selector of that service. */
  public static String provides(String service) {
    return "service." + "symphony.dev/" + service;
  }

  private Names() {}
}
