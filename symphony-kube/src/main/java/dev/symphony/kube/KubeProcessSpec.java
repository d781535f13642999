package dev.symphony.kube;

import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.Resources;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.Secret;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.Work;
import dev.symphony.kube.internal.spec.ContainerFragments;
import dev.symphony.kube.internal.spec.Fabric8;
import dev.symphony.kube.internal.spec.KubeSection;
import dev.symphony.kube.internal.spec.Mounts;
import dev.symphony.kube.internal.spec.PodFragments;
import dev.symphony.kube.internal.spec.PodVolume;
import dev.symphony.kube.internal.spec.RestartWords;
import dev.symphony.kube.internal.spec.Rules;
import dev.symphony.kube.internal.spec.SectionCheck;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Declares a process that runs as a container: of a pod of its own, or of its group's pod.
 *
 * <pre>{@code
 * KubeProcessSpec learner = experiment.newProcess("learner").image("me/rl:1");
 * learner.command("python", "learner.py").resourceLimit("4", "8Gi", 1);
 * learner.nodeSelector("pool", "gpu").mountNfs("files.lab", "/data", "/data");
 * }</pre>
 *
 * <p>What Kubernetes alone understands is kept in the section {@code kube}, in Kubernetes' own
 * words: {@code container} and {@code pod} are fragments of its objects. What is about the pod is
 * said of the group where there is one; of its member it is refused. Every setter throws a {@link
 * SymphonyException} that names the process for what Kubernetes would not take.
 */
public class KubeProcessSpec extends ProcessSpec {
  private static final String ARGS_ALONE =
      "args(…) goes with command(…) or the image's own entry point, not with shell(…) or main(…)";

  /**
   * Declares a process that belongs to no experiment yet.
   *
   * @param name a DNS label of at most 57 characters
   * @throws dev.symphony.engine.SymphonyException for another name
   */
  public KubeProcessSpec(String name) {
    super(name);
  }

  // ---- its container

  /**
   * The container's arguments: those after {@link #command}, or those of the image's own entry
   * point where there is no command.
   */
  public KubeProcessSpec args(String... words) {
    return args(List.of(words));
  }

  /** The container's arguments. */
  public KubeProcessSpec args(List<String> words) {
    return declare(
        () -> {
          if (getWork().kind() == Work.Kind.SHELL || getWork().kind() == Work.Kind.MAIN) {
            throw new SymphonyException(ARGS_ALONE);
          }
          ContainerFragments.args(this, words);
        });
  }

  /** When the image is pulled: {@code Always}, {@code IfNotPresent} or {@code Never}. */
  public KubeProcessSpec imagePullPolicy(String policy) {
    return declare(() -> ContainerFragments.imagePullPolicy(this, policy));
  }

  /**
   * What it is guaranteed, which must be free on the node that it is put on.
   *
   * @param cpu processors, such as {@code 1.7} or {@code 500m}; null for no change
   * @param memory bytes, such as {@code 2Gi}; null for no change
   */
  public KubeProcessSpec resourceRequest(@Nullable String cpu, @Nullable String memory) {
    return resourceRequest(amounts(cpu, memory));
  }

  /**
   * What it is guaranteed.
   *
   * @param amounts numbers or texts by the resource's name: {@code cpu}, {@code memory}, {@code
   *     ephemeral-storage}
   */
  public KubeProcessSpec resourceRequest(Map<String, ?> amounts) {
    return declare(() -> ContainerFragments.resources(this, amounts, true));
  }

  /**
   * What it may use at most.
   *
   * @param cpu processors; null for no change
   * @param memory bytes; null for no change
   */
  public KubeProcessSpec resourceLimit(@Nullable String cpu, @Nullable String memory) {
    return resourceLimit(amounts(cpu, memory));
  }

  /**
   * What it may use at most.
   *
   * @param cpu processors; null for no change
   * @param memory bytes; null for no change
   * @param gpus number of {@code nvidia.com/gpu}; 0 for no change
   */
  public KubeProcessSpec resourceLimit(@Nullable String cpu, @Nullable String memory, int gpus) {
    Map<String, Object> all = amounts(cpu, memory);
    if (gpus != 0) {
      all.put(Rules.GPU, gpus);
    }
    return resourceLimit(all);
  }

