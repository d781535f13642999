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

/**
 * Declares an experiment: a named set of processes that run together.
 *
 * <pre>{@code
 * ExperimentSpec rl = cluster.newExperiment("rl");
 * rl.newProcess("learner").command("python", "learner.py").binds("parameter-server");
 * rl.newProcesses("agent", 8, (agent, i) -> agent.command("python", "agent.py"))
 *     .forEach(agent -> agent.connects("parameter-server"));
 * cluster.launch(rl);
 * }</pre>
 *
 * <p>Fluent and mutable, not thread-safe.
 */
public class ExperimentSpec extends BaseSpec {
  private final List<String> preamble = new ArrayList<>();
  private final Map<String, Secret> secrets = new LinkedHashMap<>();
  private final Map<String, ProcessSpec> processes = new LinkedHashMap<>();
  private final Map<String, ProcessGroupSpec> groups = new LinkedHashMap<>();

  /**
   * Declares an experiment of exactly this name; {@link Cluster#newExperiment} prefixes the
   * username.
   *
   * @param name a DNS label of at most 63 characters
   * @throws SymphonyException for another name
   */
  public ExperimentSpec(String name) {
    super(Names.checkExperiment(name));
  }

  /** Runs these shell lines before the command of every process. */
  public ExperimentSpec preamble(String... lines) {
    return preamble(List.of(lines));
  }

  /** Runs these shell lines before the command of every process. */
  public ExperimentSpec preamble(List<String> lines) {
    preamble.addAll(lines);
    return this;
  }

  /** The lines given to {@link #preamble}. */
  public final List<String> getPreamble() {
    return Collections.unmodifiableList(preamble);
  }

  /** Sets a variable of every process, whose value is never printed or saved. */
  public ExperimentSpec secret(String variable, Secret secret) {
    secrets.put(Names.checkVariable(variable), secret);
    return this;
  }

  /** The secrets of every process. */
  public final Map<String, Secret> getSecrets() {
    return Collections.unmodifiableMap(secrets);
  }

  /** Makes a process of this experiment's kind, which belongs nowhere yet. */
  protected ProcessSpec createProcess(String process) {
    return new ProcessSpec(process);
  }

  /** Makes a process group of this experiment's kind, which belongs nowhere yet. */
  protected ProcessGroupSpec createProcessGroup(String group) {
    return new ProcessGroupSpec(group);
  }

  /** Declares a process. */
  public ProcessSpec newProcess(String process) {
    ProcessSpec spec = createProcess(process);
    addProcess(spec);
    return spec;
  }

  /**
   * Declares processes {@code name-0} to {@code name-(count-1)}, each with {@code
   * SYMPH_REPLICA_INDEX} and {@code SYMPH_REPLICA_COUNT}.
   */
  public List<? extends ProcessSpec> newProcesses(String process, int count) {
    return newProcesses(process, count, (spec, index) -> {});
  }

  /** Declares processes alike, each declared further by {@code each}, which gets its index. */
  public List<? extends ProcessSpec> newProcesses(
      String process, int count, ObjIntConsumer<ProcessSpec> each) {
    return replicas(process, count, each, this::newProcess);
  }

  /** Declares a process group. */
  public ProcessGroupSpec newProcessGroup(String group) {
    ProcessGroupSpec spec = createProcessGroup(group);
    addProcessGroup(spec);
    return spec;
  }

  /**
   * Adds a process that belongs nowhere yet.
   *
   * @throws SymphonyException where it belongs elsewhere or the name is taken
   */
  public void addProcess(ProcessSpec process) {
    if (processes.containsKey(process.getName())) {
      throw new SymphonyException(
          "experiment " + name + " has a process " + process.getName() + " already");
    }
    process.joinExperiment(this, null);
    processes.put(process.getName(), process);
  }

  /** Adds processes that belong nowhere yet. */
  public void addProcesses(Collection<? extends ProcessSpec> many) {
    for (ProcessSpec process : many) {
      addProcess(process);
    }
  }

