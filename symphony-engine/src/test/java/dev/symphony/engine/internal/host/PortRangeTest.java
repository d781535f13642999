package dev.symphony.engine.internal.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.SymphonyException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortRangeTest {
  @Test
  void isWrittenWithADash() {
    assertEquals(PortRange.DEFAULT, PortRange.parse("7000-9000"));
    assertEquals(new PortRange(1, 65535), PortRange.parse(" 1 - 65535 "));
    assertEquals("7000-9000", PortRange.DEFAULT.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7000", "-", "7000-", "9000-7000", "0-10", "1-65536", "a-b"})
  void refusesAnythingElse(String text) {
    assertThrows(SymphonyException.class, () -> PortRange.parse(text));
  }

  @Test
  void namesTheVariableThatHoldsNoRange() {
    assertEquals(PortRange.DEFAULT, PortRange.of(Map.of()));
    assertEquals(
        new PortRange(8000, 8100), PortRange.of(Map.of("SYMPHONY_PORT_RANGE", "8000-8100")));
    SymphonyException refused =
        assertThrows(
            SymphonyException.class, () -> PortRange.of(Map.of("SYMPHONY_PORT_RANGE", "any")));
    assertEquals(
        "SYMPHONY_PORT_RANGE: not a range of ports: 'any' (want 7000-9000)", refused.getMessage());
  }

  @Test
  void staysBelowThePortsOfOutgoingConnections() {
    assertEquals(PortRange.DEFAULT, PortRange.DEFAULT.below(32768));
    assertEquals(new PortRange(7000, 7999), PortRange.DEFAULT.below(8000));
    assertEquals(PortRange.DEFAULT, PortRange.DEFAULT.below(1024), "nothing better is left there");
    SymphonyException refused =
        assertThrows(SymphonyException.class, () -> new PortRange(30000, 33000).below(32768));
    assertTrue(refused.getMessage().startsWith("the port range 30000-33000 reaches into"));
    assertTrue(PortRange.ephemeral() >= 1);
  }
}
