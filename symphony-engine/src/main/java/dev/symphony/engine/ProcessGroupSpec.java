package dev.symphony.engine;

import dev.symphony.engine.internal.data.DataReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Declares processes that are placed together: a pod with several containers on Kubernetes, a
 * common name elsewhere.
 */
public class ProcessGroupSpec extends BaseSpec {
  private @Nullable ExperimentSpec experiment;
  private final List<String> preamble = new ArrayList<>();
  private final Map<String, ProcessSpec> processes = new LinkedHashMap<>();

  /**
   * Declares a group that belongs to no experiment yet.
   *
   * @param name a DNS label of at most 57 characters
   * @throws SymphonyException for another name
   */
  public ProcessGroupSpec(String name) {
    super(Names.checkGroup(name));
  }

  /** The experiment it belongs to; null for none yet. */
  public final @Nullable ExperimentSpec getExperiment() {
    return experiment;
  }

  /** Runs these shell lines before the command of each of its processes, after the experiment's. */
  public ProcessGroupSpec preamble(String... lines) {
    return preamble(List.of(lines));
  }

  /** Runs these shell lines before the command of each of its processes. */
  public ProcessGroupSpec preamble(List<String> lines) {
    preamble.addAll(lines);
    return this;
  }

  /** The lines given to {@link #preamble}. */
  public final List<String> getPreamble() {
    return Collections.unmodifiableList(preamble);
  }

  /** Makes a process of this group's kind, which belongs nowhere yet. */
  protected ProcessSpec createProcess(String process) {
    return new ProcessSpec(process);
  }

  /** Declares a process in this group. */
  public ProcessSpec newProcess(String process) {
    ProcessSpec spec = createProcess(process);
    addProcess(spec);
    return spec;
  }

  /** Declares processes {@code name-0} to {@code name-(count-1)} in this group. */
  public List<? extends ProcessSpec> newProcesses(String process, int count) {
    return newProcesses(process, count, (spec, index) -> {});
  }

  /** Declares processes alike in this group, each declared further by {@code each}. */
  public List<? extends ProcessSpec> newProcesses(
      String process, int count, ObjIntConsumer<ProcessSpec> each) {
    return ExperimentSpec.replicas(process, count, each, this::newProcess);
  }

  /**
   * Adds a process that belongs nowhere yet.
   *
   * @throws SymphonyException where it belongs elsewhere or the name is taken
   */
  public void addProcess(ProcessSpec process) {
    if (processes.containsKey(process.getName())) {
      throw new SymphonyException(
          "process group " + name + " has a process " + process.getName() + " already");
    }
    process.joinGroup(this);
    ExperimentSpec owner = experiment;
    if (owner != null) {
      process.joinExperiment(owner, this);
    }
    processes.put(process.getName(), process);
  }

  /** Adds processes that belong nowhere yet. */
  public void addProcesses(Collection<? extends ProcessSpec> many) {
    for (ProcessSpec process : many) {
      addProcess(process);
    }
  }

  /**
   * A process of this group.
   *
   * @throws NotFoundException where there is none of that name
   */
  public ProcessSpec getProcess(String process) {
    ProcessSpec found = processes.get(process);
    if (found == null) {
      throw new NotFoundException("process group " + name + " has no process " + process);
    }
    return found;
  }

  /** Its processes in declared order. */
  public List<? extends ProcessSpec> listProcesses() {
    return List.copyOf(processes.values());
  }

  /** Says what only one backend understands; does nothing where this is not of that type. */
  public <T extends ProcessGroupSpec> ProcessGroupSpec on(
      Class<T> type, Consumer<? super T> declaration) {
    if (type.isInstance(this)) {
      declaration.accept(type.cast(this));
    }
    return this;
  }

  final void joinExperiment(ExperimentSpec owner) {
    ExperimentSpec now = experiment;
    if (now != null) {
      throw new SymphonyException(
          "process group "
              + name
              + " cannot be added to experiment "
              + owner.getName()
              + ": it belongs to experiment "
              + now.getName()
              + " already");
    }
    experiment = owner;
    for (ProcessSpec process : processes.values()) {
      process.joinExperiment(owner, this);
    }
  }

  @Override
  final Map<String, Object> write(SpecWriter writer) {
    return writer.group(this);
  }

  /**
   * Loads a group that belongs to no experiment yet.
   *
   * @param file ends in {@code .yaml}, {@code .yml} or {@code .json}
   * @throws SymphonyException naming line and field of what is wrong
   */
  public static ProcessGroupSpec load(Path file) {
    return load(file, ProcessGroupSpec::new);
  }

  /** Loads a group into a spec of the caller's making, which gets the name. */
  public static <T extends ProcessGroupSpec> T load(Path file, Function<String, T> make) {
    return SpecReader.group(DataReader.file(file), make);
  }

  /** Reads what {@link #toYaml} wrote. */
  public static ProcessGroupSpec fromYaml(String text) {
    return SpecReader.group(DataReader.yaml(text, SpecReader.TEXT), ProcessGroupSpec::new);
  }

  /** Reads what {@link #toJson} wrote. */
  public static ProcessGroupSpec fromJson(String text) {
    return SpecReader.group(DataReader.json(text, SpecReader.TEXT), ProcessGroupSpec::new);
  }
}
