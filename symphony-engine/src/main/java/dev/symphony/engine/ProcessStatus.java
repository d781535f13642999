package dev.symphony.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a backend says of one process at one moment.
 *
 * @param name which process
 * @param state where it stands
 * @param reason one machine-readable word why, such as {@code SignalKilled} or {@code Lost}; null
 *     where the state says it all
 * @param message a line for people; null where there is nothing to add
 * @param ready whether it runs and does what others wait for: it listens on every port it binds
 * @param restarts how often its restart policy ran it again since the user last started it
 * @param exitCode what its last attempt returned, 128+n for signal n; null while none has ended, or
 *     where nobody knows
 * @param signal the signal that ended its last attempt; null for none
 * @param start when its last attempt began; null while none has
 * @param end when its last attempt ended; null while it runs
 * @param node the machine it is on, where a backend has several; null for none or not yet
 */
public record ProcessStatus(
    ProcessName name,
    State state,
    @Nullable String reason,
    @Nullable String message,
    boolean ready,
    int restarts,
    @Nullable Integer exitCode,
    @Nullable Integer signal,
    @Nullable Instant start,
    @Nullable Instant end,
    @Nullable String node) {

  /** One of a backend that has one machine. */
  public ProcessStatus(
      ProcessName name,
      State state,
      @Nullable String reason,
      @Nullable String message,
      boolean ready,
      int restarts,
      @Nullable Integer exitCode,
      @Nullable Integer signal,
      @Nullable Instant start,
      @Nullable Instant end) {
    this(name, state, reason, message, ready, restarts, exitCode, signal, start, end, null);
  }
}