  /**
   * Adds a process group that belongs nowhere yet.
   *
   * @throws SymphonyException where it belongs elsewhere or the name is taken
   */
  public void addProcessGroup(ProcessGroupSpec group) {
    if (groups.containsKey(group.getName())) {
      throw new SymphonyException(
          "experiment " + name + " has a process group " + group.getName() + " already");
    }
    group.joinExperiment(this);
    groups.put(group.getName(), group);
  }

  /** Adds process groups that belong nowhere yet. */
  public void addProcessGroups(Collection<? extends ProcessGroupSpec> many) {
    for (ProcessGroupSpec group : many) {
      addProcessGroup(group);
    }
  }

  /**
   * A process that is in no group.
   *
   * @throws NotFoundException where there is none of that name
   */
  public ProcessSpec getProcess(String process) {
    ProcessSpec found = processes.get(process);
    if (found == null) {
      throw new NotFoundException(
          "experiment " + name + " has no process " + process + " outside its groups");
    }
    return found;
  }

  /**
   * A process group.
   *
   * @throws NotFoundException where there is none of that name
   */
  public ProcessGroupSpec getProcessGroup(String group) {
    ProcessGroupSpec found = groups.get(group);
    if (found == null) {
      throw new NotFoundException("experiment " + name + " has no process group " + group);
    }
    return found;
  }

  /** The processes that are in no group, in declared order. */
  public List<? extends ProcessSpec> listProcesses() {
    return List.copyOf(processes.values());
  }

  /** The process groups in declared order. */
  public List<? extends ProcessGroupSpec> listProcessGroups() {
    return List.copyOf(groups.values());
  }

  /** All processes: those of the groups, group by group, then those in none, in declared order. */
  public List<? extends ProcessSpec> listAllProcesses() {
    List<ProcessSpec> all = new ArrayList<>();
    for (ProcessGroupSpec group : groups.values()) {
      all.addAll(group.listProcesses());
    }
    all.addAll(processes.values());
    return Collections.unmodifiableList(all);
  }

  /** Says what only one backend understands; does nothing where this is not of that type. */
  public <T extends ExperimentSpec> ExperimentSpec on(
      Class<T> type, Consumer<? super T> declaration) {
    if (type.isInstance(this)) {
      declaration.accept(type.cast(this));
    }
    return this;
  }

  static List<ProcessSpec> replicas(
      String process,
      int count,
      ObjIntConsumer<ProcessSpec> each,
      Function<String, ? extends ProcessSpec> declare) {
    if (count < 0) {
      throw new SymphonyException(
          "process " + process + ": the number of replicas must not be negative, found " + count);
    }
    List<ProcessSpec> made = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      ProcessSpec spec = declare.apply(process + "-" + index);
      spec.replica(new ProcessSpec.Replica(index, count));
      each.accept(spec, index);
      made.add(spec);
    }
    return Collections.unmodifiableList(made);
  }

  @Override
  final Map<String, Object> write(SpecWriter writer) {
    return writer.experiment(this);
  }

  /**
   * Loads a declaration under exactly the name that it has in the file.
   *
   * @param file ends in {@code .yaml}, {@code .yml} or {@code .json}
   * @throws SymphonyException naming line and field of what is wrong
   */
  public static ExperimentSpec load(Path file) {
    return load(file, ExperimentSpec::new);
  }

  /**
   * Loads a declaration into a spec of the caller's making: {@code load(file,
   * cluster::newExperiment)} has the cluster's own type, and the username in front of its name.
   *
   * @param make gets the name that the file has
   * @throws SymphonyException naming line and field of what is wrong
   */
  public static <T extends ExperimentSpec> T load(Path file, Function<String, T> make) {
    return SpecReader.experiment(DataReader.file(file), make);
  }

  /** Reads what {@link #toYaml} wrote. */
  public static ExperimentSpec fromYaml(String text) {
    return SpecReader.experiment(DataReader.yaml(text, SpecReader.TEXT), ExperimentSpec::new);
  }

  /** Reads what {@link #toJson} wrote. */
  public static ExperimentSpec fromJson(String text) {
    return SpecReader.experiment(DataReader.json(text, SpecReader.TEXT), ExperimentSpec::new);
  }
}
