package dev.symphony.tmux;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Declares an experiment that runs as a session of tmux, a window for each process.
 *
 * <pre>{@code
 * TmuxExperimentSpec rl = cluster.newExperiment("rl");
 * rl.startDir("~/rl").preambleCmds("source venv/bin/activate");
 * rl.newProcess("learner").command("python", "learner.py");
 * cluster.launch(rl);
 * }</pre>
 */
public class TmuxExperimentSpec extends ExperimentSpec {
  /**
   * Declares an experiment of exactly this name; {@link TmuxCluster#newExperiment} prefixes the
   * username.
   *
   * @param name a DNS label of at most 63 characters
   * @throws dev.symphony.engine.SymphonyException for another name
   */
  public TmuxExperimentSpec(String name) {
    super(name);
  }

  /**
   * Runs those processes in this directory that name none of their own, nor their group, also later
   * ones.
   */
  public TmuxExperimentSpec startDir(String directory) {
    TmuxSection.startDir(this, directory);
    for (ProcessSpec process : listProcesses()) {
      begin(process);
    }
    for (ProcessGroupSpec group : listProcessGroups()) {
      begin(group);
    }
    return this;
  }

  /** The directory given to {@link #startDir}; null for none. */
  public final @Nullable String getStartDir() {
    return TmuxSection.startDir(this);
  }

  /** Another word for {@link #preamble}. */
  public TmuxExperimentSpec preambleCmds(String... lines) {
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
  protected TmuxProcessGroupSpec createProcessGroup(String group) {
    return new TmuxProcessGroupSpec(group);
  }

  @Override
  public TmuxProcessSpec newProcess(String process) {
    return (TmuxProcessSpec) super.newProcess(process);
  }

  @Override
  public List<TmuxProcessSpec> newProcesses(String process, int count) {
    return own(super.newProcesses(process, count));
  }

  @Override
  public List<TmuxProcessSpec> newProcesses(
      String process, int count, ObjIntConsumer<ProcessSpec> each) {
    return own(super.newProcesses(process, count, each));
  }

  @Override
  public TmuxProcessGroupSpec newProcessGroup(String group) {
    return (TmuxProcessGroupSpec) super.newProcessGroup(group);
  }

  @Override
  public void addProcess(ProcessSpec process) {
    super.addProcess(process);
    begin(process);
  }

  @Override
  public void addProcessGroup(ProcessGroupSpec group) {
    super.addProcessGroup(group);
    begin(group);
  }

  private void begin(ProcessSpec process) {
    String directory = getStartDir();
    if (directory != null && process.getWorkingDirectory() == null) {
      process.workingDirectory(directory);
    }
  }

  private static void begin(ProcessGroupSpec group) {
    if (group instanceof TmuxProcessGroupSpec own) {
      own.begin();
    }
  }

  /** The same processes as what they were made as. */
  static List<TmuxProcessSpec> own(List<? extends ProcessSpec> processes) {
    List<TmuxProcessSpec> own = new ArrayList<>(processes.size());
    for (ProcessSpec process : processes) {
      own.add((TmuxProcessSpec) process);
    }
    return own;
  }

  @Override
  public TmuxExperimentSpec preamble(String... lines) {
    return (TmuxExperimentSpec) super.preamble(lines);
  }

  @Override
  public TmuxExperimentSpec preamble(List<String> lines) {
    return (TmuxExperimentSpec) super.preamble(lines);
  }

  @Override
  public TmuxExperimentSpec secret(String variable, Secret secret) {
    return (TmuxExperimentSpec) super.secret(variable, secret);
  }

  @Override
  public <T extends ExperimentSpec> TmuxExperimentSpec on(
      Class<T> type, Consumer<? super T> declaration) {
    return (TmuxExperimentSpec) super.on(type, declaration);
  }
}
