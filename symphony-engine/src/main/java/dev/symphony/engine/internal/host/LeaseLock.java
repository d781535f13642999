package dev.symphony.engine.internal.host;

import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.internal.data.FileProblem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The right to change leases: one file that programs of all users lock, and a lock among the
 * threads of this program, to whom the kernel's lock means nothing.
 */
final class LeaseLock implements AutoCloseable {
  /** How long the creator of the file may take to open it to all users. */
  private static final long CREATION = 1_000_000_000L;

  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final ReentrantLock threads;
  private final FileChannel channel;

  private LeaseLock(ReentrantLock threads, FileChannel channel) {
    this.threads = threads;
    this.channel = channel;
  }

  /** Waits for the lock, at most as long as the limit. */
  static LeaseLock acquire(Path file, Duration limit) {
    long begun = System.nanoTime();
    ReentrantLock threads = THREADS.get(file);
    if (threads == null) {
      THREADS.putIfAbsent(file, new ReentrantLock());
      threads = THREADS.get(file);
    }
    // A launch that was interrupted releases its ports, too; an interrupted thread's channels
    // close.
    boolean interrupted = Thread.interrupted();
    FileChannel channel = null;
    try {
      if (threads == null || !threads.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw waited(file, limit);
      }
      long rest = 1;
      while (channel == null) {
        channel = attempt(file, System.nanoTime() - begun < CREATION);
        if (channel == null) {
          if (System.nanoTime() - begun > limit.toNanos()) {
            throw waited(file, limit);
          }
          Thread.sleep(rest);
          rest = Math.min(2 * rest, 16);
        }
      }
      return new LeaseLock(threads, channel);
    } catch (InterruptedException stop) {
      interrupted = true;
      throw new SymphonyException("interrupted while waiting for the port leases", stop);
    } catch (IOException e) {
      throw new SymphonyException("cannot lock " + file + ": " + FileProblem.reason(e), e);
    } finally {
      if (channel == null && threads != null && threads.isHeldByCurrentThread()) {
        threads.unlock();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Null when somebody else holds it. */
  private static @Nullable FileChannel attempt(Path file, boolean patient) throws IOException {
    Object before = key(file);
    if (before == null) {
      create(file);
      before = key(file);
    }
    if (before == null) {
      return null;
    }
    FileChannel channel = null;
    try {
      channel = open(file);
      FileLock lock = channel.tryLock();
      // What was locked must still be what others find there: /tmp is swept now and then.
      if (lock != null && before.equals(key(file))) {
        FileChannel held = channel;
        channel = null;
        return held;
      }
      return null;
    } catch (NoSuchFileException swept) {
      return null;
    } catch (AccessDeniedException e) {
      // Its creator may not have opened it to all yet.
      if (patient) {
        return null;
      }
      throw e;
    } finally {
      if (channel != null) {
        channel.close();
      }
    }
  }

  /** Never with O_CREAT: kernels with fs.protected_regular refuse that for another's file. */
  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  private static void create(Path file) throws IOException {
    try {
      Files.createFile(file);
      Files.setAttribute(file, "unix:mode", 0666);
    } catch (FileAlreadyExistsException faster) {
      return;
    }
  }

  /** What tells the file from a later one of its name; null when there is none. */
  private static @Nullable Object key(Path file) throws IOException {
    Map<String, Object> found = LeaseDirectory.attributes(file, "unix:fileKey,isRegularFile");
    if (found != null && !Boolean.TRUE.equals(found.get("isRegularFile"))) {
      throw new IOException("it is not a regular file");
    }
    return found == null ? null : found.get("fileKey");
  }

  private static SymphonyException waited(Path file, Duration limit) {
    return new SymphonyException(
        "waited "
            + limit.toSeconds()
            + " s for another program that is leasing ports; if none is, look who holds it with"
            + " 'fuser "
            + file
            + "'");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new SymphonyException("cannot unlock the port leases: " + FileProblem.reason(e), e);
    } finally {
      threads.unlock();
    }
  }
}
