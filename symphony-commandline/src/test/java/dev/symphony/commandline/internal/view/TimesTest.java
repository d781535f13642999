package dev.symphony.commandline.internal.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimesTest {
  @Test
  void writesAgesInTheirLargestUnitAndNeverMoreThanTheyAre() {
    assertEquals("0s", age("PT0.9S"));
    assertEquals("12s", age("PT12.9S"));
    assertEquals("1m", age("PT60S"));
    assertEquals("3.2m", age("PT3M17S"));
    assertEquals("59.9m", age("PT59M59S"));
    assertEquals("5h", age("PT5H"));
    assertEquals("23.2h", age("PT23H12M"));
    assertEquals("3d", age("P3D"));
    assertEquals("400.5d", age("P400DT12H"));
  }

  @Test
  void takesAClockThatStepsBackForNoTimeAtAll() {
    assertEquals("0s", age("PT-5S"));
  }

  @Test
  void writesMomentsAsTheStandardFormatterDoes() {
    assertEquals("2026-01-31T12:00:00.000Z", Times.iso(Instant.parse("2026-01-31T12:00:00Z")));
    assertEquals("2024-02-29T23:59:59.999Z", Times.iso(Instant.parse("2024-02-29T23:59:59.9999Z")));
    assertEquals("1969-12-31T23:59:59.250Z", Times.iso(Instant.ofEpochMilli(-750)));
    assertEquals("2026-01-31T12:00:01Z", Times.isoSeconds(Instant.ofEpochSecond(1769860801)));
  }

  private static String age(String duration) {
    return Times.age(Duration.parse(duration));
  }
}
