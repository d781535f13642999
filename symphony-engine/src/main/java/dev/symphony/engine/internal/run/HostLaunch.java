package dev.symphony.engine.internal.run;

import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.internal.data.AtomicFile;
import dev.symphony.engine.internal.data.DataWriter;
import dev.symphony.engine.internal.host.ProcessRecord;
import dev.symphony.engine.internal.host.Uptime;
import dev.symphony.engine.internal.log.LogSampler;
import dev.symphony.spi.HostPlan;
import dev.symphony.spi.HostProcess;
import dev.symphony.spi.HostScript;
import dev.symphony.spi.RandomId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Launches a plan: prepares a directory that holds everything, gives it the experiment's name,
 * which claims it, leases the ports, and has the scripts started.
 *
 * <p>Killed at any moment it leaves either nothing under the experiment's name or a directory that
 * says what to end and remove.
 */
public final class HostLaunch {
  /** Prepares the start of scripts, while other files of the experiment are being written. */
  @FunctionalInterface
  public interface Preparation {
    /**
     * Prepares.
     *
     * @param prepared where the experiment's directory is meanwhile
     * @param directory where it will be
     * @return starts them all; throws where one could not be started
     */
    Runnable prepare(
        String experiment, Path prepared, RunDirectory directory, List<HostScript> scripts);
  }

  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final int UNDO_ATTEMPTS = 10;

  private final HostRuns runs;
  private final HostPlan plan;
  private final Gate gate = new Gate();
  private final String launchId = RandomId.next();

  /** A launch of a plan. */
  public HostLaunch(HostRuns runs, HostPlan plan) {
    this.runs = runs;
    this.plan = plan;
  }

  /**
   * Launches.
   *
   * @param preparation has the scripts started
   * @param undo ends and removes what was started, after a failure
   */
  public void run(Preparation preparation, Runnable undo) {
    try (gate) {
      launch(preparation, undo);
    }
  }

  private void launch(Preparation preparation, Runnable undo) {
    KeptClassPath kept = new KeptClassPath(runs.context().stateDirectory());
    RunDirectory directory = runs.store().directory(plan.experiment());
    Path prepared = runs.store().folder().resolve("." + launchId);
    Runnable starter;
    try {
      AtomicFile.createDirectories(runs.store().folder());
      new Leftovers(runs).sweep();
      starter = prepare(prepared, directory, preparation);
      kept.keep(plan.classPath(), launchId);
      Claim.take(prepared, directory.root());
    } catch (IOException e) {
      discard(prepared, kept);
      throw RunDirectory.failure("prepare", prepared, e);
    } catch (RuntimeException e) {
      discard(prepared, kept);
      throw e;
    }
    launch(directory, starter, undo);
  }

  private void launch(RunDirectory directory, Runnable starter, Runnable undo) {
    try {
      lease(directory);
      start(directory, starter);
    } catch (RuntimeException e) {
      boolean deleted = isDeleted(directory);
      undo(undo, e);
      if (deleted) {
        throw new SymphonyException(
            "experiment " + plan.experiment() + " was deleted while it was being launched", e);
      }
      throw e;
    }
  }

  private void lease(RunDirectory directory) {
    runs.ports()
        .lease(
            launchId,
            plan.experiment(),
            directory.root(),
            HostRuns.requests(plan.services(), plan.fixedPorts(), null));
  }

  /** Whether somebody else has deleted it meanwhile, and perhaps launched another of its name. */
  private boolean isDeleted(RunDirectory directory) {
    try {
      return !isOurs() || directory.readPhase()[0].equals(RunDirectory.Phase.DELETING.name());
    } catch (IOException e) {
      return true;
    }
  }

  private void start(RunDirectory directory, Runnable starter) {
    starter.run();
    if (!isOurs()) {
      // Another launch may have taken the name: what its directory says is its own.
      throw new SymphonyException("experiment " + plan.experiment() + " is not there any more");
    }
    try {
      directory.writePhase(RunDirectory.Phase.LAUNCHED, 0, 0);
      Files.deleteIfExists(directory.file(Gate.NAME));
    } catch (IOException e) {
      throw RunDirectory.failure("write", directory.file("phase"), e);
    }
  }

