package dev.symphony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Duration GRAIN = Duration.ofMillis(10);

  private static ProcessStatus ended(String name, State state, Integer code, Long millis) {
    Integer signal = code != null && code > 128 ? Integer.valueOf(code - 128) : null;
    String reason = state == State.FAILED ? (signal == null ? "Error" : "SignalKilled") : null;
    Instant end = millis == null ? null : Instant.ofEpochMilli(millis);
    return new ProcessStatus(
        ProcessName.parse(name), state, reason, null, false, 0, code, signal, null, end);
  }

  private static ProcessStatus failed(String name, int code, long millis) {
    return ended(name, State.FAILED, code, millis);
  }

  private static ProcessStatus lost(String name) {
    return new ProcessStatus(
        ProcessName.parse(name), State.FAILED, "Lost", null, false, 0, null, null, null, null);
  }

  private static Verdict of(ProcessStatus... processes) {
    return Verdict.of(List.of(processes), GRAIN);
  }

  private static void assertFirst(String name, Verdict verdict) {
    assertEquals(State.FAILED, verdict.outcome());
    assertEquals(ProcessName.parse(name), verdict.first());
  }

  @Test
  void thereIsNoneWhileAnythingHasNotEnded() {
    ProcessStatus failed = failed("a", 1, 100);
    for (State state : State.values()) {
      if (!state.hasEnded()) {
        assertNull(of(failed, ended("b", state, null, null)), state.name());
      }
    }
  }

  @Test
  void allThatSucceededOrWereSkippedIsASuccess() {
    Verdict verdict = of(ended("a", State.SUCCEEDED, 0, 1L), ended("b", State.SUCCEEDED, 9, 2L));
    assertEquals(State.SUCCEEDED, verdict.outcome());
    assertEquals(0, verdict.exitCode());
    assertEquals("2 processes succeeded", verdict.message());
  }

  @Test
  void theFirstFailureWinsHoweverItIsDeclared() {
    Verdict verdict = of(failed("a", 1, 300), failed("b", 7, 100), failed("c", 2, 200));
    assertFirst("b", verdict);
    assertEquals(7, verdict.code());
    assertEquals(7, verdict.exitCode());
    assertEquals("b failed first with exit code 7 (Error)", verdict.message());
  }

  @Test
  void endsThatTheClockCannotTellApartGoByDeclaredOrderAndItSaysSo() {
    Verdict verdict = of(failed("a", 1, 110), failed("b", 2, 100), failed("c", 3, 111));
    assertFirst("a", verdict);
    assertTrue(verdict.message().contains("too close in time to tell apart"), verdict.message());
    assertFirst("b", of(failed("a", 1, 111), failed("b", 2, 100)));
    assertTrue(!of(failed("a", 1, 111), failed("b", 2, 100)).message().contains("too close"));
  }

  @Test
  void atOneMomentWhatReturnedGoesBeforeWhatASignalEnded() {
    assertFirst("b", of(failed("a", 143, 100), failed("b", 2, 105), failed("c", 3, 105)));
    assertFirst("a", of(failed("a", 143, 100), failed("b", 2, 120)));
  }

  @Test
  void whatTheUserStoppedNeverCounts() {
    Verdict verdict =
        of(ended("a", State.STOPPED, 143, 50L), failed("b", 3, 100), failed("c", 4, 200));
    assertFirst("b", verdict);
    Verdict stopped = of(ended("a", State.STOPPED, 143, 50L), ended("b", State.SUCCEEDED, 0, 60L));
    assertEquals(State.STOPPED, stopped.outcome());
    assertEquals(130, stopped.exitCode());
    assertNull(stopped.first());
    assertEquals("1 of 2 processes stopped by the user", stopped.message());
  }

  @Test
  void whatNobodySawEndGoesLastAndHasNoCode() {
    assertFirst("b", of(lost("a"), failed("b", 5, 1_000_000)));
    Verdict verdict = of(ended("a", State.SUCCEEDED, 0, 1L), lost("b"), lost("c"));
    assertFirst("b", verdict);
    assertNull(verdict.code());
    assertEquals("Lost", verdict.reason());
    assertEquals(1, verdict.exitCode());
  }

  @Test
  void aFailureThatReturnedZeroStillFails() {
    assertEquals(1, of(failed("a", 0, 100)).exitCode());
  }
}
