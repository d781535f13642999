package dev.symphony.engine;

import dev.symphony.spi.ClusterContext;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One backend, configured: launches experiments, tells how they are, and ends them.
 *
 * <pre>{@code
 * Cluster cluster = Cluster.of("local");
 * ExperimentSpec experiment = cluster.newExperiment("hello");
 * experiment.newProcess("greeter").command("echo", "hello");
 * cluster.launch(experiment);
 * Verdict verdict = cluster.await("hello", List.of(), null, false, failure -> {});
 * }</pre>
 *
 * <p>Experiments are named by their whole names; matching what a user typed is a step of its own
 * ({@link #fuzzyMatchExperiment}). A name that does not exist throws {@link NotFoundException}.
 * Queries change nothing. Safe to use from several threads and by several programs at once.
 */
public abstract class Cluster implements AutoCloseable {
  /** How long those who watch wait for a backend that is away. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  /** No lambda, whose first use costs a cold program more than a command may. */
  private static final Progress NOBODY =
      new Progress() {
        @Override
        public void tell(String line) {}
      };

  private final ClusterContext context;
  private final CurrentExperiment current;
  private volatile Progress progress = NOBODY;

  /** For backends: keeps what the cluster may know of its surroundings. */
  protected Cluster(ClusterContext context) {
    this.context = context;
    this.current = new CurrentExperiment(context.stateDirectory());
  }

  /**
   * A cluster of a backend on the class path, with the options that the configuration's section of
   * the backend's name has.
   *
   * @param backend a name such as {@code local}, {@code tmux} or {@code kube}
   * @throws UsageException for a name that no backend has, with those there are
   */
  public static Cluster of(String backend) {
    return of(backend, Map.of());
  }

  /**
   * A cluster of a backend on the class path.
   *
   * @param options the backend's settings by name, which beat those of the configuration; unknown
   *     ones are refused
   */
  public static Cluster of(String backend, Map<String, ?> options) {
    return Backends.configured(backend, options);
  }

  /** A cluster with surroundings of the caller's choice, and no options but these. */
  public static Cluster of(String backend, Map<String, ?> options, ClusterContext context) {
    return Backends.create(backend, options, context);
  }

  /** The names of the backends on the class path, {@code local} first, then in order of names. */
  public static List<String> backends() {
    return Backends.names();
  }

  /**
   * The first backend, in the order of {@link #backends} but those behind a network last, that
   * holds an experiment, else local.
   *
   * @param told is given a line for each backend that is there and cannot be asked
   */
  public static String backendWithExperiments(Consumer<String> told) {
    return Backends.withExperiments(told);
  }

  // ---- what it is

  /** The backend's name. */
  public abstract String backend();

  /** What tells it from other clusters of the same backend, as part of a file name. */
  protected abstract String identity();

  /** What it knows of its surroundings. */
  protected final ClusterContext context() {
    return context;
  }

  /** Says which program asks: each has a current experiment of its own. */
  public final void setProgram(String program) {
    current.program(program);
  }

  /**
   * Whether processes are containers, whose states people know as waiting, running and terminated.
   */
  public final boolean hasContainers() {
    return runsContainers();
  }

  /** Whether experiments of other users may be listed here beside one's own. */
  public final boolean isShared() {
    return listsOthers();
  }

  /** Is told wherever a step waits for something or has something to tell; by default nobody is. */
  public final void setProgress(Progress listener) {
    progress = listener;
  }

  /** For backends: who is told what a step does. */
  protected final Progress progress() {
    return progress;
  }

  /** For backends: tells what a step waits for, or what the user should know. */
  protected final void tell(String line) {
    progress.tell(line);
  }

  // ---- launch

  /** Declares an experiment for this cluster; its name gets the username in front. */
  public ExperimentSpec newExperiment(String name) {
    return new ExperimentSpec(prefixUsername(name));
  }

  /**
   * Compiles a declaration: checks it whole and picks free ports, and claims nothing.
   *
   * @throws SymphonyException with a line for each problem
   */
  public abstract LaunchPlan plan(ExperimentSpec experiment);

  /**
   * Has the backend check a plan as far as it can without launching it.
   *
   * @return what could not be checked, a line each
   * @throws SymphonyException with what the backend refuses
   */
  public final List<String> validate(LaunchPlan plan) {
    Launching.requireOwn(this, plan);
    return validateNow(plan);
  }

  /** Plans and launches; where another launch takes a chosen port first, plans again. */
  public final LaunchPlan launch(ExperimentSpec experiment) {
    return launch(experiment, LaunchOptions.defaults());
  }

  /**
   * Plans and launches; a dry run only plans.
   *
   * @return the plan that was launched
   * @throws AlreadyExistsException where the experiment exists and force is not given
   */
  public final LaunchPlan launch(ExperimentSpec experiment, LaunchOptions options) {
    return Launching.launch(this, experiment, options, context.experimentFolder());
  }

  /** Launches exactly this plan, all or nothing. */
  public final void launch(LaunchPlan plan) {
    launch(plan, LaunchOptions.defaults());
  }

  /**
   * Launches exactly this plan, all or nothing.
   *
   * @throws AlreadyExistsException where the experiment exists and force is not given
   */
  public final void launch(LaunchPlan plan, LaunchOptions options) {
    Launching.launch(this, plan, options, context.experimentFolder());
  }

  /**
   * Plans all of them, then launches one after the other; where one fails, those before it stay and
   * the error says which.
   */
  public final List<LaunchPlan> launchBatch(
      List<? extends ExperimentSpec> experiments, LaunchOptions options) {
    return Launching.launchBatch(this, experiments, options);
  }

  // ---- act

  /** Ends an experiment and removes all that was kept of it. */
  public final void delete(String experiment) {
    requireExperiment(experiment);
    remove(experiment, false);
    current.forget(identity(), experiment);
  }

  /**
   * Removes what is kept of an experiment without ending anything, where it ran on another machine.
   */
  public final void forget(String experiment) {
    requireExperiment(experiment);
    remove(experiment, true);
    current.forget(identity(), experiment);
  }

  /** Deletes several experiments; goes on after a failure and reports all failures at the end. */
  public final void deleteBatch(Collection<String> experiments) {
    List<String> problems = new ArrayList<>();
    for (String experiment : experiments) {
      try {
        delete(experiment);
      } catch (SymphonyException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    if (!problems.isEmpty()) {
      throw new SymphonyException(String.join("\n", problems));
    }
  }

  /**
   * Ends processes without forgetting them: SIGTERM, the grace period, SIGKILL.
   *
   * @param processes which; empty for all
   * @return those that were running or about to
   */
  public final List<ProcessName> stop(String experiment, Collection<ProcessName> processes) {
    return stopNow(experiment, requireProcesses(experiment, processes), false);
  }

  /** Ends processes at once: SIGKILL follows SIGTERM without a grace period. */
  public final List<ProcessName> kill(String experiment, Collection<ProcessName> processes) {
    return stopNow(experiment, requireProcesses(experiment, processes), true);
  }

  /**
   * Runs again what has ended.
   *
   * @param processes which; empty for all
   * @return those that were started
   */
  public final List<ProcessName> start(String experiment, Collection<ProcessName> processes) {
    return startAgain(experiment, requireProcesses(experiment, processes));
  }

  /** Stops what runs and starts all of these. */
  public final List<ProcessName> restart(String experiment, Collection<ProcessName> processes) {
    List<ProcessName> which = requireProcesses(experiment, processes);
    stopNow(experiment, which, false);
    return startAgain(experiment, which);
  }

  /** Copies a file or folder between here and the place of a process, or between two processes. */
  public final void transferFile(String experiment, FileLocation from, FileLocation to) {
    copy(experiment, from, to);
  }

  /**
   * Opens an interactive shell in the place of a process.
   *
   * @return the shell's exit code
   */
  public final int login(String experiment, ProcessName process) {
    if (OwnInput.isClosed()) {
      throw new SymphonyException("a shell reads commands, and the standard input is closed");
    }
    return shellInto(experiment, requireProcess(experiment, process));
  }

  /**
   * Runs a command in the place and environment of a process, on this program's own streams.
   *
   * @return the command's exit code
   */
  public final int exec(String experiment, ProcessName process, List<String> command) {
    return exec(experiment, process, command, null, null, null);
  }

  /**
   * Runs a command in the place and environment of a process.
   *
   * @param in what it reads; null for this program's own, or nothing where that is closed
   * @param out where its output goes; null for this program's own
   * @param err where its errors go; null for this program's own
   * @return the command's exit code
   */
  public final int exec(
      String experiment,
      ProcessName process,
      List<String> command,
      @Nullable InputStream in,
      @Nullable OutputStream out,
      @Nullable OutputStream err) {
    InputStream input = in == null && OwnInput.isClosed() ? InputStream.nullInputStream() : in;
    return execute(experiment, requireProcess(experiment, process), command, input, out, err);
  }

  /**
   * Runs a command in the place and environment of a process, on this program's own streams and, in
   * a backend whose processes are elsewhere, on a terminal there even where these are none; what
   * the command prints and its errors are then one stream.
   *
   * @return the command's exit code
   */
  public final int execOnTerminal(String experiment, ProcessName process, List<String> command) {
    InputStream input = OwnInput.isClosed() ? InputStream.nullInputStream() : null;
    return executeOnTerminal(experiment, requireProcess(experiment, process), command, input);
  }

  // ---- ask

  /** The names of all experiments of this cluster, in natural order. */
  public final List<String> listExperiments() {
    List<String> names = new ArrayList<>(names());
    names.sort(NaturalOrder.ORDER);
    return names;
  }

  /** How an experiment is. */
  public final ExperimentStatus describeExperiment(String experiment) {
    ExperimentStatus status = observe(experiment);
    if (status == null) {
      throw missing(experiment);
    }
    return status;
  }

  /**
   * How an experiment is, for those who ask again and again: a backend that does not answer for a
   * while is waited for, some minutes at most, and that is told as progress.
   */
  public final ExperimentStatus watchExperiment(String experiment) {
    return watchExperiment(experiment, PATIENCE);
  }

  final ExperimentStatus watchExperiment(String experiment, Duration patience) {
    Duration limit = patience.compareTo(PATIENCE) < 0 ? patience : PATIENCE;
    ExperimentStatus status = observe(experiment, limit);
    if (status == null) {
      throw missing(experiment);
    }
    return status;
  }

  /** How the processes of a group are, in declared order. */
  public final List<ProcessStatus> describeProcessGroup(String experiment, String group) {
    List<ProcessStatus> members = new ArrayList<>();
    for (ProcessStatus status : describeExperiment(experiment).processes()) {
      if (group.equals(status.name().group())) {
        members.add(status);
      }
    }
    if (members.isEmpty()) {
      throw new NotFoundException("experiment " + experiment + " has no process group " + group);
    }
    return members;
  }

  /** How one process is. */
  public final ProcessStatus describeProcess(String experiment, ProcessName process) {
    ProcessStatus status = describeExperiment(experiment).process(process);
    if (status == null) {
      throw new NotFoundException("experiment " + experiment + " has no process " + process);
    }
    return status;
  }

  /** All there is to say of one process. */
  public final ProcessDescription inspectProcess(String experiment, ProcessName process) {
    return inspect(experiment, requireProcess(experiment, process));
  }

  /** Opens the log of a process; the caller closes it. */
  public final LogStream logs(String experiment, ProcessName process, LogOptions options) {
    return openLog(experiment, requireProcess(experiment, process), options);
  }

  /** The file that holds the log of a process on this machine; null where there is none. */
  public final @Nullable Path logFile(String experiment, ProcessName process) {
    return logPath(experiment, requireProcess(experiment, process));
  }

  /** The services of an experiment with the addresses to reach them at from here. */
  public final List<ServiceAddress> services(String experiment) {
    requireExperiment(experiment);
    return addresses(experiment);
  }

  /**
   * Where an exposed service is reached from here.
   *
   * @throws NotFoundException where the experiment exposes no such service
   */
  public final ServiceAddress externalService(String experiment, String service) {
    List<String> exposed = new ArrayList<>();
    for (ServiceAddress address : services(experiment)) {
      if (address.exposed() && address.service().equals(service)) {
        return address;
      }
      if (address.exposed()) {
        exposed.add(address.service());
      }
    }
    throw new NotFoundException(
        "experiment "
            + experiment
            + " exposes no service "
            + service
            + (exposed.isEmpty()
                ? "; it exposes none"
                : "; it exposes " + String.join(", ", exposed)));
  }

  /** All processes of this name, whatever their groups. */
  public final List<ProcessName> findProcess(String experiment, String name) {
    List<ProcessName> found = new ArrayList<>();
    for (ProcessStatus status : describeExperiment(experiment).processes()) {
      if (status.name().name().equals(name)) {
        found.add(status.name());
      }
    }
    return found;
  }

  /**
   * Opens a way to a service, bound to the loopback alone where the service is not reached
   * directly.
   *
   * @param service one of {@link #services}
   * @param localPort the port to listen on; 0 for any free one, which may be the service's own
   */
  public final Forward forward(String experiment, ServiceAddress service, int localPort) {
    requireExperiment(experiment);
    return openForward(experiment, service, localPort);
  }

  /**
   * Waits until processes have ended.
   *
   * @param processes which; empty for all
   * @param timeout how long at most; null for ever
   * @param failFast whether to return at the first failure
   * @param onFailure told of each failure once, as it is seen
   * @return the verdict on them; on those that have ended where failFast returned early
   * @throws TimedOutException after the timeout
   * @throws SymphonyException where nothing runs any more and the state of some cannot be told
   */
  public final Verdict await(
      String experiment,
      Collection<ProcessName> processes,
      @Nullable Duration timeout,
      boolean failFast,
      Consumer<ProcessStatus> onFailure) {
    return new Waiting(this, experiment, processes, grain()).await(timeout, failFast, onFailure);
  }

  // ---- names

  /** The name with the username in front, unless it is there already. */
  public final String prefixUsername(String name) {
    String username = context.username();
    return username == null || name.equals(username) || name.startsWith(username + "-")
        ? name
        : username + "-" + name;
  }

  /** The experiments that a name may mean; see {@link Match} for the order. */
  public final Match<String> fuzzyMatchExperiment(String name) {
    return Match.experiments(listExperiments(), name, prefixUsername(name));
  }

  /** The processes of an experiment that {@code process} or {@code group/process} may mean. */
  public final Match<ProcessName> fuzzyMatchProcess(String experiment, String name) {
    List<ProcessName> names = new ArrayList<>();
    for (ProcessStatus status : describeExperiment(experiment).processes()) {
      names.add(status.name());
    }
    return Match.processes(names, name);
  }

  /** Makes an experiment the one that is meant where none is named. */
  public final void setExperiment(String experiment) {
    requireExperiment(experiment);
    current.set(identity(), experiment);
  }

  /**
   * Makes the place of an experiment the one that the backend's own tools mean where none is named,
   * such as the namespace of a kubeconfig's context.
   *
   * @throws UsageException where the backend has no such place
   */
  public final void setContext(String experiment) {
    requireExperiment(experiment);
    setDefaultPlace(experiment);
  }

  /** The same without looking whether it exists. */
  public final void setExperimentUnchecked(String experiment) {
    current.set(identity(), Names.checkExperiment(experiment));
  }

  /**
   * The experiment that is meant where none is named: the current one, else the only one.
   *
   * @throws UsageException with the list, where there are several and none is current
   * @throws NotFoundException where there is none
   */
  public final String currentExperiment() {
    return current.get(identity(), listExperiments());
  }

  /**
   * The experiment that a launch or the user has made the current one, if it is there; else null.
   */
  public final @Nullable String chosenExperiment() {
    return current.chosen(identity(), listExperiments());
  }

  // ---- for backends

  /** Whether experiments of other users are listed too; by default not. */
  protected boolean listsOthers() {
    return false;
  }

  /** Whether processes are containers; by default not. */
  protected boolean runsContainers() {
    return false;
  }

  /** How far apart two ends must be for their order to be certain. */
  protected abstract Duration grain();

  /** The names of all experiments, in any order. */
  protected abstract List<String> names();

  /** How an experiment is; null where there is none of that name. */
  protected abstract @Nullable ExperimentStatus observe(String experiment);

  /**
   * The same, waiting for a backend that does not answer; by default none is ever away.
   *
   * @param patience how long at most
   */
  protected @Nullable ExperimentStatus observe(String experiment, Duration patience) {
    return observe(experiment);
  }

  /**
   * Brings to their places what a plan's processes need beside the experiment itself, such as an
   * image; before anything of an older experiment is removed. By default there is nothing.
   */
  protected void provide(LaunchPlan plan) {}

  /** Claims the name and the ports, then starts everything; on failure removes what it made. */
  protected abstract void create(LaunchPlan plan);

  /** Ends processes and keeps what is known of them; returns those that had not ended. */
  protected abstract List<ProcessName> stopNow(
      String experiment, List<ProcessName> processes, boolean withoutGrace);

  /** Runs again those that have ended; returns them. */
  protected abstract List<ProcessName> startAgain(String experiment, List<ProcessName> processes);

  /** Ends everything, unless told to forget only, and removes what is kept. */
  protected abstract void remove(String experiment, boolean forgetOnly);

  /** Opens a log. */
  protected abstract LogStream openLog(String experiment, ProcessName process, LogOptions options);

  /** The file a log is in; null where the backend keeps none here. */
  protected abstract @Nullable Path logPath(String experiment, ProcessName process);

  /** Runs a command in the place of a process. */
  protected abstract int execute(
      String experiment,
      ProcessName process,
      List<String> command,
      @Nullable InputStream in,
      @Nullable OutputStream out,
      @Nullable OutputStream err);

  /**
   * Runs a command in the place of a process on a terminal; by default on what this program has,
   * which suits processes of this host.
   *
   * @param in null for this program's own
   */
  protected int executeOnTerminal(
      String experiment, ProcessName process, List<String> command, @Nullable InputStream in) {
    return execute(experiment, process, command, in, null, null);
  }

  /** Opens a shell in the place of a process. */
  protected abstract int shellInto(String experiment, ProcessName process);

  /** Copies files. */
  protected abstract void copy(String experiment, FileLocation from, FileLocation to);

  /** The services with their addresses. */
  protected abstract List<ServiceAddress> addresses(String experiment);

  /** Opens a way to a service; by default the service's own address, which needs none. */
  protected Forward openForward(String experiment, ServiceAddress service, int localPort) {
    if (localPort != 0 && localPort != service.port()) {
      throw new UsageException(
          "backend "
              + backend()
              + " forwards nothing: service "
              + service.service()
              + " is reached at "
              + service.url());
    }
    return new DirectForward(service);
  }

  /** Changes what the backend's own tools mean where no place is named; by default refused. */
  protected void setDefaultPlace(String experiment) {
    throw new UsageException(
        "backend " + backend() + " has no context to set; leave out --set-context");
  }

  /** Checks a plan without launching it; by default there is nobody to ask. */
  protected List<String> validateNow(LaunchPlan plan) {
    return List.of();
  }

  /** All there is to say of one process. */
  protected abstract ProcessDescription inspect(String experiment, ProcessName process);

  /** Whether a plan is one of this cluster's. */
  protected abstract boolean owns(LaunchPlan plan);

  /** Ends what the cluster holds open; by default nothing. */
  @Override
  public void close() {}

  final boolean exists(String experiment) {
    return names().contains(experiment);
  }

  final void requireExperiment(String experiment) {
    if (!exists(experiment)) {
      throw missing(experiment);
    }
  }

  private NotFoundException missing(String experiment) {
    return new NotFoundException(
        "there is no experiment " + experiment + " on " + backend() + "; 'ls' lists them");
  }

  private ProcessName requireProcess(String experiment, ProcessName process) {
    return requireProcesses(experiment, List.of(process)).get(0);
  }

  private List<ProcessName> requireProcesses(String experiment, Collection<ProcessName> processes) {
    Set<ProcessName> known = new LinkedHashSet<>();
    for (ProcessStatus status : describeExperiment(experiment).processes()) {
      known.add(status.name());
    }
    if (processes.isEmpty()) {
      return List.copyOf(known);
    }
    for (ProcessName process : processes) {
      if (!known.contains(process)) {
        throw new NotFoundException("experiment " + experiment + " has no process " + process);
      }
    }
    return List.copyOf(new LinkedHashSet<>(processes));
  }
}
