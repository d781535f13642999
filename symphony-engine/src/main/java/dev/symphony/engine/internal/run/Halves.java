package dev.symphony.engine.internal.run;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Does one thing with every item of a list, with half of them in a second thread. */
final class Halves {
  /** From so many on, a thread is worth its start. */
  private static final int MANY = 16;

  /** What is done with an item. */
  @FunctionalInterface
  interface Step<T> {
    void take(T item) throws IOException;
  }

  private Halves() {}

  /** Returns when all has been done, or as far as it goes after a failure. */
  static <T> void each(List<T> items, Step<T> step) throws IOException {
    int half = items.size() < MANY ? 0 : items.size() / 2;
    FutureTask<Boolean> first = new FutureTask<>(() -> all(items.subList(0, half), step));
    if (half > 0) {
      new Thread(first, "symphony-half").start();
    } else {
      first.run();
    }
    try {
      all(items.subList(half, items.size()), step);
    } finally {
      await(first);
    }
  }

  private static <T> boolean all(List<T> items, Step<T> step) throws IOException {
    for (T item : items) {
      step.take(item);
    }
    return true;
  }

  /** An interrupt does not keep the other thread from going on, so it is waited for. */
  private static void await(FutureTask<Boolean> task) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
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
