package dev.symphony.kube.internal.life;

import dev.symphony.engine.SymphonyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Does one thing with many items, sixteen at a time, on threads of its own. */
final class Crew<T> {
  /** What is done with each item. */
  interface Work<T> {
    /** Does it. */
    void on(T item);
  }

  private static final int SIZE = 16;
  private static final long FAREWELL_MILLIS = 2000;

  private final List<T> items;
  private final Work<? super T> work;
  private final AtomicInteger next = new AtomicInteger();
  private final ConcurrentSkipListMap<Integer, Throwable> failures = new ConcurrentSkipListMap<>();

  private Crew(List<T> items, Work<? super T> work) {
    this.items = items;
    this.work = work;
  }

  /**
   * Does it with all items. After a failure no item is begun any more; what is in flight is waited
   * for.
   *
   * @throws RuntimeException the failure of the earliest item that failed
   * @throws SymphonyException where the thread is interrupted; what is in flight is given up
   */
  static <T> void each(List<T> items, Work<? super T> work) {
    new Crew<T>(items, work).run();
  }

  private void run() {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.min(SIZE, items.size()); i++) {
      Thread thread = new Thread(this::takeItems, "symphony-kube-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    join(threads);
    Map.Entry<Integer, Throwable> first = failures.firstEntry();
    if (first == null) {
      return;
    }
    if (first.getValue() instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) first.getValue();
  }

  private void takeItems() {
    while (failures.isEmpty()) {
      int item = next.getAndIncrement();
      if (item >= items.size()) {
        return;
      }
      try {
        work.on(items.get(item));
      } catch (RuntimeException | Error e) {
        failures.put(item, e);
      }
    }
  }

  private void join(List<Thread> threads) {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      next.set(items.size());
      giveUp(threads);
      Thread.currentThread().interrupt();
      throw new SymphonyException("interrupted", e);
    }
  }

  private static void giveUp(List<Thread> threads) {
    for (Thread thread : threads) {
      thread.interrupt();
    }
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FAREWELL_MILLIS);
    try {
      for (Thread thread : threads) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        thread.join(Math.max(1, left));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