  /**
   * What it may use at most.
   *
   * @param amounts numbers or texts by the resource's name: {@code cpu}, {@code memory}, {@code
   *     ephemeral-storage}, {@code gpu} for {@code nvidia.com/gpu}, any other in full, such as
   *     {@code example.com/device}
   */
  public KubeProcessSpec resourceLimit(Map<String, ?> amounts) {
    return declare(() -> ContainerFragments.resources(this, amounts, false));
  }

  private static Map<String, Object> amounts(@Nullable String cpu, @Nullable String memory) {
    Map<String, Object> amounts = new LinkedHashMap<>();
    if (cpu != null) {
      amounts.put("cpu", cpu);
    }
    if (memory != null) {
      amounts.put("memory", memory);
    }
    return amounts;
  }

  /**
   * Sets whatever Kubernetes knows of a container, which wins over what Symphony makes of the
   * declaration. Runs at once, on an empty builder; what it sets is saved with the declaration.
   */
  public KubeProcessSpec customizeContainer(Consumer<? super ContainerBuilder> customizer) {
    return declare(() -> ContainerFragments.customize(this, Fabric8.container(customizer)));
  }

  // ---- its volumes

  /** Mounts a volume of any kind. */
  public KubeProcessSpec mountVolume(Volume volume, String mountPath) {
    return mount(() -> Fabric8.volume(volume), mountPath);
  }

  /** Mounts a directory of an NFS server. */
  public KubeProcessSpec mountNfs(String server, String path, String mountPath) {
    return mount(() -> PodVolume.nfs(server, path, null), mountPath);
  }

  /** Mounts a directory of an NFS server as a volume of this name. */
  public KubeProcessSpec mountNfs(String server, String path, String mountPath, String name) {
    return mount(() -> PodVolume.nfs(server, path, name), mountPath);
  }

  /** Mounts a Secret of the namespace, a file for each of its keys, readable by all (0644). */
  public KubeProcessSpec mountSecret(String secret, String mountPath) {
    return mountSecret(secret, mountPath, PodVolume.SECRET_MODE);
  }

  /**
   * Mounts a Secret of the namespace.
   *
   * @param mode of its files, such as 0400
   */
  public KubeProcessSpec mountSecret(String secret, String mountPath, int mode) {
    return mount(() -> PodVolume.secret(secret, mode, null), mountPath);
  }

  /** Mounts a Secret of the namespace as a volume of this name. */
  public KubeProcessSpec mountSecret(String secret, String mountPath, int mode, String name) {
    return mount(() -> PodVolume.secret(secret, mode, name), mountPath);
  }

  /**
   * Checks out a git repository before the process starts, into a directory of the repository's
   * name below the mount path: {@code https://example.com/me/code.git} at {@code /src} is {@code
   * /src/code}. An init container of image {@code alpine/git} does it.
   *
   * @param revision a branch, a tag or a commit; null for the repository's default branch
   */
  public KubeProcessSpec mountGitRepo(
      String repository, @Nullable String revision, String mountPath) {
    return mountGitRepo(repository, revision, mountPath, null, PodVolume.GIT_IMAGE);
  }

