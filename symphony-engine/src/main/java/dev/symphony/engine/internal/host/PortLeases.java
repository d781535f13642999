package dev.symphony.engine.internal.host;

import dev.symphony.engine.PortTakenException;
import dev.symphony.engine.SymphonyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Who holds which ports on this machine, across programs, state directories and users.
 *
 * <p>Each launch has one file in a directory that all users share. A user changes only the own
 * files, under one lock; all read each other's. What counts:
 *
 * <ul>
 *   <li>A lease of this boot is taken, whoever holds it, also from another container that shares
 *       the directory: they may share the network as well, and nobody can tell.
 *   <li>A lease of another boot, or of another machine that shares the directory, is no lease here.
 *   <li>An own lease whose experiment directory is gone is released by the next launch.
 *   <li>Released ports rest for two minutes, and are then chosen least recently used first. A port
 *       that the user named may be leased again at once.
 * </ul>
 */
public final class PortLeases {
  /** The variable that names another directory than {@code /tmp/symphony-ports}. */
  public static final String VARIABLE = "SYMPHONY_PORTS";

  /** How long a released port is not chosen, in hundredths of a second. */
  static final long REST = 120 * 100;

  /** How often to look again at what was not free: somebody else's look is over in no time. */
  private static final int PROBES = 3;

  private final LeaseDirectory directory;
  private final HostIdentity host;
  private final PortRange range;
  private final LongSupplier centiseconds;
  private final String user;
  private final Duration limit;

  PortLeases(
      Path directory,
      HostIdentity host,
      PortRange range,
      LongSupplier centiseconds,
      String user,
      Duration limit) {
    this.directory = new LeaseDirectory(directory.toAbsolutePath().normalize());
    this.host = host;
    this.range = range;
    this.centiseconds = centiseconds;
    this.user = user;
    this.limit = limit;
  }

  /** Where leases are by these variables: {@code $SYMPHONY_PORTS}, else /tmp/symphony-ports. */
  public static Path directory(Map<String, String> environment) {
    String chosen = environment.get(VARIABLE);
    return Path.of(chosen == null || chosen.isEmpty() ? "/tmp/symphony-ports" : chosen);
  }

  /**
   * The leases in a directory, which need not exist yet.
   *
   * @param directory see {@link #directory}
   * @param host this machine
   * @param range the ports to choose from
   * @param centiseconds the clock: {@link Uptime#CLOCK}
   * @param user the name of the user, for other users to read
   */
  public static PortLeases at(
      Path directory, HostIdentity host, PortRange range, LongSupplier centiseconds, String user) {
    return new PortLeases(directory, host, range, centiseconds, user, Duration.ofSeconds(30));
  }

  /**
   * Chooses free ports. Leases nothing and changes nothing: two plans may choose the same ports,
   * and only one of them can {@link #lease} them.
   *
   * @param seed where to begin in the range: one seed begins at one place, so that a plan made
   *     twice looks the same twice, and many launches at once seldom meet. To plan again after a
   *     {@link PortTakenException}, give another one
   * @param count how many
   * @param avoid ports that are not to be chosen
   * @return the ports in the order in which they are to be given out
   * @throws SymphonyException when there are not enough, or the range reaches into the ports of
   *     outgoing connections
   */
  public List<Integer> plan(String seed, int count, BitSet avoid) {
    if (count == 0) {
      return List.of();
    }
    PortRange usable = range.below(PortRange.ephemeral());
    int offset = Math.floorMod(seed.hashCode() * 31, usable.size());
    List<Integer> choices = ledger().choices(usable, offset);
    List<Integer> chosen = free(choices, count, avoid);
    for (int attempt = 0; chosen.size() < count && attempt < PROBES && pause(); attempt++) {
      chosen = free(choices, count, avoid);
    }
    if (chosen.size() == count) {
      return chosen;
    }
    throw new SymphonyException(
        "only "
            + chosen.size()
            + " of "
            + count
            + " ports are free in "
            + usable
            + ": "
            + (usable.size() - choices.size())
            + " are leased or were released less than two minutes ago; delete experiments that"
            + " have ended, or set a wider range with SYMPHONY_PORT_RANGE");
  }

