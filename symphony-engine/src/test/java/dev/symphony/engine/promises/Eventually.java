package dev.symphony.engine.promises;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what must become true, a minute at most: other programs may keep the machine busy. */
public final class Eventually {
  private static final long LIMIT = 60_000_000_000L;
  private static final long LONGEST_REST = 20_000_000;

  private Eventually() {}

  /** Waits until a condition holds; says what was waited for when it does not come. */
  public static void that(String what, Callable<Boolean> condition) throws Exception {
    long begun = System.nanoTime();
    long rest = 1_000_000;
    while (!condition.call()) {
      if (System.nanoTime() - begun > LIMIT) {
        throw new AssertionError("waited a minute for " + what);
      }
      LockSupport.parkNanos(rest);
      rest = Math.min(LONGEST_REST, rest * 3 / 2);
    }
  }

  /** Waits until a value is the expected one; says which one it was when it does not become so. */
  public static <T> void is(String what, T expected, Callable<T> value) throws Exception {
    Object[] last = new Object[1];
    try {
      that(
          what,
          () -> {
            last[0] = value.call();
            return expected.equals(last[0]);
          });
    } catch (AssertionError e) {
      throw new AssertionError(what + " should become " + expected + " and is " + last[0], e);
    }
  }

  /** Lets so much time pass at least, where a moment in time is itself what is tested. */
  public static void after(long nanos) {
    long until = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
