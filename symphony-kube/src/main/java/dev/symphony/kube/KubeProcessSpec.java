package dev.symphony.kube;

import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.Resources;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Declares a process that runs as a container of a pod. */
public class KubeProcessSpec extends ProcessSpec {
  /**
   * Declares a process that belongs to no experiment yet.
   *
   * @param name a DNS label of at most 57 characters
   * @throws dev.symphony.engine.SymphonyException for another name
   */
  public KubeProcessSpec(String name) {
    super(name);
  }

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
    return (KubeProcessSpec) super.shell(lines);
  }

  @Override
  public KubeProcessSpec main(Class<?> type, String... args) {
    return (KubeProcessSpec) super.main(type, args);
  }

  @Override
  public KubeProcessSpec main(String type, List<String> args) {
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