  /**
   * Leases ports to a launch, all or none. What the launch holds already it keeps, unasked: running
   * processes listen there.
   *
   * @param launchId the launch: letters, digits, {@code - _ .}
   * @param experiment its experiment's name, for those who meet the lease
   * @param experimentDirectory an existing directory: when it has gone, so has the lease
   * @param requests the ports, planned and fixed ones
   * @throws PortTakenException when one is leased, in use by a foreign program, or planned and not
   *     rested yet; nothing has changed then
   * @throws SymphonyException when leases cannot be written, with the reason
   */
  public void lease(
      String launchId, String experiment, Path experimentDirectory, List<PortRequest> requests) {
    if (!Lease.isName(launchId)) {
      throw new IllegalArgumentException("no launch id: " + launchId);
    }
    if (requests.isEmpty()) {
      return;
    }
    directory.prepare();
    try (LeaseLock lock = LeaseLock.acquire(directory.path.resolve("lock"), limit)) {
      Ledger ledger = ledger();
      BitSet ports = new BitSet();
      Lease held = ledger.of(directory.uid(), launchId);
      if (held != null) {
        ports.or(held.ports());
      }
      BitSet asked = new BitSet();
      PortProbe probe = new PortProbe();
      for (PortRequest request : requests) {
        int port = request.port();
        if (asked.get(port)) {
          throw request.taken("is asked for twice by this launch");
        }
        asked.set(port);
        if (!ports.get(port)) {
          ledger.refuseHeld(request, directory.uid(), launchId);
          ledger.refuseResting(request);
          refuseForeign(probe, request, request.fixed());
        }
      }
      ports.or(asked);
      ledger.tidy(directory);
      if (held == null || !held.ports().equals(ports)) {
        directory.write(
            new Lease(
                Lease.activeName(directory.uid(), launchId),
                directory.uid(),
                launchId,
                -1,
                user,
                experiment,
                experimentDirectory.toAbsolutePath().toString(),
                host,
                ports));
      }
    }
  }

  /**
   * Gives back all ports of a launch; they begin to rest. Works on a full disk, and for a launch
   * that holds none.
   *
   * @throws SymphonyException when the lease is there and cannot be given back
   */
  public void release(String launchId) {
    if (!Files.exists(directory.path.resolve(Lease.activeName(directory.uid(), launchId)))) {
      return;
    }
    directory.prepare();
    try (LeaseLock lock = LeaseLock.acquire(directory.path.resolve("lock"), limit)) {
      Lease lease = ledger().of(directory.uid(), launchId);
      if (lease != null) {
        directory.release(lease, centiseconds.getAsLong());
      }
    }
  }

  /**
   * Checks that nobody else has taken the ports that processes of a launch are about to bind.
   * Changes nothing. After a reboot, {@link #lease} them again first.
   *
   * @throws PortTakenException when a foreign program listens there, or another launch holds it
   */
  public void check(String launchId, List<PortRequest> requests) {
    if (requests.isEmpty()) {
      return;
    }
    Ledger ledger = ledger();
    PortProbe probe = new PortProbe();
    for (PortRequest request : requests) {
      ledger.refuseHeld(request, directory.uid(), launchId);
      // The process itself may have listened there a moment ago.
      refuseForeign(probe, request, true);
    }
  }

  /** The first so many that nobody listens on; fewer where there are no more. */
  private static List<Integer> free(List<Integer> choices, int count, BitSet avoid) {
    PortProbe probe = new PortProbe();
    List<Integer> chosen = new ArrayList<>(count);
    for (int port : choices) {
      if (chosen.size() < count && !avoid.get(port) && probe.free(port, false)) {
        chosen.add(port);
      }
    }
    return chosen;
  }

  /** Refuses a port that a program without a lease uses. */
  private static void refuseForeign(PortProbe probe, PortRequest request, boolean reuse) {
    for (int attempt = 0; !probe.free(request.port(), reuse); attempt++) {
      if (attempt == PROBES) {
        throw request.taken(
            "is in use by another program; 'ss -ltnp sport = :" + request.port() + "' shows it");
      }
      if (!pause()) {
        throw request.taken("was not free when leasing was interrupted");
      }
    }
  }

  /** Lets others finish who try the same ports at the same time; false when interrupted. */
  private static boolean pause() {
    try {
      Thread.sleep(5);
      return true;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Ledger ledger() {
    return new Ledger(directory.list(), directory.uid(), host, centiseconds.getAsLong());
  }
}
