package dev.symphony.tmux;

import dev.symphony.engine.promises.Eventually;
import dev.symphony.engine.promises.Needs;
import dev.symphony.engine.promises.Pids;
import dev.symphony.engine.promises.TestedBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Tries the tmux backend, each test with a server of its own. */
interface OnTmux extends TestedBackend {
  @Override
  default String backend() {
    return "tmux";
  }

  @Override
  default void needs() {
    Needs.program("tmux");
  }

  @Override
  default void endBackend(Path root) throws Exception {
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
}
