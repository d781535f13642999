package dev.symphony.engine.internal.run;

import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.internal.host.PortRequest;
import dev.symphony.engine.internal.host.ProcessRecord;
import dev.symphony.engine.internal.host.ProcessTree;
import dev.symphony.engine.internal.host.Uptime;
import dev.symphony.engine.internal.log.Attempts;
import dev.symphony.spi.HostScript;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Runs again processes that have ended. */
public final class HostStart {
  /** Starts scripts; throws where one could not be started. */
  @FunctionalInterface
  public interface Starter {
    /** Starts them all. */
    void start(String experiment, RunDirectory directory, List<HostScript> scripts);
  }

  /** A wrapper writes that all has ended just before it ends itself. */
  private static final Duration WRAPPER_ENDS = Duration.ofSeconds(5);

  private final HostRuns runs;
  private final String experiment;
  private final RunDirectory directory;
  private final RunIndex index;

  /** Starts processes of one experiment. */
  public HostStart(HostRuns runs, String experiment) {
    this.runs = runs;
    this.experiment = experiment;
    this.directory = runs.require(experiment);
    this.index = runs.index(directory);
  }

  /**
   * Starts those that have ended; never makes a second copy of one that runs.
   *
   * @return those that were started
   */
  public List<ProcessName> start(List<ProcessName> processes, Starter starter) {
    runs.requireHere(experiment, index);
    try (RunLock lock = runs.lock(experiment)) {
      if (directory.readPhase()[0].equals("DELETING")) {
        throw new SymphonyException(
            "experiment " + experiment + " is being deleted; launch it anew");
      }
      List<Integer> numbers = new ArrayList<>();
      List<Integer> attempts = new ArrayList<>();
      List<ProcessName> names = new ArrayList<>();
      ExperimentStatus status = runs.observer().observe(experiment, directory);
      for (ProcessName process : processes) {
        int number = runs.number(experiment, index, process);
        ProcessRecord record = directory.record(number);
        if (record != null && status.processes().get(number).state().hasEnded()) {
          numbers.add(number);
          attempts.add(record.attempt());
          names.add(process);
        }
      }
      if (numbers.isEmpty()) {
        return names;
      }
      requireGone(numbers);
      Set<ProcessName> which = new HashSet<>(names);
      List<PortRequest> requests = HostRuns.requests(index.services(), Set.of(), which);
      runs.ports().lease(index.launchId(), experiment, directory.root(), requests);
      runs.ports().check(index.launchId(), requests);
      String boot = Observer.bootToken(runs.here());
      long uptime = Uptime.now();
      long bootMillis = System.currentTimeMillis() - uptime * 10;
      List<String> before = new ArrayList<>();
      for (int i = 0; i < numbers.size(); i++) {
        int number = numbers.get(i);
        ProcessRecord ended = directory.record(number);
        if (ended != null) {
          Attempts.keepFirst(directory.files(number), ended);
        }
        before.add(directory.recordLine(number));
        directory.writeRecord(
            number, ProcessRecord.pending(attempts.get(i), uptime, boot, bootMillis));
        if (!directory.isAllowed(number)) {
          directory.allow(number);
        }
      }
      try {
        starter.start(experiment, directory, runs.scripts(directory, index, numbers, attempts));
      } catch (RuntimeException e) {
        undo(numbers, before);
        throw e;
      }
      return names;
    } catch (IOException e) {
      throw RunDirectory.failure("start", directory.root(), e);
    }
  }

  /** Ends what did start, and puts back how each had ended before. */
  private void undo(List<Integer> numbers, List<String> before) throws IOException {
    for (int number : numbers) {
      directory.forbid(number);
    }
    ProcessTree.end(targets(numbers), runs.table(), ProcessTree.Mode.NOW, null);
    for (int i = 0; i < numbers.size(); i++) {
      directory.writeRecord(numbers.get(i), before.get(i));
    }
  }

  private List<ProcessTree.Target> targets(List<Integer> numbers) throws IOException {
    List<ProcessTree.Target> targets = new ArrayList<>(numbers.size());
    for (int number : numbers) {
      ProcessRecord record = directory.record(number);
      if (record != null) {
        targets.add(runs.target(directory, index, number, record));
      }
    }
    return targets;
  }

  /** What a process left running when it ended would be a second copy beside the new one. */
  private void requireGone(List<Integer> numbers) throws IOException {
    List<ProcessTree.Target> targets = targets(numbers);
    long limit = System.nanoTime() + WRAPPER_ENDS.toNanos();
    BitSet alive = ProcessTree.alive(targets, runs.table());
    while (!alive.isEmpty()) {
      int number = numbers.get(alive.nextSetBit(0));
      if (System.nanoTime() > limit) {
        throw new SymphonyException(
            "process "
                + index.processes().get(number).name()
                + " has ended but left processes of its own running; stop it first to end them");
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SymphonyException("interrupted while starting " + experiment, e);
      }
      alive = ProcessTree.alive(targets, runs.table());
    }
  }
}
