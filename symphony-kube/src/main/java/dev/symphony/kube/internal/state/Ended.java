package dev.symphony.kube.internal.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one run of a container ended.
 *
 * @param exitCode what it returned, 128+n for signal n
 * @param word the kubelet's reason, such as {@code OOMKilled}; empty for none
 * @param note the kubelet's message, or the process's own; null for none
 * @param start when it began; null where it never did
 * @param end when it ended; null where nobody knows
 * @param real whether there was a container; else the kubelet made this up
 */
record Ended(
    int exitCode,
    String word,
    @Nullable String note,
    @Nullable Instant start,
    @Nullable Instant end,
    boolean real) {

  /** The signal that ended it; 0 for none. */
  int signal() {
    return exitCode > 128 && exitCode <= 128 + 64 ? exitCode - 128 : 0;
  }

  /** One machine-readable word why. */
  String reason() {
    if (!word.isEmpty() && !word.equals("Error") && !word.equals("Completed")) {
      return word;
    }
    if (signal() > 0) {
      return "SignalKilled";
    }
    return exitCode == 127 ? "CommandNotFound" : exitCode == 126 ? "CannotExecute" : "Error";
  }

  /** A few words: {@code exit code 1}, {@code OOMKilled, exit code 137}. */
  String brief() {
    String reason = reason();
    String code = "exit code " + exitCode;
    return reason.equals("Error") || exitCode == 0 ? code : reason + ", " + code;
  }
}
