package dev.symphony.engine.internal.run;

import dev.symphony.spi.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the processes of a launch back until all of them have been handed over.
 *
 * <p>It is a named pipe that the wrappers read from: they read nothing but its end, which comes
 * when nobody has it open for writing any more. So it opens also where this program is killed, and
 * whoever comes later passes at once. Until then no command runs: none is in the way of those that
 * are still being started, and none has run where one of them cannot be started.
 */
final class Gate implements AutoCloseable {
  /** Its name in the experiment's directory; when all have started, it is gone. */
  static final String NAME = "gate";

  private @Nullable Path file;
  private @Nullable Process maker;
  private @Nullable FileChannel channel;

  /** Begins to make it; where the system makes no named pipes, nobody is held back. */
  void make(Path folder, Map<String, String> environment) {
    Path program = Programs.find("mkfifo", environment);
    if (program == null) {
      return;
    }
    Path made = folder.resolve(NAME);
    ProcessBuilder builder = new ProcessBuilder(program.toString(), "-m", "600", made.toString());
    builder.environment().clear();
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      maker = builder.start();
      file = made;
    } catch (IOException e) {
      maker = null;
    }
  }

  /** Shuts it: from here on who reads from it waits. */
  void shut() throws IOException {
    Path made = file;
    try {
      if (made != null && maker != null && maker.waitFor() == 0) {
        channel = FileChannel.open(made, StandardOpenOption.READ, StandardOpenOption.WRITE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Opens it, in a thread of its own: when hundreds wake up at once, who wakes them goes on only
   * after they have had their turn.
   */
  @Override
  public void close() {
    FileChannel held = channel;
    if (held != null) {
      Thread opener = new Thread(() -> close(held), "symphony-gate");
      opener.setDaemon(true);
      opener.start();
    }
  }

  private static void close(FileChannel held) {
    try {
      held.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
