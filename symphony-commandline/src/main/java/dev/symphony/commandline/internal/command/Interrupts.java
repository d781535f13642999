package dev.symphony.commandline.internal.command;

import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C, and SIGTERM as the first of it, for the commands that have something to do before they
 * end; others are ended by the virtual machine, with 130.
 *
 * <p>SIGHUP stays as it is: a lost connection ends this program and nothing that it launched.
 */
public final class Interrupts implements AutoCloseable {
  /** What to do at a signal. */
  public interface Response {
    /**
     * Called in a thread of its own.
     *
     * @param count 1 for the first signal, 2 for the second
     */
    void interrupted(int count);
  }

  private static final String[] SIGNALS = {"INT", "TERM"};

  private final Response response;
  private final @Nullable Object[] before = new Object[SIGNALS.length];
  private int count;

  private Interrupts(Response response) {
    this.response = response;
  }

  /** Responds to signals from now on, until closed. */
  public static Interrupts respond(Response response) {
    Interrupts interrupts = new Interrupts(response);
    Object handler = Signals.handler(interrupts);
    for (int i = 0; i < SIGNALS.length; i++) {
      interrupts.before[i] = Signals.handle(SIGNALS[i], handler);
    }
    return interrupts;
  }

  /** Interrupts the calling thread at the first signal; the second ends the program at once. */
  public static Interrupts ofThisThread() {
    Thread caller = Thread.currentThread();
    return respond(
        new Response() {
          @Override
          public void interrupted(int count) {
            if (count > 1) {
              Runtime.getRuntime().halt(ErrorReport.INTERRUPTED);
            }
            caller.interrupt();
          }
        });
  }

  /** A signal has come. */
  void signalled() {
    int now;
    synchronized (this) {
      now = ++count;
    }
    response.interrupted(now);
  }

  /** Whether a signal has come. */
  public synchronized boolean happened() {
    return count > 0;
  }

  @Override
  public void close() {
    for (int i = 0; i < SIGNALS.length; i++) {
      Signals.handle(SIGNALS[i], before[i]);
    }
  }
}
