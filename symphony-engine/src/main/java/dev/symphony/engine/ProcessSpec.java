package dev.symphony.engine;

import dev.symphony.engine.internal.data.DataReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Declares one process: what it runs, where, and which services it binds, connects to or exposes.
 *
 * <pre>{@code
 * ProcessSpec learner = experiment.newProcess("learner").command("python", "learner.py");
 * learner.binds("replay-server").exposes("tensorboard", 6006);
 * }</pre>
 *
 * <p>Fluent and mutable, not thread-safe; compiling an experiment copies what it needs. What a
 * backend cannot honour is refused when the plan is compiled.
 */
public class ProcessSpec extends BaseSpec {
  private @Nullable ExperimentSpec experiment;
  private @Nullable ProcessGroupSpec group;
  private Work work = Work.NONE;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Map<String, Secret> secrets = new LinkedHashMap<>();
  private boolean inheritEnv = true;
  private final Set<String> passEnv = new LinkedHashSet<>();
  private @Nullable String workingDirectory;
  private @Nullable String image;
  private @Nullable Resources resources;
  private Duration gracePeriod = Duration.ofSeconds(10);
  private RestartPolicy restartPolicy = RestartPolicy.never();
  private final Set<Integer> successExitCodes = new LinkedHashSet<>();
  private final Map<String, @Nullable Integer> bound = new LinkedHashMap<>();
  private final Set<String> connected = new LinkedHashSet<>();
  private final Map<String, @Nullable Integer> exposed = new LinkedHashMap<>();
  private @Nullable Replica replica;

  /**
   * One of several processes made alike.
   *
   * @param index from 0
   * @param count how many there are
   */
  public record Replica(int index, int count) {}

  /**
   * Declares a process that belongs to no experiment yet.
   *
   * @param name a DNS label of at most 57 characters
   * @throws SymphonyException for another name
   */
  public ProcessSpec(String name) {
    super(Names.checkProcess(name));
  }

  /** Its name within the experiment. */
  public final ProcessName getFullName() {
    return new ProcessName(group == null ? null : group.getName(), name);
  }

  /** The group it belongs to; null for none. */
  public final @Nullable ProcessGroupSpec getGroup() {
    return group;
  }

  /** The experiment it belongs to, through its group or directly; null for none yet. */
  public final @Nullable ExperimentSpec getExperiment() {
    return experiment;
  }

  // ---- what it runs

  /** Runs a program with arguments, through no shell. */
  public ProcessSpec command(String... argv) {
    return command(List.of(argv));
  }

  /** Runs a program with arguments, through no shell. */
  public ProcessSpec command(List<String> argv) {
    if (argv.isEmpty() || argv.get(0).isEmpty()) {
      throw new SymphonyException("process " + name + ": command(…) needs a program to run");
    }
    for (String argument : argv) {
      checkText("an argument", argument);
    }
    work = work.replaceWith(name, Work.command(argv));
    return this;
  }

  /**
   * Runs lines in one shell, which stops at the first failure: {@code bash} where there is one,
   * else {@code sh}.
   */
  public ProcessSpec shell(String... lines) {
    return shell(List.of(lines));
  }

  /** Runs lines in one shell, which stops at the first failure. */
  public ProcessSpec shell(List<String> lines) {
    if (lines.isEmpty()) {
      throw new SymphonyException("process " + name + ": shell(…) needs a line to run");
    }
    for (String line : lines) {
      checkText("a line", line);
    }
    work = work.replaceWith(name, Work.shell(lines));
    return this;
  }

  /**
   * Runs the {@code main} of a class with the launching program's own Java and class path.
   *
   * @param type a class with a {@code public static void main(String[])}
   */
  public ProcessSpec main(Class<?> type, String... args) {
    return main(type.getName(), List.of(args));
  }

  /** Runs the {@code main} of a class, given by its binary name. */
  public ProcessSpec main(String type, List<String> args) {
    for (String argument : args) {
      checkText("an argument", argument);
    }
    work = work.replaceWith(name, Work.main(type, args));
    return this;
  }

  /** Gives options to the Java virtual machine of {@link #main}. */
  public ProcessSpec jvmOptions(String... options) {
    for (String option : options) {
      checkText("a JVM option", option);
    }
    work = work.withJvmOptions(List.of(options));
    return this;
  }

  /** What it runs. */
  public final Work getWork() {
    return work;
  }

