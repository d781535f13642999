package dev.symphony.tmux;

import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessSpec;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** Declares processes whose windows are named {@code group:process}. */
public class TmuxProcessGroupSpec extends ProcessGroupSpec {
  /**
   * Declares a group that belongs to no experiment yet.
   *
   * @param name a DNS label of at most 57 characters
   * @throws dev.symphony.engine.SymphonyException for another name
   */
  public TmuxProcessGroupSpec(String name) {
    super(name);
  }

  /** Runs those of its processes in this directory that name none of their own, also later ones. */
  public TmuxProcessGroupSpec startDir(String directory) {
    TmuxSection.startDir(this, directory);
    begin();
    return this;
  }

  /** The directory given to {@link #startDir}; null for none. */
  public final @Nullable String getStartDir() {
    return TmuxSection.startDir(this);
  }

  /** Another word for {@link #preamble}. */
  public TmuxProcessGroupSpec preambleCmds(String... lines) {
    return preamble(lines);
  }

  @Override
  protected void sectionLoaded(String backend) {
    if (backend.equals(TmuxCluster.BACKEND)) {
      preamble(TmuxSection.takePreamble(this));
    }
  }

  @Override
  protected TmuxProcessSpec createProcess(String process) {
    return new TmuxProcessSpec(process);
  }

  @Override
  public TmuxProcessSpec newProcess(String process) {
    return (TmuxProcessSpec) super.newProcess(process);
  }

  @Override
  public List<TmuxProcessSpec> newProcesses(String process, int count) {
    return TmuxExperimentSpec.own(super.newProcesses(process, count));
  }

  @Override
  public List<TmuxProcessSpec> newProcesses(
      String process, int count, ObjIntConsumer<ProcessSpec> each) {
    return TmuxExperimentSpec.own(super.newProcesses(process, count, each));
  }

  @Override
  public void addProcess(ProcessSpec process) {
    super.addProcess(process);
    begin(process);
  }

  /** Gives those of its processes a directory that have none: its own, else the experiment's. */
  final void begin() {
    for (ProcessSpec process : listProcesses()) {
      begin(process);
    }
  }

  private void begin(ProcessSpec process) {
    String directory = getStartDir();
    if (directory == null && getExperiment() instanceof TmuxExperimentSpec experiment) {
      directory = experiment.getStartDir();
    }
    if (directory != null && process.getWorkingDirectory() == null) {
      process.workingDirectory(directory);
    }
  }

  @Override
  public TmuxProcessGroupSpec preamble(String... lines) {
    return (TmuxProcessGroupSpec) super.preamble(lines);
  }

  @Override
  public TmuxProcessGroupSpec preamble(List<String> lines) {
    return (TmuxProcessGroupSpec) super.preamble(lines);
  }

  @Override
  public <T extends ProcessGroupSpec> TmuxProcessGroupSpec on(
      Class<T> type, Consumer<? super T> declaration) {
    return (TmuxProcessGroupSpec) super.on(type, declaration);
  }
}
