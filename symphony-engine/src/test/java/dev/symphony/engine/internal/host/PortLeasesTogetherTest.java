package dev.symphony.engine.internal.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.PortTakenException;
import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leases of several programs and users at once. */
class PortLeasesTogetherTest {
  private static final int THREADS = 5;
  private static final int PORTS = 20;

  private Path directory;
  private OtherUser programs;
  private Running running;

  @BeforeEach
  void begin() throws IOException {
    OtherUser.needed();
    directory = OtherUser.openDirectory();
    programs = new OtherUser(directory);
    running = new Running(directory);
  }

  @AfterEach
  void leaveNothing() throws IOException {
    running.close();
    OtherUser.delete(directory);
  }

  @Test
  void twentyLaunchesOfFourProgramsAndTwoUsersNeverShareAPort() throws Exception {
    // Room for no more than what they need: each port is fought for.
    int size = 4 * THREADS * PORTS + 40;
    List<Process> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      List<String> command =
          programs.java(
              i % 2 == 1,
              Leasers.class,
              directory.resolve("ports").toString(),
              "23000-" + (23000 + size - 1),
              "program-" + i);
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(directory.resolve("output-" + i).toFile());
      all.add(running.start(builder));
    }
    Set<Integer> leased = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      int code = all.get(i).waitFor();
      List<String> lines = Files.readAllLines(directory.resolve("output-" + i));
      assertEquals(0, code, () -> String.join("\n", lines));
      for (String line : lines) {
        assertTrue(leased.add(Integer.parseInt(line)), "leased twice: " + line);
      }
    }
    assertEquals(4 * THREADS * PORTS, leased.size());
  }

  @Test
  void anotherUsersLeasesCountAndCannotBeTakenAway() throws Exception {
    Path ports = directory.resolve("ports");
    Process nobody =
        running.start(
            programs.java(true, Leasers.class, ports.toString(), "24000-24199", "nobody"));
    assertEquals(0, nobody.waitFor(), () -> Running.text(directory.resolve("output")));
    Set<Integer> theirs = new HashSet<>();
    for (String line : Files.readAllLines(directory.resolve("output"))) {
      theirs.add(Integer.parseInt(line));
    }
    assertEquals(THREADS * PORTS, theirs.size());
    PortLeases mine = Leasers.leases(ports, "24000-24199");
    List<Integer> free = mine.plan("mine", 100, new BitSet());
    assertTrue(Collections.disjoint(theirs, free));
    mine.release("nobody-0");
    assertEquals(100, mine.plan("mine", 100, new BitSet()).size());
  }

  @Test
  void aDirectoryThatOnlyItsOwnerMayUseIsRefusedInOneLine() throws Exception {
    Path ports = Files.createDirectory(directory.resolve("ports"));
    Process nobody =
        running.start(
            programs.java(true, Leasers.class, ports.toString(), "24200-24399", "nobody"));
    assertEquals(1, nobody.waitFor());
    String said = Running.text(directory.resolve("output"));
    assertTrue(said.contains("permission denied; it should have mode 1777 and belongs to 0"), said);
  }

  /** A program that leases ports from several threads, prints them, and keeps them. */
  static final class Leasers {
    public static void main(String[] args) throws InterruptedException {
      List<Integer> leased = Collections.synchronizedList(new ArrayList<>());
      List<String> failed = Collections.synchronizedList(new ArrayList<>());
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String launch = args[2] + "-" + i;
        threads.add(
            new Thread(
                () -> {
                  try {
                    leased.addAll(lease(leases(Path.of(args[0]), args[1]), launch));
                  } catch (SymphonyException e) {
                    failed.add(e.getMessage());
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      leased.forEach(System.out::println);
      failed.forEach(System.out::println);
      System.exit(failed.isEmpty() ? 0 : 1);
    }

    static PortLeases leases(Path directory, String range) {
      return new PortLeases(
          directory,
          HostIdentity.read(Path.of("/")),
          PortRange.parse(range),
          Uptime::now,
          System.getProperty("user.name"),
          Duration.ofSeconds(30));
    }

    private static List<Integer> lease(PortLeases leases, String launch) {
      for (int attempt = 0; ; attempt++) {
        List<Integer> ports = leases.plan(launch + attempt, PORTS, new BitSet());
        List<PortRequest> requests = new ArrayList<>();
        for (int port : ports) {
          requests.add(new PortRequest(port, false, launch));
        }
        try {
          leases.lease(launch, launch, Path.of("/"), requests);
          return ports;
        } catch (PortTakenException e) {
          if (attempt == 100) {
            throw e;
          }
        }
      }
    }
  }
}
