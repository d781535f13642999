package dev.symphony.kube.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class LogTimeTest {
  @Test
  void readsWhatRfc3339Allows() {
    for (String text :
        new String[] {
          "1970-01-01T00:00:00Z",
          "2026-11-27T09:13:29.078585709Z",
          "2024-02-29T23:59:59.5Z",
          "2000-03-01T00:00:00.000000001Z",
          "2026-12-31T23:59:59.123456+01:00",
          "2026-01-01T00:30:00-05:30"
        }) {
      Instant wanted = OffsetDateTime.parse(text).toInstant();
      assertEquals(wanted.getEpochSecond() * 1_000_000_000 + wanted.getNano(), parse(text), text);
    }
  }

  @Test
  void anythingElseIsNoTime() {
    for (String text : new String[] {"", "x", "2026-11-27", "an ordinary line of text, rather"}) {
      assertEquals(LogTime.NONE, parse(text), text);
    }
  }

  private static long parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return LogTime.parse(bytes, 0, bytes.length);
  }
}
