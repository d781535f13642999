package dev.symphony.engine.internal.run;

import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.internal.host.HostIdentity;
import dev.symphony.engine.internal.host.ProcessRecord;
import dev.symphony.engine.internal.host.ProcessTree;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Ends processes, with or without forgetting them. */
public final class HostStop {
  private final HostRuns runs;
  private final String experiment;
  private final RunDirectory directory;
  private final RunIndex index;

  /** Stops processes of one experiment. */
  public HostStop(HostRuns runs, String experiment) {
    this.runs = runs;
    this.experiment = experiment;
    this.directory = runs.require(experiment);
    this.index = runs.index(directory);
  }

  /**
   * Ends processes and keeps what is known of them.
   *
   * @return those that had not ended
   */
  public List<ProcessName> stop(List<ProcessName> processes, boolean withoutGrace) {
    runs.requireHere(experiment, index);
    List<ProcessName> stopped = new ArrayList<>();
    List<ProcessTree.Target> targets = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    try {
      try (RunLock lock = runs.lock(experiment)) {
        ExperimentStatus seen = runs.observer().observe(experiment, directory);
        for (ProcessName process : processes) {
          int number = runs.number(experiment, index, process);
          ProcessRecord record = directory.record(number);
          // What was lost or ended with the machine has failed by itself, and stays a failure.
          if (record != null && !seen.processes().get(number).state().hasEnded()) {
            stopped.add(process);
            directory.forbid(number);
          }
          if (record != null) {
            numbers.add(number);
          }
        }
      }
      for (int number : numbers) {
        ProcessRecord record = directory.record(number);
        if (record != null) {
          targets.add(runs.target(directory, index, number, record));
        }
      }
    } catch (IOException e) {
      throw RunDirectory.failure("stop", directory.root(), e);
    }
    end(targets, withoutGrace ? ProcessTree.Mode.NOW : ProcessTree.Mode.STOP);
    return stopped;
  }

  /**
   * Ends everything of the experiment and removes it.
   *
   * @param forgetOnly whether to end nothing
   * @param rest looks what else there is; what it gives is called when all has ended, before the
   *     directory goes
   */
  public void remove(boolean forgetOnly, Supplier<Runnable> rest) {
    boolean here = runs.here().relationTo(index.host()) != HostIdentity.Relation.ELSEWHERE;
    if (!forgetOnly) {
      runs.requireHere(experiment, index);
    } else if (here && !allEnded()) {
      throw new SymphonyException(
          "experiment " + experiment + " runs here; delete it without --forget");
    }
    try (RunLock lock = runs.lock(experiment)) {
      if (!directory.index().launchId().equals(index.launchId())) {
        return; // somebody else has deleted it, and launched it again
      }
      Runnable removal = rest.get();
      if (here) {
        directory.writePhase(RunDirectory.Phase.DELETING, ProcessHandle.current().pid(), 0);
        int count = index.processes().size();
        for (int number = 0; number < count; number++) {
          directory.forbid(number);
        }
        List<ProcessTree.Target> all = new ArrayList<>();
        for (int number = 0; number < count; number++) {
          all.add(target(number));
        }
        ProcessTree.Target sampler = new Sampler(runs, directory).target();
        if (sampler != null) {
          all.add(sampler);
        }
        end(all, ProcessTree.Mode.DELETE);
      }
      removal.run();
      runs.ports().release(index.launchId());
      new KeptClassPath(runs.context().stateDirectory()).release(index.launchId());
      Path gone = runs.store().folder().resolve("." + index.launchId());
      Files.move(directory.root(), gone, StandardCopyOption.ATOMIC_MOVE);
      Trees.remove(gone);
    } catch (IOException e) {
      if (isStillThere()) {
        throw RunDirectory.failure("remove", directory.root(), e);
      }
    }
  }

  /** Somebody else may have deleted it meanwhile, and even launched another of its name. */
  private boolean isStillThere() {
    try {
      return directory.index().launchId().equals(index.launchId());
    } catch (NoSuchFileException | FileNotFoundException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private boolean allEnded() {
    try {
      return runs.observer().observe(experiment, directory).state().hasEnded();
    } catch (IOException e) {
      throw RunDirectory.failure("read", directory.root(), e);
    }
  }

  private ProcessTree.Target target(int number) throws IOException {
    ProcessRecord record = directory.record(number);
    return record == null ? unknown(number) : runs.target(directory, index, number, record);
  }

  private ProcessTree.Target unknown(int number) {
    return new ProcessTree.Target(
        -1,
        -1,
        -1,
        -1,
        Scripts.MARKER + "=" + HostRuns.marker(index.launchId(), number),
        Duration.ofMillis(index.processes().get(number).graceMillis()));
  }

  private void end(List<ProcessTree.Target> targets, ProcessTree.Mode mode) {
    List<ProcessTree.Survivor> left = ProcessTree.end(targets, runs.table(), mode, null);
    if (!left.isEmpty()) {
      StringBuilder text = new StringBuilder("could not end all of experiment ").append(experiment);
      for (ProcessTree.Survivor survivor : left) {
        text.append("; process ").append(survivor.pid()).append(' ').append(survivor.reason());
      }
      throw new SymphonyException(text.toString());
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new SymphonyException("interrupted while ending processes of " + experiment);
    }
  }
}
