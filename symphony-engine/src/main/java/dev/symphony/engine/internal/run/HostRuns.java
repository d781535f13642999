package dev.symphony.engine.internal.run;

import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.internal.data.AtomicFile;
import dev.symphony.engine.internal.host.HostIdentity;
import dev.symphony.engine.internal.host.PortLeases;
import dev.symphony.engine.internal.host.PortRange;
import dev.symphony.engine.internal.host.PortRequest;
import dev.symphony.engine.internal.host.ProcessRecord;
import dev.symphony.engine.internal.host.ProcessTable;
import dev.symphony.engine.internal.host.ProcessTree;
import dev.symphony.engine.internal.host.Uptime;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.HostScript;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The experiments of one cluster of this host: what launching, stopping and asking have in common.
 */
public final class HostRuns {
  private final ClusterContext context;
  private final RunStore store;
  private @Nullable PortLeases ports;
  private final boolean terminal;
  private final HostIdentity here;
  private final ProcessTable table = ProcessTable.system();

  /**
   * The experiments of a cluster.
   *
   * @param identity the cluster's identity, the name of its folder
   * @param terminal whether processes have a terminal
   */
  public HostRuns(ClusterContext context, String identity, boolean terminal) {
    this.context = context;
    this.terminal = terminal;
    this.here = HostIdentity.read(context.machine());
    this.store = new RunStore(context.stateDirectory().resolve(identity).resolve("experiments"));
  }

  ClusterContext context() {
    return context;
  }

  /** The experiments on disk. */
  RunStore store() {
    return store;
  }

  /** The ports of this machine; who only looks at what runs needs none of this. */
  public synchronized PortLeases ports() {
    PortLeases known = ports;
    if (known == null) {
      known =
          PortLeases.at(
              PortLeases.directory(context.environment()),
              here,
              PortRange.of(context.environment()),
              Uptime.CLOCK,
              System.getProperty("user.name"));
      ports = known;
    }
    return known;
  }

  /** Whether processes have a terminal. */
  public boolean terminal() {
    return terminal;
  }

  HostIdentity here() {
    return here;
  }

  ProcessTable table() {
    return table;
  }

  /** The names of all experiments. */
  public List<String> names() {
    return store.names();
  }

  /** Looks at an experiment. */
  public Observer observer() {
    return new Observer(here, table, terminal);
  }

  /** The experiment's directory; throws where there is none. */
  public RunDirectory require(String experiment) {
    RunDirectory directory = store.find(experiment);
    if (directory == null) {
      throw new NotFoundException("there is no experiment " + experiment + "; 'ls' lists them");
    }
    return directory;
  }

  /** Removes a directory that does not say what ran in it; see {@link Leftovers#remove}. */
  public boolean removeUnreadable(String experiment, boolean damagedToo) {
    return new Leftovers(this).remove(experiment, damagedToo);
  }

  RunIndex index(RunDirectory directory) {
    try {
      return directory.index();
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new NotFoundException(
          "experiment " + directory.root().getFileName() + " has just been deleted");
    } catch (IOException e) {
      throw RunDirectory.failure("read", directory.file("index"), e);
    }
  }

  /** The services of an experiment. */
  public List<ServiceAddress> services(String experiment) {
    return index(require(experiment)).services();
  }

  /** The number of a process. */
  public int number(String experiment, ProcessName process) {
    return number(experiment, index(require(experiment)), process);
  }

  int number(String experiment, RunIndex index, ProcessName process) {
    int number = index.indexOf(process);
    if (number < 0) {
      throw new NotFoundException("experiment " + experiment + " has no process " + process);
    }
    return number;
  }

  /** Refuses to act on what runs on another machine. */
  void requireHere(String experiment, RunIndex index) {
    if (here.relationTo(index.host()) == HostIdentity.Relation.ELSEWHERE) {
      throw new SymphonyException(
          "experiment "
              + experiment
              + " runs on "
              + index.host().hostName()
              + ", not here; act there, or remove what is known of it with 'delete --forget'");
    }
  }

  /** What is asked of the machine's ports for services, all of them or those of some processes. */
  static List<PortRequest> requests(
      List<ServiceAddress> services, Set<Integer> fixed, @Nullable Set<ProcessName> processes) {
    List<PortRequest> requests = new ArrayList<>();
    for (ServiceAddress service : services) {
      if (processes == null || processes.contains(service.process())) {
        requests.add(
            new PortRequest(
                service.port(),
                fixed.contains(service.port()),
                service.process() + ", service " + service.service()));
      }
    }
    return requests;
  }

  /** The lock that changes of one experiment take. */
  RunLock lock(String experiment) {
    Path locks = store.folder().resolveSibling("locks");
    AtomicFile.createDirectories(locks);
    return RunLock.take(locks.resolve(experiment), experiment);
  }

  /** What belongs to a process, for ending it. */
  ProcessTree.Target target(
      RunDirectory directory, RunIndex index, int number, ProcessRecord record) {
    boolean thisBoot = record.boot().equals(Observer.bootToken(here));
    return new ProcessTree.Target(
        thisBoot && record.wrapper() > 0 ? record.wrapper() : -1,
        thisBoot ? table.startTime(record.wrapper(), record.wrapperBy()) : -1,
        thisBoot && record.command() > 0 ? record.command() : -1,
        thisBoot ? table.startTime(record.command(), record.commandBy()) : -1,
        Scripts.MARKER + "=" + marker(index.launchId(), number),
        Duration.ofMillis(index.processes().get(number).graceMillis()),
        thisBoot && record.state() == 'E' ? record.end() : -1);
  }

  static String marker(String launchId, int number) {
    return launchId + "." + number;
  }

  /** The scripts that run processes, for a first time or again. */
  List<HostScript> scripts(
      RunDirectory directory, RunIndex index, List<Integer> numbers, List<Integer> attempts) {
    String boot = Observer.bootToken(here);
    String bootMillis = Long.toString(System.currentTimeMillis() - Uptime.now() * 10);
    List<HostScript> scripts = new ArrayList<>(numbers.size());
    for (int i = 0; i < numbers.size(); i++) {
      int number = numbers.get(i);
      scripts.add(
          new HostScript(
              number,
              index.processes().get(number).name(),
              directory.script(number),
              List.of(Integer.toString(attempts.get(i)), boot, bootMillis),
              directory.log(number),
              Scripts.MARKER + "=" + marker(index.launchId(), number)));
    }
    return scripts;
  }
}
