package dev.symphony.commandline.internal.view;

import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says in a few words where a process stands. */
public final class StateText {
  private final boolean containers;

  /**
   * Chooses the words.
   *
   * @param containers whether processes are containers, which wait, run and are terminated
   */
  public StateText(boolean containers) {
    this.containers = containers;
  }

  /**
   * State, how long, and why: {@code running: 3.2m}, {@code succeeded after 12s}, {@code failed
   * (137) after 5m: SignalKilled}, {@code pending: backing off 8s}, {@code unknown: RunsOn: host
   * a}; of containers {@code waiting: ImagePullBackOff}, {@code terminated (137) after 5m:
   * OOMKilled}.
   */
  public String full(ProcessStatus status, Instant now) {
    String brief = brief(status, now);
    String why = why(status);
    if (why.isEmpty()) {
      return brief;
    }
    return brief.indexOf(':') >= 0 ? brief + " (" + why + ")" : brief + ": " + why;
  }

  /** State and how long: {@code running: 3.2m}, {@code failed (137) after 5m}. */
  public String brief(ProcessStatus status, Instant now) {
    String lasted = Times.between(status.start(), status.end());
    return switch (status.state()) {
      case RUNNING -> {
        String age = Times.between(status.start(), now);
        yield age.isEmpty() ? "running" : "running: " + age;
      }
      case SUCCEEDED, FAILED -> ended(status) + after(lasted);
      case STOPPED -> "stopped" + (status.start() == null ? "" : after(lasted));
      default -> unended(status);
    };
  }

  /**
   * What changes when something happens, not with time: {@code running}, {@code failed (1): Lost}.
   */
  public String event(ProcessStatus status) {
    String why = why(status);
    String brief =
        switch (status.state()) {
          case RUNNING -> status.ready() ? "running" : "running, not ready";
          case SUCCEEDED, FAILED -> ended(status);
          default -> unended(status);
        };
    String times = status.restarts() == 0 ? "" : ", restarts: " + status.restarts();
    return brief + times + (why.isEmpty() ? "" : ": " + why);
  }

  /** The state in lower case. */
  public static String word(State state) {
    return switch (state) {
      case WAITING -> "waiting";
      case PENDING -> "pending";
      case RUNNING -> "running";
      case SUCCEEDED -> "succeeded";
      case FAILED -> "failed";
      case STOPPED -> "stopped";
      case SKIPPED -> "skipped";
      case UNKNOWN -> "unknown";
    };
  }

  /** The colour of a state. */
  public static Paint paint(State state) {
    return switch (state) {
      case RUNNING, SUCCEEDED -> Paint.GREEN;
      case FAILED, SKIPPED -> Paint.RED;
      case WAITING, PENDING, UNKNOWN -> Paint.YELLOW;
      case STOPPED -> Paint.DIM;
    };
  }

  private String ended(ProcessStatus status) {
    Integer code = status.exitCode();
    return containers && code != null
        ? "terminated (" + code + ")"
        : word(status.state()) + code(status);
  }

  private String unended(ProcessStatus status) {
    return containers && isYetToRun(status) && status.reason() != null
        ? "waiting"
        : word(status.state());
  }

  private static boolean isYetToRun(ProcessStatus status) {
    return status.state() == State.WAITING || status.state() == State.PENDING;
  }

  /** Reason and message; of what has yet to run the message alone, which is for people. */
  private String why(ProcessStatus status) {
    if (containers) {
      return whyOfContainer(orEmpty(status.reason()), Text.oneLine(orEmpty(status.message())));
    }
    // "Error" says that it failed with an exit code, and both stand there already.
    boolean told = status.state() == State.FAILED && "Error".equals(status.reason());
    String reason = told ? "" : orEmpty(status.reason());
    String message = Text.oneLine(orEmpty(status.message()));
    if (message.isEmpty() || reason.isEmpty()) {
      return reason + message;
    }
    return isYetToRun(status) || message.contains(reason) ? message : reason + ": " + message;
  }

  /** Both, the reason first: people look its word up. */
  private static String whyOfContainer(String reason, String message) {
    if (reason.isEmpty() || message.startsWith(reason)) {
      return message;
    }
    return message.isEmpty() ? reason : reason + ": " + message;
  }

  /** The exit code where it is news: a success is 0 unless the declaration allows others. */
  private static String code(ProcessStatus status) {
    Integer code = status.exitCode();
    return code == null || code == 0 ? "" : " (" + code + ")";
  }

  private static String after(String lasted) {
    return lasted.isEmpty() ? "" : " after " + lasted;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
