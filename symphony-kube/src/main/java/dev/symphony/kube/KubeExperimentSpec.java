package dev.symphony.kube;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.Secret;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.spec.KubeSection;
import dev.symphony.kube.internal.spec.SecretFiles;
import dev.symphony.kube.internal.spec.SectionCheck;
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

  /**
   * Files that every process finds in {@code /etc/secrets} under their last names. They are read at
   * launch; a saved declaration has their paths alone.
   *
   * @param files paths; a leading {@code ~} is the home folder
   * @throws SymphonyException for a name that Kubernetes does not take, or two of one name
   */
  public KubeExperimentSpec secrets(String... files) {
    return secrets(List.of(files));
  }

  /** Files that every process finds in {@code /etc/secrets}. */
  public KubeExperimentSpec secrets(List<String> files) {
    List<String> all = new ArrayList<>(getSecretFiles());
    all.addAll(files);
    try {
      SecretFiles.check(all);
    } catch (SymphonyException e) {
      throw new SymphonyException("experiment " + this + ": " + e.getMessage(), e);
    }
    KubeSection.add(this, KubeSection.SECRETS, files);
    return this;
  }

  /** The files given to {@link #secrets}. */
  public final List<String> getSecretFiles() {
    return KubeSection.texts(this, KubeSection.SECRETS);
  }

  @Override
  protected void sectionLoaded(String backend) {
    if (backend.equals(KubeSection.NAME)) {
      SectionCheck.of(this);
    }
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