  // ---- where it runs

  /** Sets a variable of its environment. */
  public ProcessSpec env(String variable, String value) {
    checkText("the value of " + variable, value);
    environment.put(Names.checkVariable(variable), value);
    return this;
  }

  /** Sets variables of its environment. */
  public ProcessSpec env(Map<String, String> variables) {
    for (Map.Entry<String, String> entry : variables.entrySet()) {
      env(entry.getKey(), entry.getValue());
    }
    return this;
  }

  /** The variables set by {@link #env}. */
  public final Map<String, String> getEnv() {
    return Collections.unmodifiableMap(environment);
  }

  /** Sets a variable whose value is never printed or saved. */
  public ProcessSpec secret(String variable, Secret secret) {
    secrets.put(Names.checkVariable(variable), secret);
    return this;
  }

  /** The secrets of this process, without those of its experiment. */
  public final Map<String, Secret> getSecrets() {
    return Collections.unmodifiableMap(secrets);
  }

  /** Whether the launching program's environment is passed on, where the backend has one; true. */
  public ProcessSpec inheritEnv(boolean value) {
    inheritEnv = value;
    return this;
  }

  /** Whether the launching program's environment is passed on. */
  public final boolean getInheritEnv() {
    return inheritEnv;
  }

  /** Passes on these variables of the launching program, where they are set, on every backend. */
  public ProcessSpec passEnv(String... variables) {
    for (String variable : variables) {
      passEnv.add(Names.checkVariable(variable));
    }
    return this;
  }

  /** The variables named by {@link #passEnv}. */
  public final Set<String> getPassEnv() {
    return Collections.unmodifiableSet(passEnv);
  }

  /**
   * Runs it in this directory, which must exist at launch; a leading {@code ~} is the home folder.
   */
  public ProcessSpec workingDirectory(String directory) {
    checkText("the working directory", directory);
    workingDirectory = directory;
    return this;
  }

  /** The directory it runs in; null for the launching program's. */
  public final @Nullable String getWorkingDirectory() {
    return workingDirectory;
  }

  /** The container image, for backends that run images. */
  public ProcessSpec image(String reference) {
    image = reference;
    return this;
  }

  /** The container image; null for none. */
  public final @Nullable String getImage() {
    return image;
  }

  /** What it asks of the machine, for backends that share machines out. */
  public ProcessSpec resources(Resources wanted) {
    resources = wanted;
    return this;
  }

  /** What it asks of the machine; null for nothing. */
  public final @Nullable Resources getResources() {
    return resources;
  }

  // ---- how it ends

  /** How long it has between SIGTERM and SIGKILL; 10 s. */
  public ProcessSpec gracePeriod(Duration period) {
    if (period.isNegative()) {
      throw new SymphonyException("process " + name + ": the grace period must not be negative");
    }
    gracePeriod = period;
    return this;
  }

  /** How long it has between SIGTERM and SIGKILL. */
  public final Duration getGracePeriod() {
    return gracePeriod;
  }

  /** Whether it runs again after it has ended by itself; never. */
  public ProcessSpec restart(RestartPolicy policy) {
    restartPolicy = policy;
    return this;
  }

  /** Whether it runs again after it has ended by itself. */
  public final RestartPolicy getRestartPolicy() {
    return restartPolicy;
  }

  /** Exit codes that are a success beside 0, such as 143 of a program that ends so when told to. */
  public ProcessSpec successExitCodes(int... codes) {
    for (int code : codes) {
      if (code < 0 || code > 255) {
        throw new SymphonyException(
            "process " + name + ": exit code " + code + " does not exist; use 0 to 255");
      }
      successExitCodes.add(code);
    }
    return this;
  }

  /** Exit codes that are a success beside 0. */
  public final Set<Integer> getSuccessExitCodes() {
    return Collections.unmodifiableSet(successExitCodes);
  }

  // ---- services

  /** Provides services to the other processes, at ports that the backend chooses. */
  public ProcessSpec binds(String... services) {
    for (String service : services) {
      bound.put(Names.checkService(service), null);
    }
    return this;
  }

  /** Provides a service at a port. */
  public ProcessSpec binds(String service, int port) {
    bound.put(Names.checkService(service), port);
    return this;
  }

