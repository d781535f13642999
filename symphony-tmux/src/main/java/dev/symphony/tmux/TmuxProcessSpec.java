package dev.symphony.tmux;

import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.Resources;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Declares a process that runs in a window of tmux. */
public class TmuxProcessSpec extends ProcessSpec {
  /**
   * Declares a process that belongs to no experiment yet.
   *
   * @param name a DNS label of at most 57 characters
   * @throws dev.symphony.engine.SymphonyException for another name
   */
  public TmuxProcessSpec(String name) {
    super(name);
  }

  /** Another word for {@link #workingDirectory}. */
  public TmuxProcessSpec startDir(String directory) {
    return workingDirectory(directory);
  }

  @Override
  protected void sectionLoaded(String backend) {
    String directory = backend.equals(TmuxCluster.BACKEND) ? TmuxSection.takeStartDir(this) : null;
    if (directory != null) {
      startDir(directory);
    }
  }

  @Override
  public TmuxProcessSpec command(String... argv) {
    return (TmuxProcessSpec) super.command(argv);
  }

  @Override
  public TmuxProcessSpec command(List<String> argv) {
    return (TmuxProcessSpec) super.command(argv);
  }

  @Override
  public TmuxProcessSpec shell(String... lines) {
    return (TmuxProcessSpec) super.shell(lines);
  }

  @Override
  public TmuxProcessSpec shell(List<String> lines) {
    return (TmuxProcessSpec) super.shell(lines);
  }

  @Override
  public TmuxProcessSpec main(Class<?> type, String... args) {
    return (TmuxProcessSpec) super.main(type, args);
  }

  @Override
  public TmuxProcessSpec main(String type, List<String> args) {
    return (TmuxProcessSpec) super.main(type, args);
  }

  @Override
  public TmuxProcessSpec jvmOptions(String... options) {
    return (TmuxProcessSpec) super.jvmOptions(options);
  }

  @Override
  public TmuxProcessSpec env(String variable, String value) {
    return (TmuxProcessSpec) super.env(variable, value);
  }

  @Override
  public TmuxProcessSpec env(Map<String, String> variables) {
    return (TmuxProcessSpec) super.env(variables);
  }

  @Override
  public TmuxProcessSpec secret(String variable, Secret secret) {
    return (TmuxProcessSpec) super.secret(variable, secret);
  }

  @Override
  public TmuxProcessSpec inheritEnv(boolean value) {
    return (TmuxProcessSpec) super.inheritEnv(value);
  }

  @Override
  public TmuxProcessSpec passEnv(String... variables) {
    return (TmuxProcessSpec) super.passEnv(variables);
  }

  @Override
  public TmuxProcessSpec workingDirectory(String directory) {
    return (TmuxProcessSpec) super.workingDirectory(directory);
  }

  @Override
  public TmuxProcessSpec image(String reference) {
    return (TmuxProcessSpec) super.image(reference);
  }

  @Override
  public TmuxProcessSpec resources(Resources wanted) {
    return (TmuxProcessSpec) super.resources(wanted);
  }

  @Override
  public TmuxProcessSpec gracePeriod(Duration period) {
    return (TmuxProcessSpec) super.gracePeriod(period);
  }

  @Override
  public TmuxProcessSpec restart(RestartPolicy policy) {
    return (TmuxProcessSpec) super.restart(policy);
  }

  @Override
  public TmuxProcessSpec successExitCodes(int... codes) {
    return (TmuxProcessSpec) super.successExitCodes(codes);
  }

  @Override
  public TmuxProcessSpec binds(String... services) {
    return (TmuxProcessSpec) super.binds(services);
  }

  @Override
  public TmuxProcessSpec binds(String service, int port) {
    return (TmuxProcessSpec) super.binds(service, port);
  }

  @Override
  public TmuxProcessSpec binds(Map<String, @Nullable Integer> services) {
    return (TmuxProcessSpec) super.binds(services);
  }

  @Override
  public TmuxProcessSpec connects(String... services) {
    return (TmuxProcessSpec) super.connects(services);
  }

  @Override
  public TmuxProcessSpec exposes(String... services) {
    return (TmuxProcessSpec) super.exposes(services);
  }

  @Override
  public TmuxProcessSpec exposes(String service, int port) {
    return (TmuxProcessSpec) super.exposes(service, port);
  }

  @Override
  public TmuxProcessSpec exposes(Map<String, @Nullable Integer> services) {
    return (TmuxProcessSpec) super.exposes(services);
  }

  @Override
  public <T extends ProcessSpec> TmuxProcessSpec on(
      Class<T> type, Consumer<? super T> declaration) {
    return (TmuxProcessSpec) super.on(type, declaration);
  }
}
