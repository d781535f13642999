package dev.symphony.engine.internal.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.internal.host.ProcessTree.Mode;
import dev.symphony.engine.internal.host.ProcessTree.Survivor;
import dev.symphony.engine.internal.host.ProcessTree.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTreeTest {
  /** A wrapper as the run script is one: runs a command, records its end, outlives SIGTERM. */
  private static final String WRAPPER =
      "trap : TERM; sh -c 'echo $$ >child; exec sh -c \"$COMMAND\"'; code=$?; echo $code >record";

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path directory;
  private final ProcessTable table = ProcessTable.system();
  private final String marker = "SYMPHONY_RUN=" + UUID.randomUUID() + ".0";
  private Running running;

  @BeforeEach
  void begin() {
    Needs.linux();
    Needs.program("setsid");
    running = new Running(directory);
  }

  @AfterEach
  void leaveNothing() {
    running.close();
  }

  private Target launch(String command, Duration grace) throws IOException {
    Process wrapper = running.session(WRAPPER, "COMMAND=" + command, marker);
    return target(wrapper, running.pid("child"), grace);
  }

  private Target target(Process wrapper, int child, Duration grace) {
    int pid = (int) wrapper.pid();
    return new Target(pid, table.startTime(pid), child, table.startTime(child), marker, grace);
  }

  private List<Survivor> end(Mode mode, Target... targets) {
    return ProcessTree.end(List.of(targets), table, mode, null);
  }

  private boolean gone(int pid) {
    return table.startTime(pid) < 0;
  }

  private static void kill(int pid) {
    assertTrue(ProcessHandle.of(pid).orElseThrow().destroyForcibly());
  }

  @Test
  void endsTheCommandAndLetsTheWrapperRecordIt() throws Exception {
    Target target = launch("exec sleep 1000", LONG);
    assertTrue(ProcessTree.alive(target, table));
    long begun = System.nanoTime();
    assertEquals(List.of(), end(Mode.STOP, target));
    assertTrue(System.nanoTime() - begun < LONG.toNanos());
    assertEquals("143\n", Running.text(directory.resolve("record")));
    assertTrue(gone(target.wrapperPid()) && gone(target.childPid()));
    assertFalse(ProcessTree.alive(target, table));
  }

  @Test
  void killsWhatIgnoresSigtermAfterItsGraceAndStillGetsTheRecord() throws Exception {
    Target target = launch("trap \"\" TERM; echo $$ >deaf; while :; do sleep 1; done", SHORT);
    running.pid("deaf");
    long begun = System.nanoTime();
    assertEquals(List.of(), end(Mode.STOP, target));
    long took = System.nanoTime() - begun;
    assertTrue(took >= SHORT.toNanos() && took < LONG.toNanos(), took + " ns");
    assertEquals("137\n", Running.text(directory.resolve("record")));
  }

  @Test
  void nowDoesNotWaitForTheGrace() throws Exception {
    Target target = launch("trap \"\" TERM; echo $$ >deaf; while :; do sleep 1; done", LONG);
    running.pid("deaf");
    assertEquals(List.of(), end(Mode.NOW, target));
    assertEquals("137\n", Running.text(directory.resolve("record")));
  }

  @Test
  void deleteNeedsNoRecordButGivesTheCommandItsGrace() throws Exception {
    Target target =
        launch(
            "trap \"sleep 0.3; echo saved >saved; exit\" TERM; echo $$ >ready;"
                + " while :; do sleep 0.1; done",
            LONG);
    running.pid("ready");
    assertEquals(List.of(), end(Mode.DELETE, target));
    assertEquals("saved\n", Running.text(directory.resolve("saved")));
  }

  @Test
  void findsDaemonsSessionsAndEmptyEnvironments() throws Exception {
    Target target =
        launch(
            // Forks twice: its parent is the first process, its session still ours.
            "(sh -c 'echo $$ >twice; exec sleep 1000' & );"
                // A session of its own and a parent that is gone: only the environment tells.
                + " setsid -f sh -c 'echo $$ >alone; exec sleep 1000';"
                // An empty environment: in the session.
                + " (env -i PATH=$PATH sh -c 'echo $$ >bare; exec sleep 1000' & );"
                // An empty environment and a session of its own: below a parent that is found.
                + " (setsid sh -c 'echo $$ >leader;"
                + " env -i PATH=$PATH setsid sh -c \"echo \\$\\$ >deep; exec sleep 1000\"' & );"
                + " exec sleep 1000",
            LONG);
    int[] pids = {
      running.pid("twice"),
      running.pid("alone"),
      running.pid("bare"),
      running.pid("leader"),
      running.pid("deep")
    };
    assertEquals(List.of(), end(Mode.STOP, target));
    for (int pid : pids) {
      assertTrue(gone(pid));
    }
    assertEquals("143\n", Running.text(directory.resolve("record")));
  }

  @Test
  void findsTheCommandAfterItsWrapperWasKilled() throws Exception {
    Target target = launch("(env -i sleep 1000 & ); exec sleep 1000", LONG);
    kill(target.wrapperPid());
    Running.until("the wrapper's end", () -> gone(target.wrapperPid()));
    assertTrue(ProcessTree.alive(target, table));
    assertEquals(List.of(), end(Mode.STOP, target));
    assertFalse(ProcessTree.alive(target, table));
    assertTrue(gone(target.childPid()));
  }

  @Test
  void whatAWrapperThatEndedLeftInItsSessionIsItsOwn() throws Exception {
    Process wrapper =
        running.session(
            "(env -i PATH=$PATH sh -c 'echo $$ >left; exec sleep 1000' & );"
                + " until test -s left; do :; done");
    int pid = (int) wrapper.pid();
    long start = table.startTime(pid);
    int left = running.pid("left");
    wrapper.waitFor();
    Target unknown = new Target(pid, start, -1, -1, marker, LONG);
    assertFalse(ProcessTree.alive(unknown, table), "its pid alone proves nothing");
    Target target = new Target(pid, start, -1, -1, marker, LONG, Uptime.now());
    assertTrue(ProcessTree.alive(target, table));
    assertEquals(List.of(), end(Mode.STOP, target));
    assertTrue(gone(left));
  }

  @Test
  void onlyTheMarkerIsKnown() throws Exception {
    Target known = launch("exec sleep 1000", LONG);
    assertEquals(List.of(), end(Mode.DELETE, new Target(-1, -1, -1, -1, marker, LONG)));
    assertTrue(gone(known.childPid()));
  }

  @Test
  void aPidOfAnotherStartTimeIsNeverSignalled() throws Exception {
    Process stranger = running.session("echo $$ >stranger; sleep 1000");
    int pid = running.pid("stranger");
    long start = table.startTime(pid);
    assertEquals(start, table.startTime((int) stranger.pid()));
    Target reused = new Target(pid, start - 500, pid, start - 500, marker, SHORT, start + 500);
    assertFalse(ProcessTree.alive(reused, table));
    for (Mode mode : Mode.values()) {
      assertEquals(List.of(), end(mode, reused));
    }
    assertEquals(start, table.startTime(pid));
    Target unknown = new Target(pid, -1, pid, -1, marker, SHORT);
    assertEquals(List.of(), end(Mode.STOP, unknown));
    assertEquals(start, table.startTime(pid));
  }

  @Test
  void neverEndsThisProgramNorWhatItRunsIn() throws Exception {
    int self = (int) ProcessHandle.current().pid();
    Target around = new Target(self, table.startTime(self), 1, table.startTime(1), marker, SHORT);
    assertEquals(List.of(), end(Mode.NOW, around));
    // Another JVM, told to end the shell that it was started by and all that this one began.
    Process outer =
        running.session(
            "sleep 1000 & echo $! >sibling; echo $$ >outer; \"$JAVA\" -cp \"$CLASSES\" '"
                + EndsItsParent.class.getName()
                + "' $$ >survivors; echo $? >code; sleep 1000",
            "JAVA=" + Path.of(System.getProperty("java.home"), "bin", "java"),
            "CLASSES=" + System.getProperty("java.class.path"));
    int sibling = running.pid("sibling");
    assertEquals(outer.pid(), running.pid("outer"));
    Running.until("its end", () -> Running.text(directory.resolve("code")).endsWith("\n"));
    assertEquals("0\n", Running.text(directory.resolve("code")));
    assertEquals(
        "process " + outer.pid() + " runs this very program\n",
        Running.text(directory.resolve("survivors")));
    assertTrue(gone(sibling));
    assertTrue(outer.isAlive());
  }

  /** Ends what its first argument, the shell it runs in, has started. */
  static final class EndsItsParent {
    public static void main(String[] args) {
      ProcessTable table = ProcessTable.system();
      int pid = Integer.parseInt(args[0]);
      Target target =
          new Target(pid, table.startTime(pid), -1, -1, "NAME=" + args[0], Duration.ofSeconds(1));
      for (Survivor survivor : ProcessTree.end(List.of(target), table, Mode.STOP, null)) {
        System.out.println("process " + survivor.pid() + " " + survivor.reason());
      }
    }
  }

  @Test
  void aZombieHasEnded() throws Exception {
    Process wrapper =
        running.session(
            "sh -c 'echo $$ >child; until read c </proc/$PPID/comm; test $c = sleep; do :; done' &"
                + " exec sleep 1000");
    int child = running.pid("child");
    Running.until("a zombie", () -> table.startTime(child) < 0);
    int pid = (int) wrapper.pid();
    long start = table.startTime(pid);
    assertEquals('Z', table.stat(child).state());
    long childStart = table.stat(child).startTime();
    Target dead = new Target(-1, -1, child, childStart, marker, LONG);
    assertFalse(ProcessTree.alive(dead, table));
    assertEquals(List.of(), end(Mode.STOP, dead));
    assertEquals(start, table.startTime(pid), "its parent is nobody's business");
  }

  @Test
  void endsWhatForksWhileItIsBeingEnded() throws Exception {
    // Each SIGTERM makes it start another one, in a session of its own, three times over.
    Path script = directory.resolve("hydra");
    Files.writeString(
        script,
        "trap 'if test $1 -gt 0; then"
            // A second look may end setsid on its way.
            + " until setsid -f sh hydra $(($1 - 1)); do :; done; echo >grown; fi; exit' TERM\n"
            + "echo $$ >head$1\nwhile :; do sleep 0.05; done\n");
    Target target = launch("exec sh hydra 3", LONG);
    running.pid("head3");
    assertEquals(List.of(), end(Mode.STOP, target));
    assertFalse(ProcessTree.alive(target, table));
    assertTrue(Files.exists(directory.resolve("grown")));
  }

  @Test
  void ofManyTargetsTellsWhichStillRun() throws Exception {
    Target one = launch("exec sleep 1000", LONG);
    Target none = new Target(-1, -1, -1, -1, marker + "1", LONG);
    assertEquals("{1}", ProcessTree.alive(List.of(none, one), table).toString());
    List<Integer> heard = new ArrayList<>();
    ProcessTree.end(List.of(none, one), table, Mode.STOP, heard::add);
    assertEquals(0, heard.get(heard.size() - 1));
    assertEquals("{}", ProcessTree.alive(List.of(none, one), table).toString());
  }

  @Test
  void worksWithPsAlone() throws Exception {
    Needs.program("ps");
    ProcessTable ps = new PsTable();
    Target known = launch("(setsid sleep 1000 & ); exec sleep 1000", SHORT);
    Target target =
        new Target(
            known.wrapperPid(),
            ps.startTime(known.wrapperPid()),
            known.childPid(),
            ps.startTime(known.childPid()),
            marker,
            LONG);
    assertTrue(ProcessTree.alive(target, ps));
    assertEquals(List.of(), ProcessTree.end(List.of(target), ps, Mode.STOP, null));
    assertTrue(gone(known.wrapperPid()) && gone(known.childPid()));
    assertEquals("143\n", Running.text(directory.resolve("record")));
    // What has a session of its own and no parent left is found by its environment alone.
    assertEquals(List.of(), end(Mode.STOP, known));
  }

  @Test
  void stopsWaitingWhenInterrupted() throws Exception {
    Target target = launch("trap \"\" TERM; echo $$ >deaf; while :; do sleep 1; done", LONG);
    int deaf = running.pid("deaf");
    Thread.currentThread().interrupt();
    List<Survivor> survivors = end(Mode.STOP, target);
    assertTrue(Thread.interrupted());
    assertTrue(survivors.stream().anyMatch(survivor -> survivor.pid() == deaf));
    assertEquals(List.of(), end(Mode.NOW, target));
  }

  @Test
  void endsFiveHundredWithTheirWrappersAtOnce() throws Exception {
    List<Target> targets = new ArrayList<>();
    Process launcher =
        running.start(
            List.of(
                "sh",
                "-c",
                "i=0; while [ $i -lt 500 ]; do SYMPHONY_RUN="
                    + marker
                    + ".$i setsid -f sh -c '"
                    + "trap : TERM; sleep 1000 & echo $$ $! >>all; wait $!; wait'"
                    + "; i=$((i + 1)); done"));
    launcher.waitFor();
    Path all = directory.resolve("all");
    Running.until("500 of them", () -> Running.text(all).lines().count() == 500);
    List<String> lines = Files.readAllLines(all);
    for (int i = 0; i < lines.size(); i++) {
      int space = lines.get(i).indexOf(' ');
      int wrapper = Integer.parseInt(lines.get(i).substring(0, space));
      int child = Integer.parseInt(lines.get(i).substring(space + 1));
      targets.add(
          new Target(
              wrapper,
              table.startTime(wrapper),
              child,
              table.startTime(child),
              "SYMPHONY_RUN=" + marker + "." + i,
              LONG));
    }
    long begun = System.nanoTime();
    assertEquals(List.of(), ProcessTree.end(targets, table, Mode.STOP, null));
    // 0.16 s on two idle cores.
    assertTrue(System.nanoTime() - begun < LONG.toNanos());
    assertTrue(ProcessTree.alive(targets, table).isEmpty());
  }
}
