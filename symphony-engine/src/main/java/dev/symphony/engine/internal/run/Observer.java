package dev.symphony.engine.internal.run;

import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import dev.symphony.engine.internal.host.HostIdentity;
import dev.symphony.engine.internal.host.ListeningPorts;
import dev.symphony.engine.internal.host.ProcessRecord;
import dev.symphony.engine.internal.host.ProcessStat;
import dev.symphony.engine.internal.host.ProcessTable;
import dev.symphony.engine.internal.host.Uptime;
import dev.symphony.spi.HostCluster;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells how the processes of an experiment are, from what their wrappers have recorded and from the
 * machine's table of processes. Changes nothing.
 */
public final class Observer {
  /**
   * A process that has recorded nothing for so long was never started, in hundredths of a second.
   */
  private static final long NEVER_STARTED = 30_00;

  /** What starts scripts may go on for a while after the launching program was killed. */
  private static final long LAUNCH_GOES_ON = 10_00;

  private final HostIdentity here;
  private final ProcessTable table;
  private final boolean terminal;
  private final byte[] buffer = new byte[ProcessRecord.SIZE];

  /**
   * An observer on this machine.
   *
   * @param terminal whether processes have a terminal, which they lose with their window
   */
  public Observer(HostIdentity here, ProcessTable table, boolean terminal) {
    this.here = here;
    this.table = table;
    this.terminal = terminal;
  }

  /** How an experiment is. */
  public ExperimentStatus observe(String name, RunDirectory directory) throws IOException {
    RunIndex index = directory.index();
    View view = new View(directory, index, here.relationTo(index.host()), Uptime.now());
    List<ProcessStatus> processes = new ArrayList<>(index.processes().size());
    for (int i = 0; i < index.processes().size(); i++) {
      processes.add(view.process(i));
    }
    return ExperimentStatus.of(
        name,
        index.launchId(),
        Instant.ofEpochMilli(index.createdMillis()),
        processes,
        HostCluster.GRAIN);
  }

  /**
   * Whether one process has ended. Those who follow logs ask this all the time: what lives costs
   * two short reads, and the kernel's table of ports, which is slow to read, is left alone.
   */
  public boolean hasEnded(RunDirectory directory, int number) throws IOException {
    ProcessRecord record = ProcessRecord.read(directory.recordFile(number), buffer);
    if (record != null && record.state() == 'R' && record.boot().equals(bootToken(here))) {
      ProcessStat stat = table.stat(record.command());
      if (stat != null && table.isThat(stat, record.commandBy())) {
        return false;
      }
    }
    RunIndex index = directory.index();
    return new View(directory, index, here.relationTo(index.host()), Uptime.now())
        .process(number)
        .state()
        .hasEnded();
  }

  /** A short word for one boot of one machine, kept in each record. */
  static String bootToken(HostIdentity identity) {
    String boot = identity.bootId();
    StringBuilder token = new StringBuilder(8);
    for (int i = 0; i < boot.length() && token.length() < 8; i++) {
      char c = boot.charAt(i);
      if (c > ' ' && c != '-') {
        token.append(c);
      }
    }
    return token.length() == 0 ? "-" : token.toString();
  }

  /** One look. */
  private final class View {
    private final RunDirectory directory;
    private final RunIndex index;
    private final HostIdentity.Relation relation;
    private final long uptime;
    private final String boot = bootToken(here);
    private final String launchBoot;
    private @Nullable BitSet listening;
    private boolean listeningRead;
    private String @Nullable [] phase;

    View(RunDirectory directory, RunIndex index, HostIdentity.Relation relation, long uptime) {
      this.directory = directory;
      this.index = index;
      this.relation = relation;
      this.uptime = uptime;
      this.launchBoot = bootToken(index.host());
    }

    ProcessStatus process(int i) throws IOException {
      ProcessRecord record = ProcessRecord.read(directory.recordFile(i), buffer);
      if (record == null) {
        return status(i, null, State.UNKNOWN, "RecordMissing", "its record cannot be read");
      }
      if (record.state() == 'E') {
        return ended(i, record);
      }
      if (relation == HostIdentity.Relation.ELSEWHERE) {
        return status(i, record, State.UNKNOWN, "RunsOn", "it runs on " + index.host().hostName());
      }
      if (!record.boot().equals(boot)) {
        return lost(i, record, "HostRebooted", "the machine was started anew while it ran");
      }
      return switch (record.state()) {
        case 'P' -> notStarted(i, record);
        case 'B' -> backingOff(i, record);
        default -> running(i, record);
      };
    }

    private ProcessStatus notStarted(int i, ProcessRecord record) throws IOException {
      if (!directory.isAllowed(i)) {
        return status(i, record, State.STOPPED, null, "stopped before it had started");
      }
      String[] launching = phase();
      if (uptime - record.up() > LAUNCH_GOES_ON
          && launching[0].equals("LAUNCHING")
          && launching.length > 2
          && !table.alive(parse(launching[1]), parseLong(launching[2]))) {
        return status(
            i, record, State.FAILED, "LaunchInterrupted", "the launch ended before it was started");
      }
      if (uptime - record.up() > NEVER_STARTED) {
        return status(i, record, State.FAILED, "Lost", "it was never started");
      }
      return status(i, record, State.PENDING, null, null);
    }

