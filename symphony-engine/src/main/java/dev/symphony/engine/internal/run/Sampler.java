package dev.symphony.engine.internal.run;

import dev.symphony.engine.internal.host.ProcessTree;
import dev.symphony.engine.internal.log.LogSampler;
import java.time.Duration;
import java.util.List;

/** The one process of an experiment that notes when its logs grow. */
public final class Sampler {
  private final HostRuns runs;
  private final RunDirectory directory;

  /** The sampler of an experiment. */
  public Sampler(HostRuns runs, RunDirectory directory) {
    this.runs = runs;
    this.directory = directory;
  }

  /**
   * Begins to start one; where one runs already the second ends at once.
   *
   * @return waits until it has been started
   */
  public Runnable begin() {
    return Detached.begin(directory.file(LogSampler.SCRIPT), runs.context().environment());
  }

  /** Ends it, where one runs. */
  void end() {
    LogSampler.Holder holder = LogSampler.holder(directory.root(), runs.table());
    if (holder != null && holder.startTime() > 0) {
      ProcessTree.Target target =
          new ProcessTree.Target(
              holder.pid(),
              holder.startTime(),
              -1,
              -1,
              Scripts.MARKER + "=" + directory.root(),
              Duration.ofSeconds(1));
      ProcessTree.end(List.of(target), runs.table(), ProcessTree.Mode.DELETE, null);
    }
  }
}
