package dev.symphony.engine.internal.run;

import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held by whoever changes an experiment; goes with the program that holds it. */
final class RunLock implements AutoCloseable {
  private static final long LIMIT_NANOS = 60_000_000_000L;

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits for the lock, a minute at most. */
  static RunLock take(Path file, String experiment) {
    long begin = System.nanoTime();
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      while (!tryLock(channel)) {
        if (System.nanoTime() - begin > LIMIT_NANOS) {
          throw new SymphonyException(
              "another program is changing experiment "
                  + experiment
                  + "; try again when it is done");
        }
        Thread.sleep(10);
      }
      return new RunLock(channel);
    } catch (IOException e) {
      close(channel);
      throw RunDirectory.failure("lock", file, e);
    } catch (InterruptedException e) {
      close(channel);
      Thread.currentThread().interrupt();
      throw new SymphonyException("interrupted", e);
    } catch (RuntimeException e) {
      close(channel);
      throw e;
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // another thread of this program holds it
    }
  }

  private static void close(@org.jspecify.annotations.Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    close(channel);
  }
}
