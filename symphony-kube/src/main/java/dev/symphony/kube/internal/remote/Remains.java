package dev.symphony.kube.internal.remote;

import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.KubeApi;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Ends a command in a container that this program does not wait for any more, because it was
 * interrupted or ends, or its streams refuse: the server would let it run on.
 *
 * <p>A container's runtime gives every command a session of its own. A second command, a shell,
 * looks for the session by the mark that the command's own shell has on its command line, and sends
 * its processes a signal, SIGTERM a second later and SIGKILL after five more, the latter two after
 * this program has gone on. Where the container has no shell, the command runs on.
 */
final class Remains implements AutoCloseable {
  /** For a server that does not answer; one that does takes tenths. */
  private static final long LONGEST_WAIT_SECONDS = 3;

  /**
   * Only what every shell has built in, and {@code sleep}. The mark comes in two parts the wrong
   * way round, so that this shell has it nowhere. What reads a command line drops its NULs.
   */
  private static final String SCRIPT =
      """
      exec 2>/dev/null
      mark=$2$1; signal=$3; leader=; all=
      nap() { sleep 0.1 || sleep 1; }
      stat() { line=; read -r line <"$1/stat"; }
      find() {
        for dir in /proc/[0-9]*; do
          stat "$dir"; set -- ${line##*')'}
          [ "$4" = "${dir#/proc/}" ] || continue
          line=; read -r line <"$dir/cmdline"
          case $line in *"$mark"*) leader=$4; return 0;; esac
        done
        return 1
      }
      runs() {
        all=
        for dir in /proc/[0-9]*; do
          stat "$dir"; set -- ${line##*')'}
          [ "$4" = "$leader" ] && [ "$1" != Z ] && all="$all ${dir#/proc/}"
        done
        [ "$all" ]
      }
      gone() {
        naps=$1
        while runs; do
          [ $naps -gt 0 ] || return 1
          naps=$((naps - 1)); nap
        done
      }
      tries=5
      until find; do
        [ $tries -gt 0 ] || exit 0
        tries=$((tries - 1)); nap
      done
      runs && kill -s $signal $all
      gone 5 && exit 0
      { gone 5 || kill -s TERM $all; gone 50 || kill -s KILL $all; } </dev/null >/dev/null &
      """;

  private final KubeApi api;
  private final Target target;
  private final List<String> ending;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Thread atExit = new Thread(this::endUnlessOver);
  private volatile @Nullable Exec exec;

  /**
   * Ends what has the mark from now on if this program ends.
   *
   * @param signal the first one to send, such as {@code INT}
   */
  Remains(KubeApi api, Target target, Mark mark, String signal) {
    this.api = api;
    this.target = target;
    this.ending = ending(mark, signal);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** The command that ends another. */
  static List<String> ending(Mark mark, String signal) {
    return List.of("sh", "-c", SCRIPT, "sh", mark.number(), mark.base(), signal);
  }

  /** Says that the command has been started. */
  Exec of(Exec started) {
    exec = started;
    return started;
  }

  /** Ends the command where its end was not seen; waits for that, but not long. */
  @Override
  public void close() {
    if (exec != null) {
      endUnlessOver();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // The program is ending, and the hook finds nothing more to do.
    }
  }

  private void endUnlessOver() {
    Exec started = exec;
    if ((started != null && started.isOver()) || !ended.compareAndSet(false, true)) {
      return;
    }
    CountDownLatch done = new CountDownLatch(1);
    // Of its own: this one may have been interrupted, which would end every connection it opens.
    Thread thread =
        new Thread(
            () -> {
              end();
              done.countDown();
            },
            "symphony-exec-end");
    thread.setDaemon(true);
    thread.start();
    await(done);
  }

  private void end() {
    OutputStream nowhere = OutputStream.nullOutputStream();
    try (Exec shell = new Exec(api, target, ending, Exec.Streams.OUT)) {
      shell.await(nowhere, nowhere);
    } catch (SymphonyException | IOException e) {
      return; // It cannot be reached, or has no shell: nobody is left to hear of it.
    }
  }

  private static void await(CountDownLatch done) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
    boolean interrupted = Thread.interrupted();
    boolean waiting = true;
    while (waiting) {
      try {
        waiting = false;
        done.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
        waiting = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
