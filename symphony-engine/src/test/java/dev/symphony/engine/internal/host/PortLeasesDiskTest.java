package dev.symphony.engine.internal.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leases on a disk that is full, or that cannot be written. */
class PortLeasesDiskTest {
  private static final HostIdentity HOST = new HostIdentity("m", "vm", "boot-1", "1");

  @TempDir Path temporary;
  private Path disk;
  private long now = 100_000;

  @BeforeEach
  void mount() throws Exception {
    Needs.that("root".equals(System.getProperty("user.name")), "root, to mount a small disk");
    disk = Files.createDirectory(temporary.resolve("disk"));
    run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  private static void run(String... command) throws Exception {
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  private PortLeases leases() {
    return new PortLeases(
        disk.resolve("ports"),
        HOST,
        new PortRange(25000, 25009),
        () -> now,
        "sarah",
        Duration.ofMinutes(1));
  }

  private static List<PortRequest> request(int port) {
    return List.of(new PortRequest(port, false, "learner binds replay"));
  }

  private void fill() throws IOException {
    byte[] block = new byte[1024];
    try (OutputStream out = Files.newOutputStream(disk.resolve("full"))) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertTrue(full.getMessage().contains("No space left"));
    }
  }

  @Test
  void onAFullDiskPortsAreGivenBackButNotLeased() throws IOException {
    leases().lease("run-1", "rl", temporary, request(25000));
    fill();
    SymphonyException full =
        assertThrows(
            SymphonyException.class,
            () -> leases().lease("run-2", "rl", temporary, request(25001)));
    assertEquals(
        "cannot lease ports: cannot write "
            + disk.resolve("ports/" + new LeaseDirectory(disk).uid() + ".lease.run-2")
            + ": no space left on device",
        full.getMessage());
    leases().release("run-1");
    assertEquals(2, disk.resolve("ports").toFile().list().length, "the lock and what was released");
    BitSet avoid = new BitSet();
    avoid.set(25001, 25010);
    assertThrows(SymphonyException.class, () -> leases().plan("rl", 1, avoid));
    now += PortLeases.REST;
    assertEquals(List.of(25000), leases().plan("rl", 1, avoid));
  }

  @Test
  void aReadOnlyDiskIsOneClearLine() throws Exception {
    leases().lease("run-1", "rl", temporary, request(25000));
    run("mount", "-o", "remount,ro", disk.toString());
    for (SymphonyException refused :
        List.of(
            assertThrows(
                SymphonyException.class,
                () -> leases().lease("run-2", "rl", temporary, request(25001))),
            assertThrows(SymphonyException.class, () -> leases().release("run-1")))) {
      assertTrue(
          refused
              .getMessage()
              .startsWith("cannot use the directory of port leases " + disk.resolve("ports")),
          refused.getMessage());
    }
    assertEquals(9, leases().plan("rl", 9, new BitSet()).size());
  }
}