  /** Checks out a git repository into a volume of this name. */
  public KubeProcessSpec mountGitRepo(
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
  public KubeProcessSpec mountGitRepo(
      String repository,
      @Nullable String revision,
      String mountPath,
      @Nullable String name,
      String image) {
    return mount(() -> PodVolume.git(repository, revision, name, image), mountPath);
  }

  /** Mounts a file or directory of the node, whatever it is. */
  public KubeProcessSpec mountHostPath(String path, String mountPath) {
    return mountHostPath(path, mountPath, "");
  }

  /**
   * Mounts a file or directory of the node.
   *
   * @param type what must be there, such as {@code Directory}, or is made, such as {@code
   *     DirectoryOrCreate}; empty for anything
   */
  public KubeProcessSpec mountHostPath(String path, String mountPath, String type) {
    return mount(() -> PodVolume.hostPath(path, type, null), mountPath);
  }

  /** Mounts a file or directory of the node as a volume of this name. */
  public KubeProcessSpec mountHostPath(String path, String mountPath, String type, String name) {
    return mount(() -> PodVolume.hostPath(path, type, name), mountPath);
  }

  /**
   * Mounts an empty directory that lasts as long as the pod; members of one group share that of one
   * name.
   *
   * @param inMemory whether it is kept in memory, which counts as the process's
   */
  public KubeProcessSpec mountEmptyDir(String name, boolean inMemory, String mountPath) {
    return mount(() -> PodVolume.emptyDir(name, inMemory), mountPath);
  }

  /** Has {@code /dev/shm} limited by its memory alone, not to the usual 64 MB. */
  public KubeProcessSpec mountSharedMemory() {
    return mountSharedMemory(PodVolume.SHARED_MEMORY);
  }

  /** The same as a volume of this name. */
  public KubeProcessSpec mountSharedMemory(String name) {
    return mount(() -> PodVolume.emptyDir(name, true), PodVolume.SHARED_MEMORY_PATH);
  }

  private KubeProcessSpec mount(Supplier<PodVolume> volume, String mountPath) {
    return declare(() -> Mounts.add(this, volume.get(), mountPath));
  }

  // ---- its pod

  /**
   * Whether it runs again, in Kubernetes' words: {@code Always}, {@code OnFailure} or {@code
   * Never}. The same as {@link #restart}.
   */
  public KubeProcessSpec restartPolicy(String policy) {
    return declare(() -> restart(RestartWords.parse(policy)));
  }

  /** Labels its pod. */
  public KubeProcessSpec label(String key, String value) {
    return declarePod("label(…)", () -> PodFragments.label(this, key, value));
  }

  /** Labels its pod. */
  public KubeProcessSpec labels(Map<String, String> labels) {
    labels.forEach(this::label);
    return this;
  }

  /**
   * Lets its pod onto nodes with a taint.
   *
   * @param key the taint's; null for every taint
   * @param operator {@code Exists} for any value, {@code Equal} for that one
   * @param value the taint's; null with {@code Exists}
   * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}; null for all
   */
  public KubeProcessSpec toleration(
      @Nullable String key, String operator, @Nullable String value, @Nullable String effect) {
    return toleration(PodFragments.tolerationOf(key, operator, value, effect));
  }

  /**
   * Lets its pod onto nodes with a taint.
   *
   * @param fields as Kubernetes has them: {@code key}, {@code operator}, {@code value}, {@code
   *     effect}, {@code tolerationSeconds}
   */
  public KubeProcessSpec toleration(Map<String, ?> fields) {
    return declarePod("toleration(…)", () -> PodFragments.toleration(this, fields));
  }

  /** Puts its pod on nodes with this label alone. */
  public KubeProcessSpec nodeSelector(String key, String value) {
    return declarePod("nodeSelector(…)", () -> PodFragments.nodeSelector(this, key, value));
  }

  /**
   * Sets whatever Kubernetes knows of a pod, which wins over what Symphony makes of the
   * declaration. Runs at once, on an empty builder; what it sets is saved with the declaration.
   */
  public KubeProcessSpec customizePod(Consumer<? super PodBuilder> customizer) {
    return declarePod(
        "customizePod(…)", () -> PodFragments.customize(this, Fabric8.pod(customizer)));
  }

  /**
   * Gives services that it binds the pod's own address instead of a virtual one, known before the
   * process is ready: for peers that must find each other while they start.
   */
  public KubeProcessSpec headless(String... services) {
    return declare(
        () -> {
          for (String service : services) {
            Rules.dnsLabel("service", service);
          }
          KubeSection.add(this, KubeSection.HEADLESS, List.of(services));
        });
  }

  private void refuseArgs() {
    if (ContainerFragments.hasArgs(this)) {
      throw new SymphonyException("process " + this + ": " + ARGS_ALONE);
    }
  }

  private KubeProcessSpec declarePod(String setter, Runnable declaration) {
    return declare(
        () -> {
          PodFragments.requireOwnPod(this, setter);
          declaration.run();
        });
  }

  private KubeProcessSpec declare(Runnable declaration) {
    try {
      declaration.run();
    } catch (SymphonyException e) {
      throw new SymphonyException("process " + this + ": " + e.getMessage(), e);
    }
    return this;
  }

  @Override
  protected void sectionLoaded(String backend) {
    if (backend.equals(KubeSection.NAME)) {
      SectionCheck.of(this);
    }
  }

  // ---- what every backend knows

  @Override
  public KubeProcessSpec command(String... argv) {
    return (KubeProcessSpec) super.command(argv);
  }

  @Override
  public KubeProcessSpec command(List<String> argv) {
    return (KubeProcessSpec) super.command(argv);
  }

  @Override
  public KubeProcessSpec shell(String... lines) {
    return (KubeProcessSpec) super.shell(lines);
  }

  @Override
  public KubeProcessSpec shell(List<String> lines) {
    refuseArgs();
    return (KubeProcessSpec) super.shell(lines);
  }

  @Override
  public KubeProcessSpec main(Class<?> type, String... args) {
    return (KubeProcessSpec) super.main(type, args);
  }

  @Override
  public KubeProcessSpec main(String type, List<String> args) {
    refuseArgs();
    return (KubeProcessSpec) super.main(type, args);
  }

  @Override
  public KubeProcessSpec jvmOptions(String... options) {
    return (KubeProcessSpec) super.jvmOptions(options);
  }

  @Override
  public KubeProcessSpec env(String variable, String value) {
    return (KubeProcessSpec) super.env(variable, value);
  }

  @Override
  public KubeProcessSpec env(Map<String, String> variables) {
    return (KubeProcessSpec) super.env(variables);
  }

  @Override
  public KubeProcessSpec secret(String variable, Secret secret) {
    return (KubeProcessSpec) super.secret(variable, secret);
  }

  @Override
  public KubeProcessSpec inheritEnv(boolean value) {
    return (KubeProcessSpec) super.inheritEnv(value);
  }

  @Override
  public KubeProcessSpec passEnv(String... variables) {
    return (KubeProcessSpec) super.passEnv(variables);
  }

  @Override
  public KubeProcessSpec workingDirectory(String directory) {
    return (KubeProcessSpec) super.workingDirectory(directory);
  }

  @Override
  public KubeProcessSpec image(String reference) {
    return (KubeProcessSpec) super.image(reference);
  }

  @Override
  public KubeProcessSpec resources(Resources wanted) {
    declare(() -> Rules.resources(wanted));
    return (KubeProcessSpec) super.resources(wanted);
  }

  @Override
  public KubeProcessSpec gracePeriod(Duration period) {
    return (KubeProcessSpec) super.gracePeriod(period);
  }

  @Override
  public KubeProcessSpec restart(RestartPolicy policy) {
    return (KubeProcessSpec) super.restart(policy);
  }

  @Override
  public KubeProcessSpec successExitCodes(int... codes) {
    return (KubeProcessSpec) super.successExitCodes(codes);
  }

  @Override
  public KubeProcessSpec binds(String... services) {
    return (KubeProcessSpec) super.binds(services);
  }

  @Override
  public KubeProcessSpec binds(String service, int port) {
    return (KubeProcessSpec) super.binds(service, port);
  }

  @Override
  public KubeProcessSpec binds(Map<String, @Nullable Integer> services) {
    return (KubeProcessSpec) super.binds(services);
  }

  @Override
  public KubeProcessSpec connects(String... services) {
    return (KubeProcessSpec) super.connects(services);
  }

  @Override
  public KubeProcessSpec exposes(String... services) {
    return (KubeProcessSpec) super.exposes(services);
  }

  @Override
  public KubeProcessSpec exposes(String service, int port) {
    return (KubeProcessSpec) super.exposes(service, port);
  }

  @Override
  public KubeProcessSpec exposes(Map<String, @Nullable Integer> services) {
    return (KubeProcessSpec) super.exposes(services);
  }

  @Override
  public <T extends ProcessSpec> KubeProcessSpec on(
      Class<T> type, Consumer<? super T> declaration) {
    return (KubeProcessSpec) super.on(type, declaration);
  }
}