  /** Provides services; a null port is chosen by the backend. */
  public ProcessSpec binds(Map<String, @Nullable Integer> services) {
    for (Map.Entry<String, @Nullable Integer> entry : services.entrySet()) {
      bound.put(Names.checkService(entry.getKey()), entry.getValue());
    }
    return this;
  }

  /** Declares that some process must provide these services. */
  public ProcessSpec connects(String... services) {
    for (String service : services) {
      connected.add(Names.checkService(service));
    }
    return this;
  }

  /** Offers services to the user's browser, at ports that the backend chooses. */
  public ProcessSpec exposes(String... services) {
    for (String service : services) {
      exposed.put(Names.checkService(service), null);
    }
    return this;
  }

  /** Offers a service to the user's browser at a port. */
  public ProcessSpec exposes(String service, int port) {
    exposed.put(Names.checkService(service), port);
    return this;
  }

  /** Offers services to the user's browser; a null port is chosen by the backend. */
  public ProcessSpec exposes(Map<String, @Nullable Integer> services) {
    for (Map.Entry<String, @Nullable Integer> entry : services.entrySet()) {
      exposed.put(Names.checkService(entry.getKey()), entry.getValue());
    }
    return this;
  }

  /** The services it binds, with their ports; null for one to choose. */
  public final Map<String, @Nullable Integer> getBoundServices() {
    return Collections.unmodifiableMap(bound);
  }

  /** The services it connects to. */
  public final Set<String> getConnectedServices() {
    return Collections.unmodifiableSet(connected);
  }

  /** The services it exposes, with their ports; null for one to choose. */
  public final Map<String, @Nullable Integer> getExposedServices() {
    return Collections.unmodifiableMap(exposed);
  }

  // ---- replicas, backends, files

  /** Which of several processes made alike it is; null for one of its own. */
  public final @Nullable Replica getReplica() {
    return replica;
  }

  final ProcessSpec replica(Replica value) {
    replica = value;
    return this;
  }

  /** Says what only one backend understands; does nothing where this is not of that type. */
  public <T extends ProcessSpec> ProcessSpec on(Class<T> type, Consumer<? super T> declaration) {
    if (type.isInstance(this)) {
      declaration.accept(type.cast(this));
    }
    return this;
  }

  /** Joins an experiment through the group it is in, or directly where that is null. */
  final void joinExperiment(ExperimentSpec owner, @Nullable ProcessGroupSpec through) {
    checkFree("experiment " + owner.getName(), through);
    experiment = owner;
  }

  final void joinGroup(ProcessGroupSpec owner) {
    checkFree("process group " + owner.getName(), null);
    group = owner;
  }

  private void checkFree(String place, @Nullable ProcessGroupSpec expected) {
    ProcessGroupSpec inGroup = group;
    ExperimentSpec inExperiment = experiment;
    String now = null;
    if (inGroup != null && inGroup != expected) {
      now = "process group " + inGroup.getName();
    } else if (inExperiment != null) {
      now = "experiment " + inExperiment.getName();
    }
    if (now != null) {
      throw new SymphonyException(
          "process "
              + name
              + " cannot be added to "
              + place
              + ": it belongs to "
              + now
              + " already");
    }
  }

  private void checkText(String what, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new SymphonyException(
          "process " + name + ": " + what + " contains a NUL character, which no program can take");
    }
  }

  @Override
  final Map<String, Object> write(SpecWriter writer) {
    return writer.process(this);
  }

  /**
   * Loads a process that belongs nowhere yet.
   *
   * @param file ends in {@code .yaml}, {@code .yml} or {@code .json}
   * @throws SymphonyException naming line and field of what is wrong
   */
  public static ProcessSpec load(Path file) {
    return load(file, ProcessSpec::new);
  }

  /** Loads a process into a spec of the caller's making, which gets the name. */
  public static <T extends ProcessSpec> T load(Path file, Function<String, T> make) {
    return SpecReader.process(DataReader.file(file), make);
  }

  /** Reads what {@link #toYaml} wrote. */
  public static ProcessSpec fromYaml(String text) {
    return SpecReader.process(DataReader.yaml(text, SpecReader.TEXT), ProcessSpec::new);
  }

  /** Reads what {@link #toJson} wrote. */
  public static ProcessSpec fromJson(String text) {
    return SpecReader.process(DataReader.json(text, SpecReader.TEXT), ProcessSpec::new);
  }

  /** Its full name. */
  @Override
  public String toString() {
    return getFullName().toString();
  }
}
