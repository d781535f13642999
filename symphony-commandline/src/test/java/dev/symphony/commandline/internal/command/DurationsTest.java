package dev.symphony.commandline.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.symphony.engine.UsageException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @Test
  void readsUnitsAndPlainSeconds() {
    assertEquals(Duration.ofSeconds(5), parse("5s"));
    assertEquals(Duration.ofMinutes(2), parse("2m"));
    assertEquals(Duration.ofHours(3), parse("3h"));
    assertEquals(Duration.ofDays(7), parse("7d"));
    assertEquals(Duration.ofSeconds(90), parse("90"));
    assertEquals(Duration.ofMillis(500), parse("0.5"));
    assertEquals(Duration.ofMinutes(90), parse("1h30m"));
    assertEquals(Duration.ofMinutes(90), parse("1.5h"));
    assertEquals(Duration.ZERO, parse("0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "5x", "m", "-5s", "5 s", "1h30", "1..5h", ".5h", "5.", "1234567890s"})
  void refusesTheRestWithAnExample(String text) {
    UsageException error = assertThrows(UsageException.class, () -> parse(text));
    assertEquals(
        "--since '" + text + "': write a number and a unit, as 30s, 5m, 2h or 7d",
        error.getMessage());
  }

  private static Duration parse(String text) {
    return Durations.parse("--since", text);
  }
}
