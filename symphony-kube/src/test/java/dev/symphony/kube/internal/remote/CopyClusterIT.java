package dev.symphony.kube.internal.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.FileLocation;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.KubeTest;
import dev.symphony.kube.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealCluster.class)
@Timeout(300)
final class CopyClusterIT {
  private static final String LONG =
      "a-name-that-is-much-too-long-for-the-header-of-a-tar-".repeat(3);

  private static String problem(BarePods pods, FileLocation from, FileLocation to) {
    return assertThrows(SymphonyException.class, () -> pods.shell.copy(pods.place, from, to))
        .getMessage();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(file -> folder.relativize(file).toString()).sorted().toList();
    }
  }

  @Test
  void copiesFilesBothWays(KubeTest test) throws Exception {
    BarePods pods = new BarePods(test, "files");
    ProcessName process = pods.run("agent", "sh", "-c", "mkdir /data; cd /data; sleep 600");
    pods.await(process, "test -d /data");
    byte[] content = new byte[3_000_001];
    new Random(1).nextBytes(content);
    Path file = test.directory().resolve("model.bin");
    Files.write(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));

    pods.shell.copy(pods.place, FileLocation.here("model.bin"), FileLocation.at(process, "/data"));
    pods.shell.copy(
        pods.place, FileLocation.here("model.bin"), FileLocation.at(process, "/data/other name"));
    assertEquals(
        "751 model.bin\n751 other name\n", pods.out(process, "cd /data; stat -c '%a %n' *"));
    assertEquals(
        "",
        pods.out(process, "cmp /data/model.bin '/data/other name'; ls -A /data | grep symphony"));

    pods.shell.copy(
        pods.place, FileLocation.at(process, "data/other name"), FileLocation.here("back"));
    Path back = test.directory().resolve("back");
    assertArrayEquals(content, Files.readAllBytes(back));
    assertEquals("rwxr-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(back)));
    assertEquals(
        Files.getLastModifiedTime(file).toMillis() / 1000,
        Files.getLastModifiedTime(back).toMillis() / 1000);
    pods.shell.copy(pods.place, FileLocation.at(process, "/etc/hostname"), FileLocation.here("."));
    assertEquals("agent\n", Files.readString(test.directory().resolve("hostname")));
    Files.write(file, new byte[0]);
    pods.shell.copy(
        pods.place, FileLocation.here("model.bin"), FileLocation.at(process, "/data/model.bin"));
    assertEquals("0\n", pods.out(process, "wc -c < /data/model.bin"));
    pods.shell.copy(
        pods.place, FileLocation.at(process, "/data/model.bin"), FileLocation.here("back"));
    assertEquals(0, Files.size(back));
  }

  @Test
  void copiesFoldersBothWaysAndBetweenProcesses(KubeTest test) throws Exception {
    BarePods pods = new BarePods(test, "folders");
    ProcessName process = pods.run("agent", "sleep", "600");
    ProcessName other = pods.run("other", "sleep", "600");
    Path folder = Files.createDirectories(test.directory().resolve("run"));
    Files.createDirectories(folder.resolve("empty"));
    Files.createDirectories(folder.resolve("sub dir").resolve(LONG));
    Files.writeString(folder.resolve("sub dir").resolve(LONG).resolve("ü'$x"), "deep");
    Files.writeString(folder.resolve("a"), "one");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("a"));

    pods.shell.copy(pods.place, FileLocation.here("run"), FileLocation.at(process, "/tmp/new"));
    assertEquals("one", pods.out(process, "cat /tmp/new/link"));
    assertEquals("deep", pods.out(process, "cat '/tmp/new/sub dir/'*/*x"));

    // Into a folder that is there, and over one that is there.
    pods.shell.copy(pods.place, FileLocation.here("run"), FileLocation.at(process, "/tmp"));
    pods.out(process, "echo kept > /tmp/run/kept; echo old > /tmp/run/a");
    pods.shell.copy(pods.place, FileLocation.here("run"), FileLocation.at(process, "/tmp/"));
    assertEquals("onekept\n", pods.out(process, "cat /tmp/run/a /tmp/run/kept"));
    assertEquals("", pods.out(process, "ls -A /tmp | grep symphony"));

    pods.shell.copy(pods.place, FileLocation.at(process, "/tmp/new"), FileLocation.here("back"));
    assertEquals(names(folder), names(test.directory().resolve("back")));
    assertEquals(Path.of("a"), Files.readSymbolicLink(test.directory().resolve("back/link")));
    pods.shell.copy(pods.place, FileLocation.at(process, "/tmp/run"), FileLocation.here("back"));
    assertEquals("kept\n", Files.readString(test.directory().resolve("back/run/kept")));

    pods.shell.copy(
        pods.place, FileLocation.at(process, "/tmp/run"), FileLocation.at(other, "/tmp"));
    assertEquals("onekept\n", pods.out(other, "cat /tmp/run/a /tmp/run/kept"));
    pods.shell.copy(
        pods.place, FileLocation.at(process, "/tmp/run/kept"), FileLocation.at(other, "/tmp/k"));
    assertEquals("kept\n", pods.out(other, "cat /tmp/k"));
    assertTrue(
        problem(pods, FileLocation.at(other, "/tmp"), FileLocation.at(other, "/tmp/run"))
            .endsWith("into itself"));
    assertEquals(
        List.of("back", "run"),
        names(test.directory()).stream().filter(n -> n.indexOf('/') < 0 && !n.isEmpty()).toList());
  }

  @Test
  void saysWhatIsWrongAndLeavesNothing(KubeTest test) throws Exception {
    BarePods pods = new BarePods(test, "faults");
    ProcessName process = pods.run("agent", "sleep", "600");
    FileLocation here = FileLocation.here("file");
    assertEquals(
        "there is no file " + test.directory().resolve("file"),
        problem(pods, here, FileLocation.at(process, "/tmp/x")));
    Files.write(test.directory().resolve("file"), new byte[1_000_000]);
    assertEquals(
        "there is no folder /no/such in process agent to copy to",
        problem(pods, here, FileLocation.at(process, "/no/such/x")));
    assertEquals(
        "there is no file /no/file in process agent",
        problem(pods, FileLocation.at(process, "/no/file"), here));
    assertEquals(
        "there is no folder " + test.directory().resolve("no") + " to copy to",
        problem(pods, FileLocation.at(process, "/etc/passwd"), FileLocation.here("no/x")));

    // A file system that is too small, if this container may have one.
    String full = pods.out(process, "df -k /dev/shm | tail -1 | awk '{print $4}'");
    assertFalse(full.isBlank());
    pods.out(process, "head -c 67000000 /dev/zero > /dev/shm/fill 2>/dev/null");
    String told = problem(pods, here, FileLocation.at(process, "/dev/shm/file"));
    assertTrue(told.startsWith("cannot write /dev/shm/file in process agent: "), told);
    assertTrue(told.endsWith("; 0 KiB are free there"), told);
    Path folder = Files.createDirectories(test.directory().resolve("folder"));
    Files.write(folder.resolve("big"), new byte[20_000_000]);
    told = problem(pods, FileLocation.here("folder"), FileLocation.at(process, "/dev/shm/f"));
    assertTrue(told.endsWith("; 0 KiB are free there"), told);
    assertEquals("fill\n", pods.out(process, "ls -A /dev/shm"));

    pods.out(process, "rm -f /bin/sh");
    assertEquals(
        "the container of process agent has no sh, which copying needs",
        problem(pods, here, FileLocation.at(process, "/tmp/file")));
    assertEquals(
        1,
        pods.exec(
                process,
                new java.io.ByteArrayInputStream("x".getBytes(UTF_8)),
                "cmp",
                "/dev/stdin",
                "/etc/passwd")
            .code());
  }

  @Test
  void copiesALogThatGrows(KubeTest test) throws Exception {
    BarePods pods = new BarePods(test, "grows");
    ProcessName process =
        pods.run("agent", "sh", "-c", "mkdir /logs; while :; do echo line; done > /logs/out");
    pods.await(process, "test -s /logs/out");
    pods.shell.copy(pods.place, FileLocation.at(process, "/logs/out"), FileLocation.here("out"));
    assertTrue(Files.size(test.directory().resolve("out")) > 0);
    pods.shell.copy(pods.place, FileLocation.at(process, "/logs"), FileLocation.here("logs"));
    assertTrue(Files.size(test.directory().resolve("logs/out")) > 0);
  }
}
