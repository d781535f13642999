package dev.symphony.engine.internal.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.PortTakenException;
import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortLeasesTest {
  private static final HostIdentity HOST = new HostIdentity("m", "vm", "boot-1", "1");

  @TempDir Path temporary;
  private Path ports;
  private Path experiment;
  private long now = 100_000;
  private Duration limit = Duration.ofMinutes(1);

  @BeforeEach
  void makeAnExperiment() throws IOException {
    ports = temporary.resolve("ports");
    experiment = Files.createDirectory(temporary.resolve("rl"));
  }

  private PortLeases leases(int first, int last) {
    return leases(first, last, HOST);
  }

  private PortLeases leases(int first, int last, HostIdentity host) {
    return new PortLeases(ports, host, new PortRange(first, last), () -> now, "sarah", limit);
  }

  private static List<PortRequest> planned(List<Integer> ports) {
    List<PortRequest> requests = new ArrayList<>();
    for (int port : ports) {
      requests.add(new PortRequest(port, false, "learner binds replay-" + port));
    }
    return requests;
  }

  private static List<PortRequest> fixed(int port) {
    return List.of(new PortRequest(port, true, "tensorboard exposes web"));
  }

  private static BitSet none() {
    return new BitSet();
  }

  @Test
  void planningChangesNothing() {
    List<Integer> plan = leases(21000, 21099).plan("rl", 10, none());
    assertEquals(10, new HashSet<>(plan).size());
    assertTrue(plan.stream().allMatch(port -> port >= 21000 && port <= 21099));
    assertEquals(plan, leases(21000, 21099).plan("rl", 10, none()), "the same plan looks the same");
    assertNotEquals(plan, leases(21000, 21099).plan("rl again", 10, none()));
    assertFalse(Files.exists(ports));
    BitSet avoid = new BitSet();
    avoid.set(plan.get(0));
    assertFalse(leases(21000, 21099).plan("rl", 10, avoid).contains(plan.get(0)));
  }

  @Test
  void leasedPortsAreTakenUntilReleasedAndTwoMinutesLonger() {
    PortLeases leases = leases(21100, 21103);
    List<Integer> all = leases.plan("rl", 4, none());
    leases.lease("run-1", "rl", experiment, planned(all));
    assertThrows(SymphonyException.class, () -> leases.plan("rl", 1, none()));
    now += 1000;
    leases.release("run-1");
    now += PortLeases.REST - 1;
    SymphonyException none =
        assertThrows(SymphonyException.class, () -> leases.plan("rl", 1, none()));
    assertTrue(none.getMessage().startsWith("only 0 of 1 ports are free in 21100-21103: 4 are"));
    PortTakenException resting =
        assertThrows(
            PortTakenException.class,
            () -> leases.lease("run-2", "rl", experiment, planned(List.of(21100))));
    assertEquals(
        "port 21100 (learner binds replay-21100) was released less than two minutes ago",
        resting.getMessage());
    assertTrue(resting.chosen());
    now += 1;
    assertEquals(4, leases.plan("rl", 4, none()).size());
    leases.lease("run-2", "rl", experiment, planned(List.of(21100)));
  }

  @Test
  void choosesTheLeastRecentlyUsed() {
    PortLeases leases = leases(21200, 21203);
    for (int port : new int[] {21202, 21200, 21203}) {
      leases.lease("run-" + port, "rl", experiment, planned(List.of(port)));
      leases.release("run-" + port);
      now += 100;
    }
    now += PortLeases.REST;
    assertEquals(List.of(21201, 21202, 21200, 21203), leases.plan("rl", 4, none()));
  }

  @Test
  void namesPortAndHolderAndLeasesAllOrNothing() {
    PortLeases leases = leases(21300, 21309);
    leases.lease("run-1", "rl", experiment, planned(List.of(21301)));
    List<PortRequest> both = new ArrayList<>(planned(List.of(21300)));
    both.addAll(fixed(21301));
    PortTakenException taken =
        assertThrows(
            PortTakenException.class, () -> leases.lease("run-2", "other", experiment, both));
    assertEquals(
        "port 21301 (tensorboard exposes web) is leased by experiment 'rl' of user sarah ("
            + experiment
            + ")",
        taken.getMessage());
    assertFalse(taken.chosen());
    leases.lease("run-3", "third", experiment, planned(List.of(21300)));
  }

  @Test
  void aLaunchKeepsWhatItHoldsAndMayAskForMore() throws IOException {
    PortLeases leases = leases(21400, 21499);
    int port = 21400;
    while (true) {
      String launch = "run-" + port;
      leases.lease(launch, "rl", experiment, planned(List.of(port)));
      try (ServerSocket running = new ServerSocket(port)) {
        leases.lease(launch, "rl", experiment, planned(List.of(port, port + 1)));
        assertTrue(running.isBound());
        break;
      } catch (BindException somebodyElse) {
        port += 2;
      }
    }
    int second = port + 1;
    assertThrows(
        PortTakenException.class,
        () -> leases.lease("run-2", "rl", experiment, planned(List.of(second))));
    leases.release("run-" + port);
    leases.release("run-" + port);
    leases.release("never heard of");
  }

  @Test
  void aPortThatTheUserNamedNeedsNoRest() {
    PortLeases leases = leases(21500, 21509);
    leases.lease("run-1", "rl", experiment, fixed(21500));
    leases.release("run-1");
    leases.lease("run-2", "rl", experiment, fixed(21500));
  }

  @Test
  void leasesOfAnEarlierBootAndOfAnotherMachineAreFree() {
    leases(21600, 21600).lease("run-1", "rl", experiment, planned(List.of(21600)));
    HostIdentity rebooted = new HostIdentity("m", "vm", "boot-2", "1");
    HostIdentity elsewhere = new HostIdentity("n", "wm", "boot-9", "1");
    now = 500;
    assertEquals(List.of(21600), leases(21600, 21600, rebooted).plan("rl", 1, none()));
    assertEquals(List.of(21600), leases(21600, 21600, elsewhere).plan("rl", 1, none()));
    // Started again after the reboot, by the same launch.
    leases(21600, 21600, rebooted).lease("run-1", "rl", experiment, planned(List.of(21600)));
    assertThrows(
        SymphonyException.class, () -> leases(21600, 21600, rebooted).plan("rl", 1, none()));
  }

  @Test
  void aLeaseOfAnotherContainerOnThisKernelCounts() {
    HostIdentity container = new HostIdentity("", "c0ffee", "boot-1", "2");
    leases(21700, 21700, container)
        .lease("run-1", "rl", temporary.resolve("not here"), planned(List.of(21700)));
    assertThrows(SymphonyException.class, () -> leases(21700, 21700).plan("rl", 1, none()));
  }

  @Test
  void collectsLeasesWhoseExperimentHasGone() throws IOException {
    PortLeases leases = leases(21800, 21801);
    leases.lease("run-1", "rl", experiment, planned(List.of(21800)));
    Files.delete(experiment);
    Path other = Files.createDirectory(temporary.resolve("other"));
    leases.lease("run-2", "other", other, planned(List.of(21801)));
    now += PortLeases.REST;
    assertEquals(List.of(21800), leases.plan("rl", 1, none()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "0.0.0.0", "::"})
  void aForeignListenerTakesThePort(String address) throws IOException {
    int port;
    PortLeases leases;
    try (ServerSocket foreign = bound(InetAddress.getByName(address), 21900)) {
      port = foreign.getLocalPort();
      leases = leases(port, port);
      assertThrows(SymphonyException.class, () -> leases.plan("rl", 1, none()));
      PortTakenException taken =
          assertThrows(
              PortTakenException.class, () -> leases.lease("run-1", "rl", experiment, fixed(port)));
      assertEquals(
          "port "
              + port
              + " (tensorboard exposes web) is in use by another program;"
              + " 'ss -ltnp sport = :"
              + port
              + "' shows it",
          taken.getMessage());
      assertThrows(PortTakenException.class, () -> leases.check("run-1", fixed(port)));
    }
    leases.lease("run-1", "rl", experiment, fixed(port));
    leases.check("run-1", fixed(port));
    assertThrows(PortTakenException.class, () -> leases.check("run-2", fixed(port)));
  }

  /** On the first of a hundred ports that another run of these tests does not use just now. */
  private static ServerSocket bound(InetAddress address, int first) throws IOException {
    for (int port = first; port < first + 100; port++) {
      ServerSocket socket = new ServerSocket();
      try {
        socket.bind(new InetSocketAddress(address, port));
        return socket;
      } catch (IOException taken) {
        socket.close();
      }
    }
    Needs.that(false, "the address " + address);
    throw new AssertionError();
  }

  @Test
  void aClosedConnectionLeavesItsPortToTheUserButNotToPlans() throws IOException {
    int port;
    try (ServerSocket server = bound(InetAddress.getByName("127.0.0.1"), 22000)) {
      port = server.getLocalPort();
      Socket client = new Socket("127.0.0.1", port);
      // Who closes first waits.
      server.accept().close();
      client.close();
    }
    PortLeases leases = leases(port, port);
    assertThrows(SymphonyException.class, () -> leases.plan("rl", 1, none()));
    leases.lease("run-1", "rl", experiment, fixed(port));
    leases.check("run-1", planned(List.of(port)));
  }

  @Test
  void keepsOnlyWhatItNeedsOfOldLeases() throws IOException {
    PortLeases leases = leases(22100, 22199);
    for (int i = 0; i < 100; i++) {
      leases.lease("run-" + i, "rl", experiment, fixed(22100 + i));
      leases.release("run-" + i);
      now += 1000;
    }
    assertTrue(ports.toFile().list().length < 60, String.valueOf(ports.toFile().list().length));
  }

  @Test
  void filesAreForAllToReadWhateverTheUmask() throws IOException {
    leases(22200, 22200).lease("run-1", "rl", experiment, planned(List.of(22200)));
    assertEquals(01777, (int) Files.getAttribute(ports, "unix:mode") & 07777);
    assertEquals(
        "rw-rw-rw-",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(ports.resolve("lock"))));
    String own = leasesFile();
    assertEquals(
        "rw-r--r--",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(ports.resolve(own))));
  }

  private String leasesFile() {
    for (String name : ports.toFile().list()) {
      if (name.contains(".lease.")) {
        return name;
      }
    }
    throw new AssertionError("no lease");
  }

  @Test
  void passesOverWhatIsNoLease() throws IOException {
    PortLeases leases = leases(22300, 22300);
    leases.lease("run-1", "rl", experiment, planned(List.of(22300)));
    String own = leasesFile();
    String uid = own.substring(0, own.indexOf('.'));
    Files.writeString(ports.resolve(uid + ".lease.broken"), "ports 22300 99999999999999999999 x");
    Files.writeString(ports.resolve(uid + ".released.x.y"), "ports 22300");
    Files.writeString(ports.resolve("4711.lease.forged"), Files.readString(ports.resolve(own)));
    Files.writeString(ports.resolve("README"), "hello");
    Files.createSymbolicLink(ports.resolve(uid + ".lease.link"), ports.resolve(own));
    Files.createDirectory(ports.resolve(uid + ".lease.directory"));
    leases.release("run-1");
    now += PortLeases.REST;
    assertEquals(List.of(22300), leases.plan("rl", 1, none()));
  }

  @Test
  void refusesADirectoryThatMayBeATrap() throws IOException {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.createSymbolicLink(ports, elsewhere);
    SymphonyException link = refused();
    assertEquals(
        "cannot use the directory of port leases "
            + ports
            + ": it is a symbolic link (SYMPHONY_PORTS can name another one)",
        link.getMessage());
    Files.delete(ports);
    Files.writeString(ports, "");
    assertTrue(refused().getMessage().contains("it is not a directory"));
    Files.delete(ports);
    Files.createDirectory(ports);
    Files.setPosixFilePermissions(ports, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertTrue(refused().getMessage().contains("anybody could remove another's leases"));
    ports = temporary.resolve("missing/ports");
    assertTrue(refused().getMessage().contains("no such file or directory"));
  }

  private SymphonyException refused() {
    return assertThrows(
        SymphonyException.class,
        () -> leases(22400, 22409).lease("run-1", "rl", experiment, fixed(22400)));
  }

  @Test
  void waitsForTheLockAndSaysSo() throws Exception {
    PortLeases leases = leases(22500, 22509);
    leases.lease("run-1", "rl", experiment, fixed(22500));
    limit = Duration.ofMillis(300);
    PortLeases impatient = leases(22500, 22509);
    try (LeaseLock held = LeaseLock.acquire(ports.resolve("lock"), Duration.ofMinutes(1))) {
      SymphonyException[] heard = new SymphonyException[1];
      Thread other =
          new Thread(
              () ->
                  heard[0] =
                      assertThrows(
                          SymphonyException.class,
                          () -> impatient.lease("run-2", "rl", experiment, fixed(22501))));
      other.start();
      other.join();
      assertTrue(heard[0].getMessage().startsWith("waited 0 s for another program"));
    }
    leases.lease("run-2", "rl", experiment, fixed(22501));
  }

  @Test
  void releasesInAnInterruptedThread() {
    PortLeases leases = leases(22600, 22600);
    leases.lease("run-1", "rl", experiment, planned(List.of(22600)));
    Thread.currentThread().interrupt();
    leases.release("run-1");
    assertTrue(Thread.interrupted());
    now += PortLeases.REST;
    assertEquals(List.of(22600), leases.plan("rl", 1, none()));
  }

  @Test
  void theDirectoryIsChosenByTheEnvironment() {
    assertEquals(Path.of("/tmp/symphony-ports"), PortLeases.directory(Map.of()));
    assertEquals(
        Path.of("/tmp/symphony-ports"), PortLeases.directory(Map.of("SYMPHONY_PORTS", "")));
    assertEquals(Path.of("/a"), PortLeases.directory(Map.of("SYMPHONY_PORTS", "/a")));
  }
}
