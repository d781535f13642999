package dev.symphony.engine.internal.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessTableTest {
  @TempDir Path directory;

  private static ProcessTable table(String kind) {
    if (kind.equals("ps")) {
      Needs.program("ps");
      return new PsTable();
    }
    Needs.linux();
    return new ProcTable();
  }

  @ParameterizedTest
  @ValueSource(strings = {"proc", "ps"})
  void showsAProcessWithParentSessionAndStart(String kind) throws Exception {
    ProcessTable table = table(kind);
    try (Running running = new Running(directory)) {
      Process leader = running.session("sleep 100 & echo $! >child; wait");
      int pid = (int) leader.pid();
      int child = running.pid("child");
      Running.until("its sleep", () -> table.stat(child).state() == 'S');
      ProcessStat stat = table.stat(child);
      assertNotNull(stat);
      assertEquals(pid, stat.ppid());
      assertEquals(pid, stat.session());
      assertEquals(0, stat.tty());
      assertFalse(stat.ended());
      long start = table.startTime(pid);
      assertTrue(start > 0);
      assertTrue(table.alive(pid, start));
      assertFalse(table.alive(pid, start - 1000), "another one of the same pid");
      assertFalse(table.alive(pid, -1));
      Map<Integer, ProcessStat> all = new HashMap<>();
      table.snapshot().forEach(each -> all.put(each.pid(), each));
      // Not the whole record: the child may have gone from running to sleeping in between.
      assertEquals(stat.startTime(), all.get(child).startTime());
      assertEquals(stat.session(), all.get(child).session());
      assertEquals(start, all.get(pid).startTime());
      assertEquals(
          List.of(true, false),
          List.of(
              table.alive(new int[] {pid, child}, new long[] {start, 5})[0],
              table.alive(new int[] {pid, child}, new long[] {start, 5})[1]));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"proc", "ps"})
  void aZombieHasEnded(String kind) throws Exception {
    ProcessTable table = table(kind);
    try (Running running = new Running(directory)) {
      // The shell becomes a sleep that never collects its child.
      running.session("sleep 0.5 & echo $! >zombie; exec sleep 100");
      int zombie = running.pid("zombie");
      Running.until("a zombie", () -> table.stat(zombie) != null && table.stat(zombie).ended());
      assertEquals(-1, table.startTime(zombie));
      assertEquals('Z', table.stat(zombie).state());
      assertFalse(table.alive(zombie, table.stat(zombie).startTime()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"proc", "ps"})
  void nobodyOfThatPid(String kind) {
    ProcessTable table = table(kind);
    assertNull(table.stat(2_000_000_000));
    assertEquals(-1, table.startTime(2_000_000_000));
    assertFalse(table.environmentContains(2_000_000_000, "A=b".getBytes(UTF_8)));
    assertNull(table.environmentEntry(2_000_000_000, "A=".getBytes(UTF_8)));
  }

  @Test
  void aProgramMayBeCalledAnything() throws IOException {
    Needs.linux();
    ProcTable table = new ProcTable();
    try (Running running = new Running(directory)) {
      Path nasty = directory.resolve("a) Z 1 (b");
      Files.copy(Path.of("/bin/sleep"), nasty);
      nasty.toFile().setExecutable(true);
      Process process = running.start(List.of(nasty.toString(), "100"));
      int pid = (int) process.pid();
      Running.until(
          "the program", () -> Running.text(Path.of("/proc/" + pid + "/comm")).startsWith("a)"));
      assertEquals(ProcessHandle.current().pid(), table.stat(pid).ppid());
      assertFalse(table.stat(pid).ended());
    }
  }

  @Test
  void readsWholeEntriesOfTheEnvironment() throws Exception {
    Needs.linux();
    ProcTable table = new ProcTable();
    String large = "x".repeat(100_000);
    try (Running running = new Running(directory)) {
      Process process =
          running.start(
              List.of(
                  "env", "-i", "L=" + large, "XRUN=a.1", "RUN=a.10", "T=RUN=a.1", "sleep", "100"));
      int pid = (int) process.pid();
      Running.until("its exec", () -> table.environmentContains(pid, "RUN=a.10".getBytes(UTF_8)));
      assertFalse(table.environmentContains(pid, "RUN=a.1".getBytes(UTF_8)));
      assertTrue(table.environmentContains(pid, "XRUN=a.1".getBytes(UTF_8)));
      assertTrue(table.environmentContains(pid, ("L=" + large).getBytes(UTF_8)));
      assertEquals("RUN=a.10", table.environmentEntry(pid, "RUN=".getBytes(UTF_8)));
      assertNull(table.environmentEntry(pid, "UN=".getBytes(UTF_8)));
    }
  }

  @Test
  void aProgramWhoseFirstThreadHasLeftStillRuns() {
    byte[] line = ("7 (x) Z 1 7 7 34816 7 0 0 0 0 0 0 0 0 0 20 0 3 0 4711 0 0").getBytes(UTF_8);
    ProcessStat stat = ProcTable.parse(7, line, line.length);
    assertEquals(new ProcessStat(7, 1, 7, 34816, 4711, 'Z', false), stat);
  }

  @Test
  void aLineOfTheTableIsReadWhateverTheNameIs() {
    for (String name :
        List.of("x", "", ") S 1 (", "a) b", "fifteen-bytes-)", "((((", "k".repeat(63))) {
      String text = "7 (" + name + ") S 1 5 6 -1 7 0 0 0 0 0 0 0 0 0 20 0 3 0 4711 0 0\n";
      byte[] line = text.getBytes(UTF_8);
      assertEquals(
          new ProcessStat(7, 1, 6, -1, 4711, 'S', false),
          ProcTable.parse(7, line, line.length),
          name);
    }
    byte[] cut = "7 (x) S 1 5 6 -1 7 0 0 0 0 0 0 0 0 0 20 0 3 0".getBytes(UTF_8);
    for (int length = 0; length <= cut.length; length++) {
      assertNull(ProcTable.parse(7, cut, length));
    }
  }
}
