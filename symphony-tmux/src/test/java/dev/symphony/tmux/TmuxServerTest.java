package dev.symphony.tmux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TmuxServerTest {
  @TempDir Path directory;
  private OwnServer own;
  private TmuxServer server;

  @BeforeEach
  void prepare() {
    own = new OwnServer(directory);
    server = own.server;
  }

  @AfterEach
  void end() throws Exception {
    own.close();
  }

  private TmuxServer.Session session(String name) {
    TmuxServer.Session session = server.newSession(name, "owner of " + name, directory);
    assertNotNull(session);
    return session;
  }

  /** What prints and ends at once can lose its last bytes, as everywhere in tmux. */
  private static final String STAY = "; exec sleep 600";

  private TmuxWindow window(String name, String... command) {
    return new TmuxWindow(name, name, List.of(command), directory.resolve(name + ".log"));
  }

  private TmuxPane pane(String tag) {
    for (TmuxPane pane : server.panes()) {
      if (tag.equals(pane.tag())) {
        return pane;
      }
    }
    throw new AssertionError("no pane of " + tag + " in " + server.panes());
  }

  @Test
  void makesServerAndSessionInOneCallAndRefusesANameTwice() throws Exception {
    TmuxServer.Session session = session("rl");
    assertNull(server.newSession("rl", "another owner", directory));
    assertEquals(own.pid(), session.serverPid());
    assertEquals("rl __main__", own.tmux("list-panes", "-a", "-F", "#{session_name} #W"));
    assertEquals("owner of rl", server.panes().get(0).owner());
    assertNull(server.panes().get(0).tag());
    assertEquals(directory.toRealPath().toString(), own.tmux("display", "-p", "#{session_path}"));
  }

  @Test
  void passesEveryNastyValueAndExecutesNoneOfThem() throws Exception {
    Path victim = directory.resolve("executed");
    List<String> nasty =
        List.of(
            "plain",
            "two  spaces",
            "it's",
            "say \"hi\"",
            "$HOME ${HOME} $(touch " + victim + ")",
            "`touch " + victim + "`",
            "#(touch " + victim + ")",
            "#{pid} ##{pid} #[fg=red] ##[x #",
            "%H %% %d",
            "semi;",
            ";",
            "\\; \\n \\",
            "line\nbreak\r\ttab\u0001",
            "~root",
            "~",
            "{end} %if 1",
            "-t",
            "grüße 日本語 🎻",
            "a|b|c",
            "");
    TmuxServer.Session session = session("nasty");
    TmuxScript script = new TmuxScript();
    for (int i = 0; i < nasty.size(); i++) {
      String value = nasty.get(i);
      Path folder = directory.resolve("d" + i + value.replace('/', '_'));
      Files.createDirectory(folder);
      script.open(
          session.id(),
          new TmuxWindow(
              // tmux 3.7 takes no control characters here; Symphony's names have none.
              "w" + value.replaceAll("\\p{Cntrl}", " "),
              value,
              List.of("/bin/sh", "-c", "printf '[%s]' \"$1\"" + STAY, "sh", value),
              folder.resolve("log" + value.replace('/', '_'))));
    }
    server.run(script, directory, session.serverPid());
    for (int i = 0; i < nasty.size(); i++) {
      String value = nasty.get(i);
      Path log =
          directory
              .resolve("d" + i + value.replace('/', '_'))
              .resolve("log" + value.replace('/', '_'));
      String expected = "[" + value.replace("\n", "\r\n") + "]";
      OwnServer.waitFor(
          "output of " + value + " in " + log, () -> OwnServer.read(log).equals(expected));
    }
    Set<String> tags = new HashSet<>();
    for (TmuxPane pane : server.panes()) {
      if (pane.tag() != null) {
        tags.add(pane.tag());
      }
    }
    Set<String> expected = new HashSet<>(nasty);
    expected.remove("");
    assertEquals(expected, tags);
    assertFalse(Files.exists(victim));
  }

  @Test
  void startsAHundredWindowsInOneCallWithoutLosingAByte() throws Exception {
    TmuxServer.Session session = session("many");
    TmuxScript script = new TmuxScript();
    for (int i = 0; i < 100; i++) {
      script.open(session.id(), window("p" + i, "/bin/sh", "-c", "echo begin; echo " + i + STAY));
    }
    server.run(script, directory, session.serverPid());
    for (int i = 0; i < 100; i++) {
      Path log = directory.resolve("p" + i + ".log");
      String expected = "begin\r\n" + i + "\r\n";
      OwnServer.waitFor("whole log " + log, () -> OwnServer.read(log).equals(expected));
    }
    assertEquals(101, server.panes().size());
    try (var left = Files.newDirectoryStream(directory, "*.tmux")) {
      assertFalse(left.iterator().hasNext(), "the script stays behind");
    }
  }

  @Test
  void runsAScriptInADirectoryOfAnyName() throws Exception {
    TmuxServer.Session session = session("odd");
    Path odd = Files.createDirectory(directory.resolve("a [b]*?\\ c#{x};~ '$HOME\""));
    server.run(
        new TmuxScript().open(session.id(), window("a", "/bin/sh", "-c", "echo a" + STAY)),
        odd,
        session.serverPid());
    OwnServer.waitFor("a's log", () -> OwnServer.read(directory.resolve("a.log")).equals("a\r\n"));
    assertEquals(List.of(), List.of(odd.toFile().list()));
  }

  @Test
  void logsTheRightWindowAlsoAfterOneInTheMiddleWasClosed() throws Exception {
    TmuxServer.Session session = session("gap");
    TmuxScript script = new TmuxScript();
    for (String name : List.of("a", "b", "c")) {
      script.open(session.id(), window(name, "/bin/sh", "-c", "echo " + name + STAY));
    }
    server.run(script, directory, session.serverPid());
    server.killWindow(pane("b").window());
    server.run(
        new TmuxScript().open(session.id(), window("d", "/bin/sh", "-c", "echo d" + STAY)),
        directory,
        session.serverPid());
    OwnServer.waitFor("d's log", () -> OwnServer.read(directory.resolve("d.log")).equals("d\r\n"));
    OwnServer.waitFor("c's log", () -> OwnServer.read(directory.resolve("c.log")).equals("c\r\n"));
    assertEquals(
        "__main__ a c d",
        own.tmux("list-windows", "-t", session.id(), "-F", "#W").replace('\n', ' '));
    assertFalse(pane("c").pane().equals(pane("d").pane()));
  }

  @Test
  void runsAgainInTheSamePaneAndGoesOnWithItsLog() throws Exception {
    TmuxServer.Session session = session("again");
    Path log = directory.resolve("p.log");
    Path go = directory.resolve("go");
    String run = "rm -f '" + go + "'; echo run; until [ -e '" + go + "' ]; do sleep 0.05; done";
    TmuxWindow window = window("p", "/bin/sh", "-c", run);
    server.run(new TmuxScript().open(session.id(), window), directory, session.serverPid());
    OwnServer.waitFor("the first run", () -> OwnServer.read(log).equals("run\r\n"));
    Files.createFile(go);
    OwnServer.waitFor("its end", () -> pane("p").dead());
    TmuxPane first = pane("p");
    server.run(new TmuxScript().again(first.pane(), window), directory, session.serverPid());
    OwnServer.waitFor("both runs", () -> OwnServer.read(log).equals("run\r\nrun\r\n"));
    assertEquals(first.pane(), pane("p").pane());
    assertEquals(2, server.panes().size());
  }

  @Test
  void manyProgramsAndThreadsStartOneServer() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<Process> programs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      programs.add(
          new ProcessBuilder(
                  java,
                  "-cp",
                  System.getProperty("java.class.path"),
                  SessionMaker.class.getName(),
                  directory.toString(),
                  "program-" + i)
              .inheritIO()
              .start());
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<TmuxServer.Session>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String name = "thread-" + i;
        calls.add(() -> new OwnServer(directory).server.newSession(name, name, null));
      }
      for (Future<TmuxServer.Session> made : threads.invokeAll(calls)) {
        assertNotNull(made.get());
      }
    } finally {
      threads.shutdownNow();
    }
    for (Process program : programs) {
      assertEquals(0, program.waitFor());
    }
    Set<Long> servers = new HashSet<>();
    for (TmuxPane pane : server.panes()) {
      servers.add(pane.serverPid());
    }
    assertEquals(Set.of(own.pid()), servers);
    assertEquals(3 * 4 + 8, server.panes().size());
  }

  /** Makes sessions from a program of its own. */
  static final class SessionMaker {
    public static void main(String[] args) {
      TmuxServer server = new OwnServer(Path.of(args[0])).server;
      for (int i = 0; i < 4; i++) {
        String name = args[1] + "-" + i;
        if (server.newSession(name, name, null) == null) {
          throw new AssertionError(name);
        }
      }
    }
  }

  @Test
  void oneOfManyGetsTheName() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String owner = "owner-" + i;
        calls.add(() -> server.newSession("rl", owner, null) != null);
      }
      int made = 0;
      for (Future<Boolean> one : threads.invokeAll(calls)) {
        made += one.get() ? 1 : 0;
      }
      assertEquals(1, made);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void keepsTheUsersEnvironmentAndSecretsOutOfTheServer() throws Exception {
    session("clean");
    long pid = own.pid();
    String environment = Files.readString(Path.of("/proc/" + pid + "/environ"));
    for (String entry : environment.split("\0")) {
      String name = entry.substring(0, Math.max(0, entry.indexOf('=')));
      assertTrue(Set.of("", "PATH", "TERM", "PWD", "OLDPWD", "_", "SHLVL").contains(name), entry);
    }
    assertEquals("/", Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).toString());
    assertFalse(Files.readString(Path.of("/proc/" + pid + "/cmdline")).contains("clean"));
    assertEquals("", own.tmux("show-options", "-gv", "update-environment"));
  }

  @Test
  void serverLivesInASessionOfItsOwn() throws Exception {
    session("apart");
    String[] stat =
        Files.readString(Path.of("/proc/" + own.pid() + "/stat")).split("\\) ")[1].split(" ");
    String[] mine = Files.readString(Path.of("/proc/self/stat")).split("\\) ")[1].split(" ");
    assertFalse(stat[3].equals(mine[3]), "same session");
    assertFalse(stat[2].equals(mine[2]), "same process group");
  }

  @Test
  void listsNothingWhereNoServerIsAndStartsNone() throws Exception {
    assertEquals(List.of(), server.panes());
    assertFalse(Files.exists(own.socket));
    server.killSession("$0");
    assertFalse(Files.exists(own.socket));
  }

  @Test
  void staysWithoutSessions() {
    TmuxServer.Session session = session("only");
    server.killSession(session.id());
    assertEquals(List.of(), server.panes());
    assertEquals(session.serverPid(), session("next").serverPid());
  }

  @Test
  void startsAnewOverTheSocketOfAKilledServer() throws Exception {
    TmuxServer.Session session = session("first");
    own.signal("KILL");
    OwnServer.waitFor("its end", () -> own.pid() < 0);
    assertTrue(Files.exists(own.socket));
    assertEquals(List.of(), server.panes());
    assertFalse(session.serverPid() == session("first").serverPid());
  }

  @Test
  void findsTheServerAgainWhenItsSocketWasRemoved() throws Exception {
    TmuxServer.Session session = session("first");
    Files.delete(own.socket);
    assertEquals(List.of(), server.panes());
    assertEquals(session.serverPid(), session("second").serverPid());
    assertEquals(2, server.panes().size());
  }

  @Test
  void aFrozenServerGivesOneLineInsteadOfAHang() throws Exception {
    TmuxServer.Session session = session("frozen");
    own.signal("STOP");
    try {
      OwnServer hasty = new OwnServer(directory, Duration.ofMillis(300));
      String message =
          assertThrows(SymphonyException.class, () -> hasty.server.panes()).getMessage();
      assertTrue(message.contains("has not answered within 1 s"), message);
      assertTrue(message.contains("kill -CONT " + session.serverPid()), message);
      assertEquals(1, message.lines().count());
    } finally {
      own.signal("CONT");
    }
    assertEquals(1, server.panes().size());
  }

  @Test
  void refusesMoreWindowsThanTheServerHasDescriptorsFor() throws Exception {
    TmuxServer.Session session = session("tight");
    OwnServer.run("prlimit", "--pid", Long.toString(session.serverPid()), "--nofile=60:60");
    TmuxScript script = new TmuxScript();
    for (int i = 0; i < 30; i++) {
      script.open(session.id(), window("p" + i, "/bin/sh", "-c", "exec sleep 600"));
    }
    String message =
        assertThrows(
                SymphonyException.class, () -> server.run(script, directory, session.serverPid()))
            .getMessage();
    assertTrue(message.contains("more windows, not for 30"), message);
    assertEquals(1, server.panes().size());
  }

  @Test
  void usersOwnServerIsNeitherSeenNorTouched() throws Exception {
    Path users = Files.createDirectory(directory.resolve("users"));
    Map<String, String> environment =
        Map.of("PATH", System.getenv("PATH"), "TMUX_TMPDIR", users.toString());
    ProcessBuilder builder = new ProcessBuilder("tmux", "new-session", "-d", "-s", "mine", "cat");
    builder.environment().remove("TMUX");
    builder.environment().put("TMUX_TMPDIR", users.toString());
    assertEquals(0, builder.start().waitFor());
    TmuxSocket socket = TmuxSocket.named(TmuxServer.USUAL_NAME, environment);
    Path usersSocket = socket.directory().resolve("default");
    TmuxServer symphony =
        new TmuxServer(
            new TmuxClient(TmuxVersion.program(environment), socket, environment),
            Duration.ofSeconds(30));
    try {
      assertEquals(List.of(), symphony.panes());
      TmuxServer.Session session = symphony.newSession("mine", "owner", null);
      assertNotNull(session);
      assertEquals(1, symphony.panes().size());
      symphony.killSession(session.id());
      assertEquals(
          "mine 1",
          OwnServer.run(
              "tmux",
              "-S",
              usersSocket.toString(),
              "list-sessions",
              "-F",
              "#S #{session_windows}"));
      assertEquals(
          "off",
          OwnServer.run("tmux", "-S", usersSocket.toString(), "show", "-gwv", "remain-on-exit"));
      // What the documentation says: tmux -L __symphony__ reaches Symphony's server.
      ProcessBuilder byName =
          new ProcessBuilder("tmux", "-L", TmuxServer.USUAL_NAME, "show", "-gwv", "remain-on-exit");
      byName.environment().remove("TMUX");
      byName.environment().put("TMUX_TMPDIR", users.toString());
      assertEquals("on", new String(byName.start().getInputStream().readAllBytes()).strip());
    } finally {
      OwnServer.run("tmux", "-S", usersSocket.toString(), "kill-server");
      OwnServer.run("tmux", "-S", socket.path().toString(), "kill-server");
    }
  }

  @Test
  void refusesASocketThatTheSystemCannotTake() {
    Path deep = Path.of("/" + "x".repeat(120));
    String message = assertThrows(UsageException.class, () -> new TmuxSocket(deep)).getMessage();
    assertTrue(message.contains("121 bytes, the system takes at most 107"), message);
    assertThrows(UsageException.class, () -> TmuxSocket.named("default", Map.of()));
    assertThrows(UsageException.class, () -> TmuxSocket.named("a/b", Map.of()));
  }

  @Test
  void saysWhatIsWrongWithTheSocketsDirectory() throws Exception {
    TmuxSocket nowhere = new TmuxSocket(directory.resolve("no").resolve("such").resolve("socket"));
    TmuxServer lost =
        new TmuxServer(
            new TmuxClient(own.client.program(), nowhere, System.getenv()), Duration.ofMinutes(1));
    String message =
        assertThrows(SymphonyException.class, () -> lost.newSession("rl", "owner", null))
            .getMessage();
    assertTrue(message.startsWith("there is no directory " + directory.resolve("no")), message);
  }
}
