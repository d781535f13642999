package dev.symphony.engine.internal.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.internal.host.ProcessTree.Mode;
import dev.symphony.engine.internal.host.ProcessTree.Survivor;
import dev.symphony.engine.internal.host.ProcessTree.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ending what this user may not signal. */
class ProcessTreeOtherUserTest {
  private Path directory;
  private Running running;

  @BeforeEach
  void begin() throws IOException {
    OtherUser.needed();
    directory = OtherUser.openDirectory();
    running = new Running(directory);
  }

  @AfterEach
  void leaveNothing() throws IOException {
    running.close();
    OtherUser.delete(directory);
  }

  @Test
  void saysWhichProcessMayNotBeSignalled() throws Exception {
    Process foreign = running.start(List.of("sleep", "1000"));
    Process ending =
        running.start(
            new OtherUser(directory).java(true, Ends.class, String.valueOf(foreign.pid())));
    assertEquals(0, ending.waitFor());
    assertEquals(
        foreign.pid() + " may not be signalled by this user\n",
        Running.text(directory.resolve("output")));
    assertTrue(foreign.isAlive());
  }

  /** Ends its first argument. */
  static final class Ends {
    public static void main(String[] args) {
      ProcessTable table = ProcessTable.system();
      int pid = Integer.parseInt(args[0]);
      Target target =
          new Target(-1, -1, pid, table.startTime(pid), "NAME=none", Duration.ofMillis(100));
      for (Survivor survivor : ProcessTree.end(List.of(target), table, Mode.STOP, null)) {
        System.out.println(survivor.pid() + " " + survivor.reason());
      }
    }
  }
}
