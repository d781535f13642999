package dev.symphony.kube.internal.state;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How one process is, from its pod and its container; in kubectl's own order of precedence. */
final class Diagnosis {
  private final ProcessName name;
  private final Pod pod;
  private final Container container;

  Diagnosis(ProcessName name, Pod pod, Container container) {
    this.name = name;
    this.pod = pod;
    this.container = container;
  }

  ProcessStatus status() {
    Ended end = container.ended;
    if (pod.isOver()) {
      return over(container.lastEnd());
    }
    if (end != null && container.hasEnded() && !runsAgain(end)) {
      return ended(end);
    }
    if (nodeLost()) {
      return unknown();
    }
    return container.running ? running() : pending();
  }

  /** Whether it has ended and will not run again by itself. */
  boolean hasEnded() {
    Ended end = container.ended;
    return pod.isOver() || (end != null && container.hasEnded() && !runsAgain(end));
  }

  private boolean runsAgain(Ended end) {
    if (pod.deleting) {
      return false;
    }
    for (RestartRule rule : container.restartRules) {
      if (rule.restarts(end.exitCode())) {
        return true;
      }
    }
    String own = container.restartPolicy;
    String policy = own == null ? pod.restartPolicy : own;
    return policy.equals("Always") || (policy.equals("OnFailure") && end.exitCode() != 0);
  }

  // ---- ended

  private ProcessStatus over(@Nullable Ended end) {
    if (stopped(end)) {
      return of(State.STOPPED, null, "by " + pod.stoppedBy, end);
    }
    if (end == null) {
      return neverRan();
    }
    String reason = pod.reason;
    if (reason != null && !endedBefore(reason, end)) {
      return of(State.FAILED, reason, pod.message, end);
    }
    return ended(end);
  }

  /** Whether our stop ended it; only the deadline that a stop sets ends a pod for this reason. */
  private boolean stopped(@Nullable Ended end) {
    if (pod.stoppedBy == null || !"DeadlineExceeded".equals(pod.reason)) {
      return false;
    }
    Boolean before = pod.endedBeforeStop(container.name);
    if (before != null) {
      return !before;
    }
    Instant at = Times.read(pod.stoppedAt);
    Instant ended = end == null || !container.hasEnded() ? null : end.end();
    return at == null || ended == null || !ended.isBefore(at);
  }

  /** Whether a container had ended by itself before what ended its pod. */
  private boolean endedBefore(String reason, Ended end) {
    if (!container.hasEnded()) {
      return false;
    }
    Instant begin = pod.startTime;
    Instant ended = end.end();
    if (reason.equals("DeadlineExceeded") && pod.stoppedBy == null) {
      return begin != null
          && ended != null
          && pod.deadlineSeconds >= 0
          && ended.isBefore(begin.plusSeconds(pod.deadlineSeconds));
    }
    return end.signal() == 0;
  }

  private ProcessStatus ended(Ended end) {
    if (pod.isSuccess(container.name, end.exitCode())) {
      return of(State.SUCCEEDED, null, null, end);
    }
    return of(State.FAILED, end.reason(), endMessage(end), end);
  }

  private @Nullable String endMessage(Ended end) {
    if (end.note() != null) {
      return end.note();
    }
    int restarts = container.restarts;
    String tries =
        restarts == 0 ? "" : " after " + restarts + (restarts == 1 ? " restart" : " restarts");
    if (end.reason().equals("SignalKilled")) {
      return "ended by signal " + end.signal() + tries;
    }
    return tries.isEmpty() ? null : "exit code " + end.exitCode() + tries;
  }

  private ProcessStatus neverRan() {
    Container init = failedInit();
    Ended end = init == null ? null : init.lastEnd();
    if (init == null || end == null) {
      String reason = pod.reason == null ? "NeverStarted" : pod.reason;
      return of(State.FAILED, reason, pod.message, null);
    }
    return new ProcessStatus(
        name,
        State.FAILED,
        "Init:" + end.reason(),
        initMessage(init, end),
        false,
        container.restarts,
        null,
        null,
        null,
        end.end(),
        pod.node);
  }

  private @Nullable Container failedInit() {
    for (Container init : pod.inits) {
      Ended end = init.lastEnd();
      if (end != null && end.exitCode() != 0) {
        return init;
      }
    }
    return null;
  }

