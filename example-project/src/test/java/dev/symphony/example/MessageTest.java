package dev.symphony.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.example.Evolution.Trial;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageTest {
  @Test
  void arrivesAsItWasSent() {
    Message message = Message.of("trial", -1_234_567, 9, 500);
    assertEquals("trial -1234567 9 500", message.line());
    assertEquals(message, Message.parse(message.line()));
    assertEquals(-1_234_567, message.whole(0));
  }

  @Test
  void carriesWeightsExactly() {
    double[] weights = Policy.random(new Random(3)).weights();
    weights[0] = Double.MIN_VALUE;
    weights[1] = -1.0 / 3;
    Message received = Message.parse(Message.of("policy", 12, weights).line());
    assertEquals(12, received.whole(0));
    assertArrayEquals(weights, received.numbers(1));
  }

  @Test
  void carriesBatchesOfTrials() {
    List<Trial> trials = List.of(new Trial(1, 2, 3), new Trial(-4, 500, 6));
    assertEquals(trials, Replay.trials(Message.parse(Replay.batch(trials).line())));
    assertEquals(List.of(), Replay.trials(Message.parse(Replay.batch(List.of()).line())));
  }

  @Test
  void refusesWordsThatWouldBecomeTwo() {
    assertThrows(IllegalArgumentException.class, () -> Message.of("hello", "agent 0"));
    assertThrows(IllegalArgumentException.class, () -> Message.of("hello", ""));
    assertThrows(IllegalArgumentException.class, () -> Message.of("hello", "agent\n0"));
  }

  @Test
  void saysWhatIsWrongWithAMalformedMessage() {
    Message message = Message.parse("score 3 high");
    assertTrue(
        assertThrows(WorkerFailure.class, () -> message.number(1))
            .getMessage()
            .contains("'high' in 'score 3 high'"));
    assertThrows(WorkerFailure.class, () -> message.whole(2));
  }
}
