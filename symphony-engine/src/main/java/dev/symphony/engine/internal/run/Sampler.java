package dev.symphony.engine.internal.run;

import dev.symphony.engine.internal.host.ProcessTree;
import dev.symphony.engine.internal.log.LogSampler;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The one process of an experiment that notes when its logs grow. */
public final class Sampler {
  private final HostRuns runs;
  private final RunDirectory directory;

  /** The sampler of an experiment. */
  public Sampler(HostRuns runs, RunDirectory directory) {
    this.runs = runs;
    this.directory = directory;
  }

  /** Starts one while other things are started; where one runs already the second ends at once. */
  public void startBeside(Runnable other) {
    try {
      Halves.both(this::start, other::run);
    } catch (IOException e) {
      throw RunDirectory.failure("run", directory.file(LogSampler.SCRIPT), e);
    }
  }

  private void start() {
    Detached.start(directory.file(LogSampler.SCRIPT), runs.context().environment());
  }

  /** What is to be ended with the experiment; null where none runs. */
  ProcessTree.@Nullable Target target() {
    LogSampler.Holder holder = LogSampler.holder(directory.root(), runs.table());
    if (holder == null || holder.startTime() <= 0) {
      return null;
    }
    return new ProcessTree.Target(
        holder.pid(),
        holder.startTime(),
        -1,
        -1,
        Scripts.MARKER + "=" + directory.root(),
        Duration.ofSeconds(1));
  }
}
