package dev.symphony.kube.internal.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is read of a container of a pod. */
final class Container {
  final String name;

  /** Its own restart policy; null where the pod's counts. */
  @Nullable String restartPolicy;

  /** What goes before its restart policy. */
  List<RestartRule> restartRules = List.of();

  boolean ready;
  boolean started;
  int restarts;
  @Nullable String waitingReason;
  @Nullable String waitingMessage;
  boolean running;
  @Nullable Instant startedAt;
  @Nullable Ended ended;
  @Nullable Ended last;

  Container(String name) {
    this.name = name;
  }

  /** Takes over what its status says. */
  void takeStatus(Container status) {
    ready = status.ready;
    started = status.started;
    restarts = status.restarts;
    waitingReason = status.waitingReason;
    waitingMessage = status.waitingMessage;
    running = status.running;
    startedAt = status.startedAt;
    ended = status.ended;
    last = status.last;
  }

  /** Whether its newest run has ended; the kubelet also makes ends up for what never ran. */
  boolean hasEnded() {
    return ended != null && ended.real();
  }

  /** How its newest run that was real ended; null while there is none. */
  @Nullable Ended lastEnd() {
    return hasEnded() ? ended : last;
  }

  /** Whether it has run, so that there may be a log. */
  boolean hasRun() {
    return running || restarts > 0 || lastEnd() != null;
  }
}
