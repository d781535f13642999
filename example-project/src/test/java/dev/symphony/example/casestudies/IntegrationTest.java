package dev.symphony.example.casestudies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symphony.example.Message;
import dev.symphony.example.casestudies.Integration.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntegrationTest {
  @Test
  void integratesASquare() {
    assertEquals(1000.0 / 3, new Range(0, 10).integrate(x -> x * x), 1e-3);
  }

  @Test
  void cutsWithoutGaps() {
    List<Range> parts = new Range(0, 1).split(3);
    assertEquals(3, parts.size());
    assertEquals(0, parts.get(0).from());
    assertEquals(parts.get(0).to(), parts.get(1).from());
    assertEquals(parts.get(1).to(), parts.get(2).from());
    assertEquals(1, parts.get(2).to());
  }

  @Test
  void everyChildFindsItsOwnPart() {
    List<Range> parts = new Range(2, 3).split(4);
    Message tasks = Integration.tasks(parts);
    for (int i = 0; i < 4; i++) {
      assertEquals(parts.get(i), Integration.task(tasks, i));
    }
  }
}