  /** Removes what was made; an interrupt that ended the launch must not end the removal too. */
  private void undo(Runnable undo, RuntimeException cause) {
    boolean interrupted = Thread.interrupted();
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          if (isOurs()) {
            undo.run();
          }
          return;
        } catch (SymphonyException e) {
          // A machine that has no process left has some a moment after those have ended.
          if (attempt == UNDO_ATTEMPTS) {
            cause.addSuppressed(e);
            throw new SymphonyException(
                cause.getMessage()
                    + "; what was started could not be removed: "
                    + e.getMessage()
                    + "; delete "
                    + plan.experiment()
                    + " to try again",
                cause);
          }
          pause();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isOurs() {
    try {
      Path directory = runs.store().directory(plan.experiment()).root();
      return RunIndex.isOf(launchId, directory.resolve("index"));
    } catch (IOException gone) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException again) {
      return; // the removal goes on at once
    }
  }

  private void discard(Path prepared, KeptClassPath kept) {
    try {
      Trees.remove(prepared);
    } catch (IOException e) {
      throw RunDirectory.failure("remove", prepared, e);
    } finally {
      kept.release(launchId);
    }
  }

  /**
   * Writes everything that the launch needs into a directory that has no name yet.
   *
   * @param directory what it will be, which scripts refer to
   * @return starts the scripts
   */
  private Runnable prepare(Path prepared, RunDirectory directory, Preparation preparation)
      throws IOException {
    makeFolder(prepared);
    long uptime = Uptime.now();
    long now = System.currentTimeMillis();
    long boot = now - uptime * 10;
    long pid = ProcessHandle.current().pid();
    // Who is at it comes first, so that what a killed launch leaves can be told from a running one.
    RunIndex index = RunIndex.of(plan, launchId, runs.here(), now, boot);
    write(prepared.resolve("index"), index.encode());
    write(
        prepared.resolve("phase"),
        RunDirectory.phase(
            RunDirectory.Phase.LAUNCHING, pid, runs.table().startTime(Math.toIntExact(pid))));
    String record = ProcessRecord.pending(0, uptime, Observer.bootToken(runs.here()), boot);
    Runnable starter =
        Halves.beside(
            () -> {
              gate.make(prepared, runs.context().environment());
              Runnable ready = prepare(preparation, prepared, directory, index);
              describe(prepared);
              return ready;
            },
            () -> fill(new RunDirectory(prepared), directory, record));
    gate.shut();
    return starter;
  }

  private Runnable prepare(
      Preparation preparation, Path prepared, RunDirectory directory, RunIndex index) {
    List<Integer> numbers = new ArrayList<>();
    List<Integer> attempts = new ArrayList<>();
    for (HostProcess process : plan.processes()) {
      numbers.add(process.index());
      attempts.add(0);
    }
    return preparation.prepare(
        plan.experiment(), prepared, directory, runs.scripts(directory, index, numbers, attempts));
  }

  /** What is the same for every experiment, and what is read again only by who looks closer. */
  private void describe(Path prepared) throws IOException {
    write(prepared.resolve("wrapper.sh"), Wrapper.script());
    write(
        prepared.resolve(LogSampler.SCRIPT), LogSampler.script().getBytes(StandardCharsets.UTF_8));
    write(prepared.resolve("plan.json"), json(plan.toPlain()));
    write(prepared.resolve("experiment.json"), json(plan.declaration()));
  }

  private static byte[] json(Object plain) {
    return DataWriter.json(plain, false).getBytes(StandardCharsets.UTF_8);
  }

  private void fill(RunDirectory prepared, RunDirectory later, String record) throws IOException {
    makeFolder(prepared.processes());
    Inherited inherited = new Inherited(runs.context().environment());
    write(prepared.file("all.env"), inherited.all());
    write(prepared.file("few.env"), inherited.few());
    write(prepared.file("limits.sh"), Inherited.limits());
    Halves.each(plan.processes(), process -> fill(process, prepared, later, record, inherited));
  }

  private void fill(
      HostProcess process,
      RunDirectory prepared,
      RunDirectory later,
      String record,
      Inherited inherited)
      throws IOException {
    int index = process.index();
    String marker = HostRuns.marker(launchId, index);
    boolean terminal = runs.terminal();
    write(prepared.script(index), Scripts.run(process, record, later, marker, terminal));
    prepared.allow(index);
    if (!process.inheritEnv() && !process.passEnv().isEmpty()) {
      write(prepared.environment(index), inherited.only(process.passEnv()));
    }
  }

  private static void makeFolder(Path folder) throws IOException {
    Files.createDirectory(folder, OWNER_ONLY_FOLDER);
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel out = FileChannel.open(file, NEW, OWNER_ONLY)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
    }
  }
}