    private ProcessStatus running(int i, ProcessRecord record) throws IOException {
      ProcessStat stat = table.stat(record.command());
      if (stat != null && table.isThat(stat, record.commandBy())) {
        if (terminal && stat.tty() == 0 && windowGone(record)) {
          return status(
              i, record, State.RUNNING, "WindowGone", "its window was closed; it still runs");
        }
        return status(i, record, State.RUNNING, null, null);
      }
      if (table.startTime(record.wrapper(), record.wrapperBy()) >= 0) {
        ProcessRecord now = ProcessRecord.read(directory.recordFile(i), buffer);
        return now != null && now.state() == 'E'
            ? ended(i, now)
            : status(i, record, State.RUNNING, null, null);
      }
      return withoutWrapper(i, record);
    }

    private ProcessStatus backingOff(int i, ProcessRecord record) throws IOException {
      if (table.startTime(record.wrapper(), record.wrapperBy()) >= 0) {
        return status(
            i,
            record,
            State.PENDING,
            "BackOff",
            "exit code " + record.code() + "; waits before it runs again");
      }
      return withoutWrapper(i, record);
    }

    /** The wrapper has gone, perhaps just now and after a last word. */
    private ProcessStatus withoutWrapper(int i, ProcessRecord seen) throws IOException {
      ProcessRecord now = ProcessRecord.read(directory.recordFile(i), buffer);
      if (now != null && now.state() == 'E') {
        return ended(i, now);
      }
      if (now != null && now.command() != seen.command()) {
        return process(i);
      }
      return lost(i, seen, "Lost", "nobody saw how it ended");
    }

    private ProcessStatus lost(int i, ProcessRecord record, String reason, String message)
        throws IOException {
      if (!directory.isAllowed(i)) {
        return status(i, record, State.STOPPED, null, null);
      }
      return status(i, record, State.FAILED, reason, message);
    }

    private boolean windowGone(ProcessRecord record) {
      ProcessStat wrapper = table.stat(record.wrapper());
      return wrapper == null || wrapper.tty() == 0;
    }

    private ProcessStatus ended(int i, ProcessRecord record) {
      if (record.result() == 's') {
        return status(i, record, State.STOPPED, null, null);
      }
      if (record.result() == 'o') {
        return status(i, record, State.SUCCEEDED, null, null);
      }
      String reason =
          signal(record) > 0
              ? "SignalKilled"
              : record.code() == 127
                  ? "CommandNotFound"
                  : record.code() == 126 ? "CannotExecute" : "Error";
      return status(i, record, State.FAILED, reason, message(record));
    }

    private @Nullable String message(ProcessRecord record) {
      int signal = signal(record);
      String tries = record.restarts() > 0 ? " after " + record.restarts() + " restarts" : "";
      if (signal > 0) {
        return "ended by signal " + signal + tries;
      }
      return tries.isEmpty() ? null : "exit code " + record.code() + tries;
    }

    private ProcessStatus status(
        int i,
        @Nullable ProcessRecord record,
        State state,
        @Nullable String reason,
        @Nullable String message) {
      RunIndex.Entry entry = index.processes().get(i);
      if (record == null) {
        return new ProcessStatus(
            entry.name(), state, reason, message, false, 0, null, null, null, null);
      }
      boolean over = record.code() != ProcessRecord.NONE && record.state() != 'R';
      int signal = over ? signal(record) : 0;
      return new ProcessStatus(
          entry.name(),
          state,
          reason,
          message,
          state == State.RUNNING && ready(entry),
          Math.max(0, record.restarts()),
          over ? record.code() : null,
          signal > 0 ? signal : null,
          record.state() == 'P' ? null : instant(record, record.up()),
          over || record.state() == 'E' ? instant(record, record.end()) : null);
    }

    /** Times of the launch's own boot have one base, so that their order is that of the uptime. */
    private Instant instant(ProcessRecord record, long up) {
      long base = record.boot().equals(launchBoot) ? index.bootMillis() : record.bootMillis();
      return Instant.ofEpochMilli(base + up * 10);
    }

    private boolean ready(RunIndex.Entry entry) {
      if (entry.ports().isEmpty()) {
        return true;
      }
      if (!listeningRead) {
        listeningRead = true;
        Optional<BitSet> read = ListeningPorts.read();
        listening = read.isPresent() ? read.get() : null;
      }
      BitSet ports = listening;
      if (ports == null) {
        return true;
      }
      for (int port : entry.ports()) {
        if (!ports.get(port)) {
          return false;
        }
      }
      return true;
    }

    private String[] phase() throws IOException {
      String[] known = phase;
      if (known == null) {
        known = directory.readPhase();
        phase = known;
      }
      return known;
    }
  }

  private static int signal(ProcessRecord record) {
    return record.code() > 128 && record.code() <= 128 + 64 ? record.code() - 128 : 0;
  }

  private static int parse(String number) {
    return (int) parseLong(number);
  }

  private static long parseLong(String number) {
    try {
      return Long.parseLong(number.trim());
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
