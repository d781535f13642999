package dev.symphony.kube;

import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessSpec;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/** Declares processes that run as containers of one pod. */
public class KubeProcessGroupSpec extends ProcessGroupSpec {
  /**
   * Declares a group that belongs to no experiment yet.
   *
   * @param name a DNS label of at most 57 characters
   * @throws dev.symphony.engine.SymphonyException for another name
   */
  public KubeProcessGroupSpec(String name) {
    super(name);
  }

  @Override
  protected KubeProcessSpec createProcess(String process) {
    return new KubeProcessSpec(process);
  }

  @Override
  public KubeProcessSpec newProcess(String process) {
    return (KubeProcessSpec) super.newProcess(process);
  }

  @Override
  public List<KubeProcessSpec> newProcesses(String process, int count) {
    return KubeExperimentSpec.own(super.newProcesses(process, count));
  }

  @Override
  public List<KubeProcessSpec> newProcesses(
      String process, int count, ObjIntConsumer<ProcessSpec> each) {
    return KubeExperimentSpec.own(super.newProcesses(process, count, each));
  }

  @Override
  public KubeProcessGroupSpec preamble(String... lines) {
    return (KubeProcessGroupSpec) super.preamble(lines);
  }

  @Override
  public KubeProcessGroupSpec preamble(List<String> lines) {
    return (KubeProcessGroupSpec) super.preamble(lines);
  }

  @Override
  public <T extends ProcessGroupSpec> KubeProcessGroupSpec on(
      Class<T> type, Consumer<? super T> declaration) {
    return (KubeProcessGroupSpec) super.on(type, declaration);
  }
}
