package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WorkerTest {
  @Test
  void countsFromTheFirstNumberUpToTheSecond() {
    assertEquals(4, Worker.count(0, 10)); // 2, 3, 5, 7
    assertEquals(1, Worker.count(7, 11));
    assertEquals(2, Worker.count(7, 12));
  }
}