  private static String initMessage(Container init, Ended end) {
    String note = end.note() == null ? "" : ": " + end.note();
    return "init container " + init.name + ": " + end.brief() + note;
  }

  // ---- not ended

  /**
   * The node's controller marks pods of a node that it has not heard of as not ready, and leaves
   * all else as it was.
   */
  private boolean nodeLost() {
    boolean marked =
        "False".equals(pod.readyStatus) && pod.readyReason == null && pod.containersReady;
    return pod.node != null
        && (marked
            || "Unknown".equals(pod.readyStatus)
            || "NodeLost".equals(pod.reason)
            || pod.phase.equals("Unknown"));
  }

  private ProcessStatus unknown() {
    String message = "node " + pod.node + " does not answer";
    return new ProcessStatus(
        name,
        State.UNKNOWN,
        "NodeLost",
        pod.message == null ? message : pod.message,
        false,
        container.restarts,
        null,
        null,
        container.startedAt,
        null,
        pod.node);
  }

  private ProcessStatus running() {
    Ended last = container.last;
    String message = last == null ? null : "its last run ended with " + last.brief();
    return new ProcessStatus(
        name,
        State.RUNNING,
        null,
        beingEnded(message),
        container.ready,
        container.restarts,
        null,
        null,
        container.startedAt,
        null,
        pod.node);
  }

  private @Nullable String beingEnded(@Nullable String otherwise) {
    if (pod.deleting) {
      return "being deleted" + (pod.disruption == null ? "" : ": " + pod.disruption);
    }
    return pod.stoppedBy == null ? otherwise : "being stopped by " + pod.stoppedBy;
  }

  private ProcessStatus pending() {
    Ended end = container.lastEnd();
    if (pod.unscheduledReason != null) {
      return pending(pod.unscheduledReason, pod.unscheduledMessage, end);
    }
    Ended now = container.ended;
    if (now != null) {
      return pending(now.reason(), now.brief() + "; runs again soon", end);
    }
    String reason = container.waitingReason;
    if (reason == null || reason.equals("PodInitializing")) {
      return initializing(reason);
    }
    if (reason.equals("CrashLoopBackOff") && end != null) {
      String note = end.note() == null ? "" : " (" + end.note() + ")";
      return pending(reason, end.brief() + note + "; waits before it runs again", end);
    }
    return pending(reason, container.waitingMessage, end);
  }

  private ProcessStatus initializing(@Nullable String reason) {
    for (Container init : pod.inits) {
      Ended end = init.ended;
      boolean done = end != null && end.exitCode() == 0;
      boolean besides = "Always".equals(init.restartPolicy) && init.started;
      if (!done && !besides) {
        return initializing(init, reason);
      }
    }
    return pending(reason, null, null);
  }

  /** The first init container that is not done says why the process has not begun. */
  private ProcessStatus initializing(Container init, @Nullable String reason) {
    Ended end = init.lastEnd();
    if (init.running) {
      return pending("PodInitializing", "init container " + init.name + " runs", null);
    }
    if (init.ended != null) {
      return pending("Init:" + init.ended.reason(), initMessage(init, init.ended), null);
    }
    String waiting = init.waitingReason;
    if (waiting == null || waiting.equals("PodInitializing")) {
      return pending(reason, null, null);
    }
    if (waiting.equals("CrashLoopBackOff") && end != null) {
      return pending("Init:" + waiting, initMessage(init, end), null);
    }
    String message = init.waitingMessage == null ? "" : ": " + init.waitingMessage;
    return pending("Init:" + waiting, "init container " + init.name + message, null);
  }

  private ProcessStatus pending(
      @Nullable String reason, @Nullable String message, @Nullable Ended end) {
    return of(State.PENDING, reason, beingEnded(message), end);
  }

  private ProcessStatus of(
      State state, @Nullable String reason, @Nullable String message, @Nullable Ended end) {
    Integer code = end == null ? null : Integer.valueOf(end.exitCode());
    Integer signal = end == null || end.signal() == 0 ? null : Integer.valueOf(end.signal());
    return new ProcessStatus(
        name,
        state,
        reason,
        message,
        false,
        container.restarts,
        code,
        signal,
        end == null ? null : end.start(),
        end == null ? null : end.end(),
        pod.node);
  }
}
