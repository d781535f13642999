package dev.symphony.tmux;

import dev.symphony.engine.promises.EnvironmentPromises;
import dev.symphony.engine.promises.Eventually;
import dev.symphony.engine.promises.ExecPromises;
import dev.symphony.engine.promises.FaultPromises;
import dev.symphony.engine.promises.KilledPromises;
import dev.symphony.engine.promises.LaunchPromises;
import dev.symphony.engine.promises.LogPromises;
import dev.symphony.engine.promises.MainPromises;
import dev.symphony.engine.promises.NamePromises;
import dev.symphony.engine.promises.Needs;
import dev.symphony.engine.promises.Pids;
import dev.symphony.engine.promises.PortPromises;
import dev.symphony.engine.promises.RestartPromises;
import dev.symphony.engine.promises.ScalePromises;
import dev.symphony.engine.promises.SecretPromises;
import dev.symphony.engine.promises.StatePromises;
import dev.symphony.engine.promises.StopPromises;
import dev.symphony.engine.promises.TogetherPromises;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;

/** The promises, held on the tmux backend, each test with a server of its own. */
class TmuxPromisesTest {
  private static final String TMUX = "tmux";

  /** Ends the servers that a test has started below its directory. */
  private static void endServers(Path root) throws Exception {
    List<Path> sockets;
    try (Stream<Path> walk = Files.walk(root)) {
      sockets = walk.filter(path -> path.endsWith(TmuxServer.USUAL_NAME)).toList();
    }
    for (Path socket : sockets) {
      long pid = ListeningProcess.find(socket);
      if (pid > 0) {
        Pids.kill(pid);
        Eventually.that("the end of the server", () -> !Pids.alive(pid));
      }
    }
  }

  @Nested
  class Launch extends LaunchPromises {
    @Override
    protected String backend() {
      return TMUX;
    }

    @Override
    protected void needs() {
      Needs.program(TMUX);
    }

    @Override
    protected void endBackend(Path root) throws Exception {
      endServers(root);
    }
  }

  @Nested
  class Port extends PortPromises {
    @Override
    protected String backend() {
      return TMUX;
    }

    @Override
    protected void needs() {
      Needs.program(TMUX);
    }

    @Override
    protected void endBackend(Path root) throws Exception {
      endServers(root);
    }
  }

  @Nested
  class Killed extends KilledPromises {
    @Override
    protected String backend() {
      return TMUX;
    }

    @Override
    protected void needs() {
      Needs.program(TMUX);
    }

    @Override
    protected void endBackend(Path root) throws Exception {
      endServers(root);
    }
  }

  @Nested
  class Stop extends StopPromises {
    @Override
    protected String backend() {
      return TMUX;
    }

    @Override
    protected void needs() {
      Needs.program(TMUX);
    }

    @Override
    protected void endBackend(Path root) throws Exception {
      endServers(root);
    }
  }

  @Nested
  class State extends StatePromises {
    @Override
    protected String backend() {
      return TMUX;
    }

    @Override
    protected void needs() {
      Needs.program(TMUX);
    }

    @Override
    protected void endBackend(Path root) throws Exception {
      endServers(root);
    }
  }

  @Nested
  class Restart extends RestartPromises {
    @Override
    protected String backend() {
      return TMUX;
    }

    @Override
    protected void needs() {
      Needs.program(TMUX);
    }

    @Override
    protected void endBackend(Path root) throws Exception {
      endServers(root);
    }
  }

  @Nested
  class Log extends LogPromises {
    @Override
    protected String backend() {
      return TMUX;
    }

    @Override
    protected void needs() {
      Needs.program(TMUX);
    }

    @Override
    protected void endBackend(Path root) throws Exception {
      endServers(root);
    }
  }

  @Nested
  class Secret extends SecretPromises {
    @Override
    protected String backend() {
      return TMUX;
    }

    @Override
    protected void needs() {
      Needs.program(TMUX);
    }

    @Override
    protected void endBackend(Path root) throws Exception {
      endServers(root);
    }
  }

  @Nested
  class Environment extends EnvironmentPromises {
    @Override
    protected String backend() {
      return TMUX;
    }

    @Override
    protected void needs() {
      Needs.program(TMUX);
    }

    @Override
    protected void endBackend(Path root) throws Exception {
      endServers(root);
    }
  }

  @Nested
  class Name extends NamePromises {
    @Override
    protected String backend() {
      return TMUX;
    }

    @Override
    protected void needs() {
      Needs.program(TMUX);
    }

    @Override
    protected void endBackend(Path root) throws Exception {
      endServers(root);
    }
  }

  @Nested
  class Exec extends ExecPromises {
    @Override
    protected String backend() {
      return TMUX;
    }

    @Override
    protected void needs() {
      Needs.program(TMUX);
    }

    @Override
    protected void endBackend(Path root) throws Exception {
      endServers(root);
    }
  }

  @Nested
  class Fault extends FaultPromises {
    @Override
    protected String backend() {
      return TMUX;
    }

    @Override
    protected void needs() {
      Needs.program(TMUX);
    }

    @Override
    protected void endBackend(Path root) throws Exception {
      endServers(root);
    }
  }

  @Nested
  class Main extends MainPromises {
    @Override
    protected String backend() {
      return TMUX;
    }

    @Override
    protected void needs() {
      Needs.program(TMUX);
    }

    @Override
    protected void endBackend(Path root) throws Exception {
      endServers(root);
    }
  }

  @Nested
  class Scale extends ScalePromises {
    @Override
    protected String backend() {
      return TMUX;
    }

    @Override
    protected void needs() {
      Needs.program(TMUX);
    }

    @Override
    protected void endBackend(Path root) throws Exception {
      endServers(root);
    }
  }

  @Nested
  class Together extends TogetherPromises {
    @Override
    protected String backend() {
      return TMUX;
    }

    @Override
    protected void needs() {
      Needs.program(TMUX);
    }

    @Override
    protected void endBackend(Path root) throws Exception {
      endServers(root);
    }
  }
}
