package dev.symphony.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What of a log to read, and how.
 *
 * @param follow whether to go on reading until the process has ended for good
 * @param since only what came within this time before now; null for no limit
 * @param tail at most this many of the last lines before following begins; -1 for all
 * @param timestamps whether each line is passed with the time it came
 * @param previous whether to read the last but one attempt instead of all attempts
 * @param raw whether terminal control sequences are passed as they are
 */
public record LogOptions(
    boolean follow,
    @Nullable Duration since,
    int tail,
    boolean timestamps,
    boolean previous,
    boolean raw) {

  /** The whole log as it is now. */
  public static LogOptions all() {
    return new LogOptions(false, null, -1, false, false, false);
  }

  /** The same, following or not. */
  public LogOptions withFollow(boolean value) {
    return new LogOptions(value, since, tail, timestamps, previous, raw);
  }

  /** The same with another limit of age. */
  public LogOptions withSince(@Nullable Duration value) {
    return new LogOptions(follow, value, tail, timestamps, previous, raw);
  }

  /** The same with another limit of lines. */
  public LogOptions withTail(int value) {
    return new LogOptions(follow, since, value, timestamps, previous, raw);
  }

  /** The same with or without times. */
  public LogOptions withTimestamps(boolean value) {
    return new LogOptions(follow, since, tail, value, previous, raw);
  }

  /** The same for the last but one attempt, or for all. */
  public LogOptions withPrevious(boolean value) {
    return new LogOptions(follow, since, tail, timestamps, value, raw);
  }

  /** The same with or without terminal control sequences. */
  public LogOptions withRaw(boolean value) {
    return new LogOptions(follow, since, tail, timestamps, previous, value);
  }
}
