package dev.symphony.engine.internal.host;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UptimeTest {
  private static long parse(String text) {
    return Uptime.parse(text.getBytes(US_ASCII), text.length());
  }

  @Test
  void countsHundredthsOfASecond() {
    assertEquals(96930, parse("969.30 1910.03\n"));
    assertEquals(96930, parse("969.3 1910.03\n"));
    assertEquals(96935, parse("969.359 1\n"));
    assertEquals(96900, parse("969\n"));
    assertEquals(96900, parse("969"));
    assertEquals(-1, parse(""));
    assertEquals(-1, parse("up 3 days"));
  }

  @Test
  void neverGoesBack() {
    long before = Uptime.now();
    assertTrue(before > 0);
    assertTrue(Uptime.now() >= before);
  }

  @Test
  void isTheClockThatStartTimesAreTakenFrom() {
    Needs.linux();
    long start = ProcessTable.system().startTime((int) ProcessHandle.current().pid());
    assertTrue(start > 0 && start <= Uptime.now());
  }
}
