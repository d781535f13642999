package dev.symphony.engine.internal.run;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Does two things at once, the first of them in a second thread. */
final class Halves {
  /** From so many on, a thread is worth its start. */
  private static final int MANY = 16;

  /** What is done with an item. */
  @FunctionalInterface
  interface Step<T> {
    void take(T item) throws IOException;
  }

  /** What is done. */
  @FunctionalInterface
  interface Half {
    void run() throws IOException;
  }

  /** What is done for a result. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  private Halves() {}

  /** Does one thing with every item of a list, in two threads where there are many. */
  static <T> void each(List<T> items, Step<T> step) throws IOException {
    if (items.size() < MANY) {
      all(items, step);
      return;
    }
    int half = items.size() / 2;
    both(
        () -> all(items.subList(0, half), step),
        () -> all(items.subList(half, items.size()), step));
  }

  private static <T> void all(List<T> items, Step<T> step) throws IOException {
    for (T item : items) {
      step.take(item);
    }
  }

  /** Returns when both have been done, or as far as they go after a failure. */
  static void both(Half other, Half own) throws IOException {
    beside(
        () -> {
          other.run();
          return true;
        },
        own);
  }

  /** The same, and returns what the other returns. */
  static <T> T beside(Work<T> other, Half own) throws IOException {
    FutureTask<T> task = new FutureTask<>(other::run);
    Thread second = new Thread(task, "symphony-half");
    try {
      second.start();
    } catch (OutOfMemoryError full) {
      // That is what a machine without room for a thread is told as.
      task.run();
    }
    T result;
    try {
      own.run();
    } finally {
      result = await(task);
    }
    return result;
  }

  /** An interrupt does not keep the other thread from going on, so it is waited for. */
  private static <T> T await(FutureTask<T> task) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw rethrown(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException rethrown(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException io ? io : new IOException(cause);
  }
}
