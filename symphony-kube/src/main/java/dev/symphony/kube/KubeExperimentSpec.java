package dev.symphony.kube;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/** Declares an experiment that runs as pods of a Kubernetes cluster. */
public class KubeExperimentSpec extends ExperimentSpec {
  /**
   * Declares an experiment of exactly this name; {@link KubeCluster#newExperiment} prefixes the
   * username.
   *
   * @param name a DNS label of at most 63 characters
   * @throws dev.symphony.engine.SymphonyException for another name
   */
  public KubeExperimentSpec(String name) {
    super(name);
  }

  @Override
  protected KubeProcessSpec createProcess(String process) {
    return new KubeProcessSpec(process);
  }

  @Override
  protected KubeProcessGroupSpec createProcessGroup(String group) {
    return new KubeProcessGroupSpec(group);
  }

  @Override
  public KubeProcessSpec newProcess(String process) {
    return (KubeProcessSpec) super.newProcess(process);
  }

  @Override
  public List<KubeProcessSpec> newProcesses(String process, int count) {
    return own(super.newProcesses(process, count));
  }

  @Override
  public List<KubeProcessSpec> newProcesses(
      String process, int count, ObjIntConsumer<ProcessSpec> each) {
    return own(super.newProcesses(process, count, each));
  }

  @Override
  public KubeProcessGroupSpec newProcessGroup(String group) {
    return (KubeProcessGroupSpec) super.newProcessGroup(group);
  }

  /** The same processes as what they were made as. */
  static List<KubeProcessSpec> own(List<? extends ProcessSpec> processes) {
    List<KubeProcessSpec> own = new ArrayList<>(processes.size());
    for (ProcessSpec process : processes) {
      own.add((KubeProcessSpec) process);
    }
    return own;
  }

  @Override
  public KubeExperimentSpec preamble(String... lines) {
    return (KubeExperimentSpec) super.preamble(lines);
  }

  @Override
  public KubeExperimentSpec preamble(List<String> lines) {
    return (KubeExperimentSpec) super.preamble(lines);
  }

  @Override
  public KubeExperimentSpec secret(String variable, Secret secret) {
    return (KubeExperimentSpec) super.secret(variable, secret);
  }

  @Override
  public <T extends ExperimentSpec> KubeExperimentSpec on(
      Class<T> type, Consumer<? super T> declaration) {
    return (KubeExperimentSpec) super.on(type, declaration);
  }
}
