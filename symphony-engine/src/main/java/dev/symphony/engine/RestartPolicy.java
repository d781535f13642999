package dev.symphony.engine;

import org.jspecify.annotations.Nullable;

/**
 * Whether a process that has ended by itself runs again.
 *
 * <p>Between attempts it waits 1 s, doubling to 60 s, and from 1 s again once an attempt has lasted
 * ten minutes.
 *
 * @param kind when to run it again
 * @param maximum how often at most; 0 is never; null for no limit
 */
public record RestartPolicy(Kind kind, @Nullable Integer maximum) {
  /** When to run a process again. */
  public enum Kind {
    /** Not by itself. */
    NEVER,
    /** After an exit code that is not a success. */
    ON_FAILURE,
    /** After every end. */
    ALWAYS
  }

  /** Refuses a negative maximum. */
  public RestartPolicy {
    if (maximum != null && maximum < 0) {
      throw new SymphonyException("restart policy: the maximum must not be negative");
    }
  }

  /** Runs once. */
  public static RestartPolicy never() {
    return new RestartPolicy(Kind.NEVER, null);
  }

  /** Runs again after a failure, without limit. */
  public static RestartPolicy onFailure() {
    return new RestartPolicy(Kind.ON_FAILURE, null);
  }

  /** Runs again after a failure, so many times at most. */
  public static RestartPolicy onFailure(int maximum) {
    return new RestartPolicy(Kind.ON_FAILURE, maximum);
  }

  /** Runs again after every end, without limit. */
  public static RestartPolicy always() {
    return new RestartPolicy(Kind.ALWAYS, null);
  }

  /** Runs again after every end, so many times at most. */
  public static RestartPolicy always(int maximum) {
    return new RestartPolicy(Kind.ALWAYS, maximum);
  }
}
