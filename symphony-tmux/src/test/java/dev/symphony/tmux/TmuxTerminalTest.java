package dev.symphony.tmux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.SymphonyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second tmux server plays the user's terminal. */
class TmuxTerminalTest {
  @TempDir Path directory;
  private OwnServer own;
  private OwnServer outer;
  private TmuxServer.Session terminal;

  @BeforeEach
  void prepare() throws Exception {
    own = new OwnServer(directory);
    outer = new OwnServer(Files.createDirectory(directory.resolve("outer")));
    terminal = outer.server.newSession("terminal", "user", null);
    TmuxServer.Session session = own.server.newSession("rl", "owner", null);
    TmuxScript script = new TmuxScript();
    for (String name : List.of("a", "b")) {
      script.open(
          session.id(),
          new TmuxWindow(name, name, List.of("sleep", "600"), directory.resolve(name + ".log")));
    }
    own.server.run(script, directory, session.serverPid());
  }

  @AfterEach
  void end() throws Exception {
    own.close();
    outer.close();
  }

  private static TmuxPane pane(TmuxServer server, String tag) {
    for (TmuxPane pane : server.panes()) {
      if (tag.equals(pane.tag())) {
        return pane;
      }
    }
    throw new AssertionError(tag);
  }

  /** Shows a window as a program that the user started in this pane would. */
  static final class Shower {
    public static void main(String[] args) {
      OwnServer own = new OwnServer(Path.of(args[0]));
      System.exit(new TmuxTerminal(own.client, System.getenv()).show(pane(own.server, args[1])));
    }
  }

  private String showCommand(String tag) {
    return System.getProperty("java.home")
        + "/bin/java -cp '"
        + System.getProperty("java.class.path")
        + "' '"
        + Shower.class.getName()
        + "' "
        + directory
        + " "
        + tag
        + "; echo $? > "
        + directory
        + "/status-"
        + tag;
  }

  private void inTerminal(OwnServer where, String session, String command) {
    where.server.run(
        new TmuxScript()
            .open(
                session,
                new TmuxWindow(
                    "shower",
                    "shower",
                    List.of("/bin/sh", "-c", command),
                    directory.resolve("shower.log"))),
        directory,
        terminal.serverPid());
  }

  private String shown() {
    try {
      return own.tmux("list-clients", "-F", "#{session_name}:#{window_name}");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void showsAWindowUntilTheUserLeavesIt() throws Exception {
    inTerminal(outer, terminal.id(), "unset TMUX TMUX_PANE; " + showCommand("a"));
    OwnServer.waitFor("the window on the terminal", () -> shown().equals("rl:a"));
    own.tmux("detach-client", "-s", "rl");
    OwnServer.waitFor("its end", () -> OwnServer.read(directory.resolve("status-a")).equals("0\n"));
  }

  @Test
  void turnsATerminalThatShowsThisServerAlready() throws Exception {
    inTerminal(outer, terminal.id(), "unset TMUX TMUX_PANE; " + showCommand("a"));
    OwnServer.waitFor("the window on the terminal", () -> shown().equals("rl:a"));
    TmuxServer.Session second = own.server.newSession("second", "owner", null);
    inTerminal(own, pane(own.server, "a").session(), showCommand("b"));
    OwnServer.waitFor("the other window", () -> shown().equals("rl:b"));
    OwnServer.waitFor("its end", () -> OwnServer.read(directory.resolve("status-b")).equals("0\n"));
    assertEquals(terminal.serverPid(), outer.pid());
    own.server.killSession(second.id());
  }

  @Test
  void saysThatATerminalInsideAnotherTmuxMustLeaveIt() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("TMUX", outer.socket + ",1,0");
    String message =
        assertThrows(
                SymphonyException.class,
                () -> new TmuxTerminal(own.client, environment).show(pane(own.server, "a")))
            .getMessage();
    assertTrue(
        message.startsWith("this terminal is inside another tmux (" + outer.socket + "): leave"),
        message);
  }

  @Test
  void saysThatItNeedsATerminal() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.remove("TMUX");
    String message =
        assertThrows(
                SymphonyException.class,
                () -> new TmuxTerminal(own.client, environment).show(pane(own.server, "a")))
            .getMessage();
    assertTrue(message.contains("needs a terminal, and this is none"), message);
  }
}
