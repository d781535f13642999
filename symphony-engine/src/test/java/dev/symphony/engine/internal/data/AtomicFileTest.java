package dev.symphony.engine.internal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void writesForTheOwnerAlone() throws IOException {
    Path file = folder.resolve("state.json");
    AtomicFile.write(file, bytes("one"));
    AtomicFile.write(file, bytes("two"));
    assertEquals("two", Files.readString(file));
    assertEquals("rw-------", mode(file));
    assertEquals(List.of(file), list());
  }

  @Test
  void createsDirectoriesForTheOwnerAloneAndLeavesThoseThatExist() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path deep = folder.resolve("a/b/c");
    AtomicFile.createDirectories(deep);
    AtomicFile.createDirectories(deep);
    assertEquals("rwxr-xr-x", mode(folder));
    assertEquals("rwx------", mode(folder.resolve("a")));
    assertEquals("rwx------", mode(deep));
  }

  @Test
  void saysWhenAFileStandsWhereADirectoryShould() throws IOException {
    Path file = Files.createFile(folder.resolve("a"));
    assertProblem(
        "cannot create the directory " + file + ": a file of that name exists",
        () -> AtomicFile.createDirectories(file.resolve("b")));
    assertProblem(
        "cannot write " + file.resolve("b") + ": not a directory",
        () -> AtomicFile.write(file.resolve("b"), bytes("x")));
  }

  @Test
  void saysWhenTheDirectoryIsMissing() {
    Path file = folder.resolve("none/x");
    assertProblem(
        "cannot write " + file + ": no such file or directory",
        () -> AtomicFile.write(file, bytes("x")));
  }

  @Test
  void leavesNothingBehindWhenTheMoveFails() throws IOException {
    Path file = Files.createDirectory(folder.resolve("taken"));
    Files.createFile(file.resolve("inside"));
    assertProblem("cannot write " + file + ": ", () -> AtomicFile.write(file, bytes("x")));
    assertEquals(List.of(file), list());
  }

  @Test
  void writesInAnInterruptedThreadAndKeepsTheInterrupt() throws IOException {
    Path file = folder.resolve("state.json");
    Thread.currentThread().interrupt();
    try {
      AtomicFile.write(file, bytes("whole"));
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertEquals("whole", Files.readString(file));
  }

  @Test
  void readersSeeOneWholeVersionWhileThreadsWrite() throws Exception {
    Path file = folder.resolve("state");
    AtomicFile.write(file, version(0, 0));
    ExecutorService pool = Executors.newFixedThreadPool(5);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        int me = writer;
        writers.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < 25; i++) {
                    AtomicFile.write(file, version(me, i));
                  }
                }));
      }
      Callable<Void> reader =
          () -> {
            while (!writers.stream().allMatch(Future::isDone)) {
              assertWhole(Files.readAllBytes(file));
            }
            return null;
          };
      pool.submit(reader).get(4, TimeUnit.MINUTES);
      for (Future<?> writer : writers) {
        writer.get(4, TimeUnit.MINUTES);
      }
    } finally {
      pool.shutdownNow();
    }
    assertEquals(List.of(file), list());
  }

  @Test
  void survivesAKillOfTheWriterAtAnyMoment() throws Exception {
    Path file = folder.resolve("state");
    AtomicFile.write(file, version(0, 0));
    for (int round = 0; round < 6; round++) {
      Process writer =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xshare:auto",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  EndlessWriter.class.getName(),
                  file.toString())
              .redirectErrorStream(true)
              .start();
      try {
        assertEquals('w', writer.getInputStream().read(), "the writer says that it writes");
        long until = System.nanoTime() + (round * 7_000_011L);
        while (System.nanoTime() < until) {
          assertWhole(Files.readAllBytes(file));
        }
      } finally {
        writer.destroyForcibly();
      }
      assertTrue(writer.waitFor(2, TimeUnit.MINUTES));
      assertWhole(Files.readAllBytes(file));
    }
    for (Path one : list()) {
      assertTrue(one.equals(file) || AtomicFile.isTemporary(one), one.toString());
    }
  }

  @Test
  void aFullDiskKeepsTheOldContentAndNothingElse() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), "size=64k")) {
      Path file = disk.folder().resolve("state");
      AtomicFile.write(file, bytes("old"));
      assertProblem(
          "cannot write " + file + ": no space left on device",
          () -> AtomicFile.write(file, new byte[200_000]));
      assertEquals("old", Files.readString(file));
      try (Stream<Path> all = Files.list(disk.folder())) {
        assertEquals(List.of(file), all.toList());
      }
    }
  }

  @Test
  void aReadOnlyDiskIsNamedAsSuch() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), "size=64k,ro")) {
      Path file = disk.folder().resolve("state");
      assertProblem(
          "cannot write " + file + ": read-only file system",
          () -> AtomicFile.write(file, bytes("x")));
      Path directory = disk.folder().resolve("a");
      assertProblem(
          "cannot create the directory " + directory + ": read-only file system",
          () -> AtomicFile.createDirectories(directory));
    }
  }

  @Test
  void aDirectoryWithoutPermissionIsNamedAsSuch() {
    // Permissions do not bind root; where the kernel keeps its terminals nobody may create a file.
    Path file = Path.of("/dev/pts/state");
    assertProblem(
        "cannot write " + file + ": permission denied", () -> AtomicFile.write(file, bytes("x")));
  }

  /** Writes one version after the other until it is killed. */
  static final class EndlessWriter {
    private EndlessWriter() {}

    public static void main(String[] args) {
      System.out.print('w');
      System.out.flush();
      for (int i = 0; ; i++) {
        AtomicFile.write(Path.of(args[0]), version(7, i));
      }
    }
  }

  private static byte[] version(int writer, int number) {
    byte[] bytes = new byte[50_000 + (writer * 1_000) + number % 100];
    java.util.Arrays.fill(bytes, (byte) ('a' + (writer * 100 + number) % 26));
    bytes[bytes.length - 1] = '.';
    return bytes;
  }

  private static void assertWhole(byte[] bytes) {
    if (bytes.length < 50_000 || bytes[bytes.length - 1] != '.' || bytes[0] != bytes[49_000]) {
      fail("a torn file of " + bytes.length + " bytes");
    }
  }

  private static void assertProblem(String message, org.junit.jupiter.api.function.Executable run) {
    String said = assertThrows(SymphonyException.class, run).getMessage();
    assertTrue(said.startsWith(message), said);
    assertFalse(said.contains("\n"), said);
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
