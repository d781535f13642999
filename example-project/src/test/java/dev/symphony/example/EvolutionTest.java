package dev.symphony.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.example.Evolution.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvolutionTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void learnsCartPoleWithinHundredGenerations(long seed) {
    Random random = new Random(seed);
    CartPole game = new CartPole();
    Policy policy = Policy.random(random);
    double before = Eval.evaluate(policy, random);
    double best = before;
    for (int generation = 0; generation < 100 && best < Learner.GOAL; generation++) {
      List<Trial> trials = new ArrayList<>();
      for (int i = 0; i < Evolution.BATCH; i++) {
        trials.add(Trial.play(policy, random.nextInt(), game, random));
      }
      policy = Evolution.update(policy, trials);
      best = Math.max(best, Eval.evaluate(policy, random));
    }
    assertTrue(before < 200, "knew it before: " + before);
    assertTrue(best >= Learner.GOAL, "reached only " + best);
  }

  @Test
  void movesTowardsTheBetterSide() {
    Policy start = new Policy(new double[Policy.SIZE]);
    double[] direction = Policy.direction(7);
    double[] learned = Evolution.update(start, List.of(new Trial(7, 10, 60))).weights();

    double length = 0;
    for (double d : direction) {
      length += d * d;
    }
    for (int i = 0; i < Policy.SIZE; i++) {
      assertEquals(-direction[i] * Evolution.STEP / Math.sqrt(length), learned[i], 1e-12);
    }
  }

  @Test
  void staysWhereTrialsTeachNothing() {
    Policy start = Policy.random(new Random(1));
    assertSame(start, Evolution.update(start, List.of(new Trial(7, 30, 30))));
    assertSame(start, Evolution.update(start, List.of()));
  }

  @Test
  void oneNumberStandsForOneDirection() {
    assertArrayEquals(Policy.direction(42), Policy.direction(42));
  }
}
