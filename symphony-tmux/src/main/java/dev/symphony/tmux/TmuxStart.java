package dev.symphony.tmux;

import dev.symphony.engine.SymphonyException;
import dev.symphony.tmux.TmuxClient.Answer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Starts a server where there is none, once, whoever else is about to. */
final class TmuxStart {
  /** Threads of one program cannot wait for a file lock. */
  private static final ReentrantLock STARTING = new ReentrantLock();

  private final TmuxClient client;
  private final Duration limit;

  TmuxStart(TmuxClient client, Duration limit) {
    this.client = client;
    this.limit = limit;
  }

  /**
   * Makes sure that a server listens on the socket, wherever and however often this is called.
   *
   * @param options the commands that set up a server that is started
   */
  void ensure(List<String> options) {
    if (isThere()) {
      return;
    }
    TmuxVersion.of(client.program()).require();
    client.socket().prepareDirectory();
    STARTING.lock();
    try (FileChannel channel =
            FileChannel.open(
                client.socket().lockFile(),
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------")));
        FileLock lock = channel.lock()) {
      if (!lock.isValid() || isThere()) {
        return;
      }
      long hidden = ListeningProcess.find(client.socket().path());
      if (hidden < 0) {
        start(options);
      } else {
        showAgain(hidden);
      }
    } catch (IOException e) {
      throw new SymphonyException(
          "cannot lock " + client.socket().lockFile() + " to start tmux: " + e.getMessage(), e);
    } finally {
      STARTING.unlock();
    }
  }

  private boolean isThere() {
    Answer answer = client.call(limit, List.of("show-options", "-s", "exit-empty"));
    if (!answer.succeeded() && !answer.isWithoutServer()) {
      throw client.refused("to answer", answer);
    }
    return answer.succeeded();
  }

  private void start(List<String> options) {
    List<String> words = new ArrayList<>();
    words.add("start-server");
    words.add(";");
    words.addAll(options);
    Answer answer = client.start(limit, words);
    if (!answer.succeeded() || !answer.text().isBlank()) {
      throw client.refused("to start", answer);
    }
  }

  /** Lets a server make its socket again whose file was removed: its windows are still there. */
  private void showAgain(long pid) {
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -USR1 " + pid)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      long end = System.nanoTime() + limit.toNanos();
      while (!isThere()) {
        if (System.nanoTime() > end) {
          throw new SymphonyException(
              "the socket "
                  + client.socket().path()
                  + " was removed and its tmux server (process "
                  + pid
                  + ") does not make it again; end the server with kill -9 "
                  + pid);
        }
        Thread.sleep(5);
      }
    } catch (IOException e) {
      throw new SymphonyException("cannot signal the tmux server: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SymphonyException("interrupted while waiting for tmux", e);
    }
  }
}
