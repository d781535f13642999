package dev.symphony.kube;

import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.spec.ContainerFragments;
import dev.symphony.kube.internal.spec.Fabric8;
import dev.symphony.kube.internal.spec.KubeSection;
import dev.symphony.kube.internal.spec.Mounts;
import dev.symphony.kube.internal.spec.PodFragments;
import dev.symphony.kube.internal.spec.PodVolume;
import dev.symphony.kube.internal.spec.RestartWords;
import dev.symphony.kube.internal.spec.SectionCheck;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Declares processes that run as containers of one pod.
 *
 * <p>What is about the pod is said here and kept in the section {@code kube} as {@code pod}, in
 * Kubernetes' own words. What is about containers can be said of all of them at once: it goes to
 * every process of the group, and to those that come later and say nothing else.
 */
public class KubeProcessGroupSpec extends ProcessGroupSpec {
  private final List<Batch> batches = new ArrayList<>();

  /** What was said of all processes, for those that come later and lack it. */
  private record Batch(Predicate<ProcessSpec> lacksIt, Consumer<ProcessSpec> declaration) {
    void declareTo(ProcessSpec process) {
      if (lacksIt.test(process)) {
        declaration.accept(process);
      }
    }
  }

  /**
   * Declares a group that belongs to no experiment yet.
   *
   * @param name a DNS label of at most 57 characters
   * @throws dev.symphony.engine.SymphonyException for another name
   */
  public KubeProcessGroupSpec(String name) {
    super(name);
  }

  // ---- its pod

  /** Labels the pod. */
  public KubeProcessGroupSpec label(String key, String value) {
    return declare(() -> PodFragments.label(this, key, value));
  }

  /** Labels the pod. */
  public KubeProcessGroupSpec labels(Map<String, String> labels) {
    labels.forEach(this::label);
    return this;
  }

  /**
   * Lets the pod onto nodes with a taint.
   *
   * @param key the taint's; null for every taint
   * @param operator {@code Exists} for any value, {@code Equal} for that one
   * @param value the taint's; null with {@code Exists}
   * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}; null for all
   */
  public KubeProcessGroupSpec toleration(
      @Nullable String key, String operator, @Nullable String value, @Nullable String effect) {
    return toleration(PodFragments.tolerationOf(key, operator, value, effect));
  }

  /**
   * Lets the pod onto nodes with a taint.
   *
   * @param fields as Kubernetes has them: {@code key}, {@code operator}, {@code value}, {@code
   *     effect}, {@code tolerationSeconds}
   */
  public KubeProcessGroupSpec toleration(Map<String, ?> fields) {
    return declare(() -> PodFragments.toleration(this, fields));
  }

  /** Puts the pod on nodes with this label alone. */
  public KubeProcessGroupSpec nodeSelector(String key, String value) {
    return declare(() -> PodFragments.nodeSelector(this, key, value));
  }

  /**
   * Sets whatever Kubernetes knows of a pod, which wins over what Symphony makes of the
   * declaration. Runs at once, on an empty builder; what it sets is saved with the declaration.
   */
  public KubeProcessGroupSpec customizePod(Consumer<? super PodBuilder> customizer) {
    return declare(() -> PodFragments.customize(this, Fabric8.pod(customizer)));
  }

  // ---- all of its processes

  /** The image of its processes. */
  public KubeProcessGroupSpec image(String reference) {
    return each(process -> process.getImage() == null, process -> process.image(reference));
  }

  /** Sets a variable of the environment of its processes. */
  public KubeProcessGroupSpec env(String variable, String value) {
    return each(
        process -> !process.getEnv().containsKey(variable),
        process -> process.env(variable, value));
  }

  /** Sets variables of the environment of its processes. */
  public KubeProcessGroupSpec env(Map<String, String> variables) {
    variables.forEach(this::env);
    return this;
  }

  /** When images are pulled: {@code Always}, {@code IfNotPresent} or {@code Never}. */
  public KubeProcessGroupSpec imagePullPolicy(String policy) {
    return each(
        process -> !ContainerFragments.hasImagePullPolicy(process),
        process -> ContainerFragments.imagePullPolicy(process, policy));
  }

  /**
   * Whether its processes run again, in Kubernetes' words: {@code Always}, {@code OnFailure} or
   * {@code Never}. The same as {@link ProcessSpec#restart} of each.
   */
  public KubeProcessGroupSpec restartPolicy(String policy) {
    return declare(() -> restart(RestartWords.parse(policy)));
  }

  private void restart(RestartPolicy policy) {
    each(
        process -> process.getRestartPolicy().equals(RestartPolicy.never()),
        process -> process.restart(policy));
  }

  /** Mounts a volume of any kind. */
  public KubeProcessGroupSpec mountVolume(Volume volume, String mountPath) {
    return mount(() -> Fabric8.volume(volume), mountPath);
  }

  /** Mounts a directory of an NFS server. */
  public KubeProcessGroupSpec mountNfs(String server, String path, String mountPath) {
    return mount(() -> PodVolume.nfs(server, path, null), mountPath);
  }

  /** Mounts a directory of an NFS server as a volume of this name. */
  public KubeProcessGroupSpec mountNfs(String server, String path, String mountPath, String name) {
    return mount(() -> PodVolume.nfs(server, path, name), mountPath);
  }

