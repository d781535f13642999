package dev.symphony.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProgramsTest {
  @Test
  void saysInOneLineWhyAProgramDidNotStart() {
    String advice = "posix_spawn failed, error: 11 \nPossible reasons:\n  - Spawn helper";
    assertEquals("posix_spawn failed, error: 11", Programs.reason(new IOException(advice)));
    assertEquals("error=2", Programs.reason(new IOException("error=2")));
  }
}
