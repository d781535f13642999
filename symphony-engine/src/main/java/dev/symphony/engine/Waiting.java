package dev.symphony.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits for processes by looking again and again: often at first, then every second. */
final class Waiting {
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  private final Cluster cluster;
  private final String experiment;
  private final Set<ProcessName> wanted;
  private final Duration grain;

  Waiting(Cluster cluster, String experiment, Collection<ProcessName> wanted, Duration grain) {
    this.cluster = cluster;
    this.experiment = experiment;
    this.wanted = new HashSet<>(wanted);
    this.grain = grain;
  }

  Verdict await(@Nullable Duration timeout, boolean failFast, Consumer<ProcessStatus> onFailure) {
    long deadline = timeout == null ? Long.MAX_VALUE : System.nanoTime() + timeout.toNanos();
    Set<ProcessName> told = new HashSet<>();
    String launch = null;
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      Duration patience =
          timeout == null ? Cluster.PATIENCE : Duration.ofMillis(millisUntil(deadline));
      ExperimentStatus status =
          launch == null
              ? cluster.describeExperiment(experiment)
              : cluster.watchExperiment(experiment, patience);
      if (launch != null && !launch.equals(status.launchId())) {
        throw new SymphonyException(
            "experiment " + experiment + " was deleted and launched again while waiting for it");
      }
      launch = status.launchId();
      List<ProcessStatus> watched = watched(status);
      for (ProcessStatus process : watched) {
        if (process.state() == State.FAILED && told.add(process.name())) {
          onFailure.accept(process);
        }
      }
      Verdict verdict = Verdict.of(watched, grain);
      if (verdict != null) {
        return verdict;
      }
      if (failFast && !told.isEmpty()) {
        return soFar(watched);
      }
      refuseUnknown(status, watched);
      if (timeout != null && System.nanoTime() - deadline >= 0) {
        throw new TimedOutException(
            "experiment " + experiment + " has not ended within " + timeout.toSeconds() + " s");
      }
      pause(timeout == null ? pause : Math.min(pause, millisUntil(deadline)));
      pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 5 / 4);
    }
  }

  private List<ProcessStatus> watched(ExperimentStatus status) {
    if (wanted.isEmpty()) {
      return status.processes();
    }
    List<ProcessStatus> watched = new ArrayList<>();
    for (ProcessStatus process : status.processes()) {
      if (wanted.contains(process.name())) {
        watched.add(process);
      }
    }
    if (watched.size() < wanted.size()) {
      throw new NotFoundException("experiment " + experiment + " lacks a process to wait for");
    }
    return watched;
  }

  private Verdict soFar(List<ProcessStatus> watched) {
    List<ProcessStatus> ended = new ArrayList<>();
    for (ProcessStatus process : watched) {
      if (process.state().hasEnded()) {
        ended.add(process);
      }
    }
    Verdict verdict = Verdict.of(ended, grain);
    if (verdict == null) {
      throw new IllegalStateException("processes that have ended have a verdict");
    }
    return verdict;
  }

  private void refuseUnknown(ExperimentStatus status, List<ProcessStatus> watched) {
    if (watched.isEmpty() && status.state() == State.UNKNOWN) {
      throw new SymphonyException(
          "cannot tell how experiment " + experiment + " ended: " + status.message());
    }
    ProcessStatus unknown = null;
    for (ProcessStatus process : watched) {
      if (process.state() == State.UNKNOWN) {
        unknown = process;
      } else if (!process.state().hasEnded()) {
        return;
      }
    }
    if (unknown != null) {
      String why = unknown.message() == null ? unknown.reason() : unknown.message();
      throw new SymphonyException(
          "cannot tell how experiment "
              + experiment
              + " ended: "
              + unknown.name()
              + " is UNKNOWN"
              + (why == null ? "" : " (" + why + ")"));
    }
  }

  private static long millisUntil(long deadline) {
    return Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SymphonyException("interrupted while waiting", e);
    }
  }
}