  /** Mounts a Secret of the namespace, a file for each of its keys, readable by all (0644). */
  public KubeProcessGroupSpec mountSecret(String secret, String mountPath) {
    return mountSecret(secret, mountPath, PodVolume.SECRET_MODE);
  }

  /**
   * Mounts a Secret of the namespace.
   *
   * @param mode of its files, such as 0400
   */
  public KubeProcessGroupSpec mountSecret(String secret, String mountPath, int mode) {
    return mount(() -> PodVolume.secret(secret, mode, null), mountPath);
  }

  /** Mounts a Secret of the namespace as a volume of this name. */
  public KubeProcessGroupSpec mountSecret(String secret, String mountPath, int mode, String name) {
    return mount(() -> PodVolume.secret(secret, mode, name), mountPath);
  }

  /**
   * Checks out a git repository once for all of its processes, as {@link
   * KubeProcessSpec#mountGitRepo(String, String, String)} does.
   *
   * @param revision a branch, a tag or a commit; null for the repository's default branch
   */
  public KubeProcessGroupSpec mountGitRepo(
      String repository, @Nullable String revision, String mountPath) {
    return mountGitRepo(repository, revision, mountPath, null, PodVolume.GIT_IMAGE);
  }

  /** Checks out a git repository into a volume of this name. */
  public KubeProcessGroupSpec mountGitRepo(
      String repository, @Nullable String revision, String mountPath, String name) {
    return mountGitRepo(repository, revision, mountPath, name, PodVolume.GIT_IMAGE);
  }

  /**
   * Checks out a git repository.
   *
   * @param revision a branch, a tag or a commit; null for the repository's default branch
   * @param name of the volume; null for the repository's
   * @param image has {@code sh} and {@code git}
   */
  public KubeProcessGroupSpec mountGitRepo(
      String repository,
      @Nullable String revision,
      String mountPath,
      @Nullable String name,
      String image) {
    return mount(() -> PodVolume.git(repository, revision, name, image), mountPath);
  }

  /** Mounts a file or directory of the node, whatever it is. */
  public KubeProcessGroupSpec mountHostPath(String path, String mountPath) {
    return mountHostPath(path, mountPath, "");
  }

  /**
   * Mounts a file or directory of the node.
   *
   * @param type what must be there, such as {@code Directory}, or is made, such as {@code
   *     DirectoryOrCreate}; empty for anything
   */
  public KubeProcessGroupSpec mountHostPath(String path, String mountPath, String type) {
    return mount(() -> PodVolume.hostPath(path, type, null), mountPath);
  }

  /** Mounts a file or directory of the node as a volume of this name. */
  public KubeProcessGroupSpec mountHostPath(
      String path, String mountPath, String type, String name) {
    return mount(() -> PodVolume.hostPath(path, type, name), mountPath);
  }

  /**
   * Mounts an empty directory, which its processes share and which lasts as long as the pod.
   *
   * @param inMemory whether it is kept in memory
   */
  public KubeProcessGroupSpec mountEmptyDir(String name, boolean inMemory, String mountPath) {
    return mount(() -> PodVolume.emptyDir(name, inMemory), mountPath);
  }

  /** Has {@code /dev/shm}, which its processes share, limited by their memory alone. */
  public KubeProcessGroupSpec mountSharedMemory() {
    return mountSharedMemory(PodVolume.SHARED_MEMORY);
  }

  /** The same as a volume of this name. */
  public KubeProcessGroupSpec mountSharedMemory(String name) {
    return mount(() -> PodVolume.emptyDir(name, true), PodVolume.SHARED_MEMORY_PATH);
  }

  private KubeProcessGroupSpec mount(Supplier<PodVolume> volume, String mountPath) {
    return declare(
        () -> {
          PodVolume made = volume.get();
          each(
              process -> Mounts.volumeAt(process, mountPath) == null,
              process -> Mounts.add(process, made, mountPath));
        });
  }

  private KubeProcessGroupSpec each(
      Predicate<ProcessSpec> lacksIt, Consumer<ProcessSpec> declaration) {
    return declare(
        () -> {
          listProcesses().forEach(declaration);
          batches.add(new Batch(lacksIt, declaration));
        });
  }

  private KubeProcessGroupSpec declare(Runnable declaration) {
    try {
      declaration.run();
    } catch (SymphonyException e) {
      throw new SymphonyException("process group " + this + ": " + e.getMessage(), e);
    }
    return this;
  }

  /**
   * Adds a process that belongs nowhere yet.
   *
   * @throws SymphonyException where it belongs elsewhere, the name is taken, or something was said
   *     of its pod, which is now the group's
   */
  @Override
  public void addProcess(ProcessSpec process) {
    try {
      SectionCheck.member(this, process);
    } catch (SymphonyException e) {
      throw new SymphonyException("process " + process + ": " + e.getMessage(), e);
    }
    super.addProcess(process);
    for (Batch batch : batches) {
      declare(() -> batch.declareTo(process));
    }
  }

  @Override
  protected void sectionLoaded(String backend) {
    if (backend.equals(KubeSection.NAME)) {
      SectionCheck.of(this);
    }
  }

  // ---- what every backend knows

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
