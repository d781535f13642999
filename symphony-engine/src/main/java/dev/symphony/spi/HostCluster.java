package dev.symphony.spi;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.FileLocation;
import dev.symphony.engine.LaunchPlan;
import dev.symphony.engine.LogOptions;
import dev.symphony.engine.LogStream;
import dev.symphony.engine.PortTakenException;
import dev.symphony.engine.ProcessDescription;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.internal.log.HostLog;
import dev.symphony.engine.internal.log.HostLogStream;
import dev.symphony.engine.internal.run.HostInspection;
import dev.symphony.engine.internal.run.HostLaunch;
import dev.symphony.engine.internal.run.HostPlanner;
import dev.symphony.engine.internal.run.HostRuns;
import dev.symphony.engine.internal.run.HostShell;
import dev.symphony.engine.internal.run.HostStart;
import dev.symphony.engine.internal.run.HostStop;
import dev.symphony.engine.internal.run.Observer;
import dev.symphony.engine.internal.run.RunDirectory;
import dev.symphony.engine.internal.run.Sampler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A backend that runs processes of this host, each under a wrapper that keeps its record.
 *
 * <p>What differs between such backends is how scripts are started and what else an experiment has
 * beside its processes; the rest is here.
 */
public abstract class HostCluster extends Cluster {
  /** Ends further apart than this have a certain order: the grain of the machine's uptime. */
  public static final Duration GRAIN = Duration.ofMillis(10);

  private final HostRuns runs;
  private final AtomicInteger portsTaken = new AtomicInteger();

  /**
   * A backend of this host.
   *
   * @param identity what tells this cluster from others, a file name: state lives in a folder of
   *     that name
   * @param terminal whether processes have a terminal, so that logs hold what it shows
   */
  protected HostCluster(ClusterContext context, String identity, boolean terminal) {
    super(context);
    this.runs = new HostRuns(context, identity, terminal);
  }

  // ---- what a backend adds

  /**
   * Starts scripts, all of them or none that goes on.
   *
   * @param experiment the experiment's name
   * @param directory a directory of the experiment's own, for files of the backend
   * @throws dev.symphony.engine.SymphonyException where one could not be started
   */
  protected abstract void startScripts(String experiment, Path directory, List<HostScript> scripts);

  /**
   * Prepares to start the scripts of a launch, in a thread of its own while other files of the
   * experiment are being written. Nothing may be started yet, nor anything be left but files, since
   * another experiment may have the name.
   *
   * @param prepared where the experiment's directory is for now
   * @param directory where it is when the scripts are started
   * @return starts them, as {@link #startScripts} does
   */
  protected Runnable prepareScripts(
      String experiment, Path prepared, Path directory, List<HostScript> scripts) {
    return () -> startScripts(experiment, directory, scripts);
  }

  /**
   * Looks what the backend has of an experiment beside its processes, before these are ended.
   *
   * @param directory the experiment's directory, as {@link #startScripts} was given it
   * @return removes it, called when all processes have ended; by default there is nothing
   */
  protected Runnable removalOfRest(String experiment, Path directory) {
    return () -> {};
  }

  /** The directory of an experiment, as {@link #startScripts} was given it. */
  protected final Path directory(String experiment) {
    return runs.require(experiment).root();
  }

  // ---- what is common

  @Override
  public LaunchPlan plan(ExperimentSpec experiment) {
    return new HostPlanner(backend(), identity(), context(), runs.ports())
        .plan(experiment, portsTaken.get());
  }

  @Override
  protected final boolean owns(LaunchPlan plan) {
    return plan instanceof HostPlan own
        && own.backend().equals(backend())
        && own.cluster().equals(identity());
  }

  @Override
  protected final Duration grain() {
    return GRAIN;
  }

  @Override
  protected final List<String> names() {
    return runs.names();
  }

  @Override
  protected final void create(LaunchPlan plan) {
    try {
      new HostLaunch(runs, (HostPlan) plan)
          .run(this::prepare, () -> remove(plan.experiment(), false));
    } catch (PortTakenException e) {
      portsTaken.incrementAndGet();
      throw e;
    }
  }

  @Override
  protected final @Nullable ExperimentStatus observe(String experiment) {
    try {
      return runs.observer().observe(experiment, runs.require(experiment));
    } catch (NoSuchFileException | java.io.FileNotFoundException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected final List<ProcessName> stopNow(
      String experiment, List<ProcessName> processes, boolean withoutGrace) {
    return new HostStop(runs, experiment).stop(processes, withoutGrace);
  }

  @Override
  protected final List<ProcessName> startAgain(String experiment, List<ProcessName> processes) {
    return new HostStart(runs, experiment).start(processes, this::start);
  }

  @Override
  protected final void remove(String experiment, boolean forgetOnly) {
    if (runs.removeUnreadable(experiment, forgetOnly)) {
      return;
    }
    new HostStop(runs, experiment)
        .remove(forgetOnly, () -> removalOfRest(experiment, directory(experiment)));
  }

  @Override
  protected final LogStream openLog(String experiment, ProcessName process, LogOptions options) {
    RunDirectory directory = runs.require(experiment);
    int number = runs.number(experiment, process);
    HostLog log =
        new HostLog(
            number,
            process.toString(),
            directory.files(number),
            directory.samples(),
            runs.terminal());
    Observer observer = runs.observer();
    BooleanSupplier ended = () -> hasEnded(observer, experiment, number);
    try {
      return HostLogStream.open(log, options, ended, context().clock());
    } catch (IOException e) {
      throw new SymphonyException("cannot read " + log.file() + ": " + Problems.reason(e), e);
    }
  }

  private boolean hasEnded(Observer observer, String experiment, int number) {
    try {
      return observer.hasEnded(runs.require(experiment), number);
    } catch (NoSuchFileException | java.io.FileNotFoundException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected final @Nullable Path logPath(String experiment, ProcessName process) {
    return runs.require(experiment).log(runs.number(experiment, process));
  }

  @Override
  protected final int execute(
      String experiment,
      ProcessName process,
      List<String> command,
      @Nullable InputStream in,
      @Nullable OutputStream out,
      @Nullable OutputStream err) {
    return new HostShell(runs, experiment).run(process, command, in, out, err);
  }

  /** Opens the user's shell in the place of a process. */
  @Override
  protected int shellInto(String experiment, ProcessName process) {
    String shell = context().environment().getOrDefault("SHELL", "/bin/sh");
    return execute(experiment, process, List.of(shell, "-i"), null, null, null);
  }

  @Override
  protected final void copy(String experiment, FileLocation from, FileLocation to) {
    new HostShell(runs, experiment).copy(from, to);
  }

  @Override
  protected final List<ServiceAddress> addresses(String experiment) {
    return runs.services(experiment);
  }

  @Override
  protected final ProcessDescription inspect(String experiment, ProcessName process) {
    return HostInspection.of(runs, experiment, process);
  }

  private Runnable prepare(
      String experiment, Path prepared, RunDirectory directory, List<HostScript> scripts) {
    Runnable start = prepareScripts(experiment, prepared, directory.root(), scripts);
    return () -> new Sampler(runs, directory).startBeside(start);
  }

  private void start(String experiment, RunDirectory directory, List<HostScript> scripts) {
    new Sampler(runs, directory)
        .startBeside(() -> startScripts(experiment, directory.root(), scripts));
  }
}
