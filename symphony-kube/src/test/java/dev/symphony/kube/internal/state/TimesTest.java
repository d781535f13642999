package dev.symphony.kube.internal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimesTest {
  @Test
  void readsWhatTheApiWrites() {
    assertEquals(Instant.parse("2026-11-27T09:09:20Z"), Times.read("2026-11-27T09:09:20Z"));
    assertEquals(Instant.parse("2024-02-29T23:59:59Z"), Times.read("2024-02-29T23:59:59Z"));
    assertEquals(Instant.parse("2026-11-27T09:09:17Z"), Times.read("2026-11-27T09:09:17.522909Z"));
    assertEquals(Instant.parse("2026-11-27T09:09:20Z"), Times.read("2026-11-27T11:09:20+02:00"));
  }

  @Test
  void zeroAndNonsenseAreNoTime() {
    assertNull(Times.read("1970-01-01T00:00:00Z"));
    assertNull(Times.read(null));
    assertNull(Times.read("soon"));
    assertNull(Times.read("2026-13-45T00:00:00Z"));
    assertNull(Times.read("yesterday, or so, at noon"));
  }
}
