package dev.symphony.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CartPoleTest {
  private final CartPole game = new CartPole();

  @Test
  void movesAsTheEquationsSay() {
    game.reset(0, 0, 0, 0);

    // By hand: a = 10 / 1.1, angular acceleration -a / (0.5 (4/3 - 0.1 / 1.1)) = -14.634 rad/s2,
    // acceleration a + 0.05 * 14.634 / 1.1 = 9.756 m/s2; positions move with the speeds of before.
    assertTrue(game.step(true));
    assertArrayEquals(new double[] {0, 0.195122, 0, -0.292683}, game.state(), 1e-6);

    assertTrue(game.step(false));
    assertArrayEquals(new double[] {0.003902, 0, -0.005854, 0}, game.state(), 1e-3);
  }

  @Test
  void isSymmetric() {
    CartPole mirrored = new CartPole();
    game.reset(0.01, -0.02, 0.03, 0.04);
    mirrored.reset(-0.01, 0.02, -0.03, -0.04);
    for (int i = 0; i < 5; i++) {
      assertEquals(game.step(i % 2 == 0), mirrored.step(i % 2 != 0));
    }
    for (int i = 0; i < 4; i++) {
      assertEquals(game.state()[i], -mirrored.state()[i], 1e-12);
    }
  }

  @Test
  void endsWhenThePoleLeansTwelveDegrees() {
    game.reset(0, 0, Math.toRadians(11.9), 0);
    assertTrue(game.step(true));
    game.reset(0, 0, Math.toRadians(12.1), 0);
    assertFalse(game.step(true));
  }

  @Test
  void endsWhenTheCartLeavesTheTrack() {
    game.reset(2.39, 0, 0, 0);
    assertTrue(game.step(true));
    game.reset(2.39, 1, 0, 0);
    assertFalse(game.step(true));
  }

  @Test
  void endsAfterFiveHundredSteps() {
    // Leaning and turning weighted with the speeds: a policy that is known to balance.
    double[] weights = new double[Policy.SIZE];
    weights[1] = 0.1;
    weights[2] = 0.2;
    weights[3] = 1;
    weights[4] = 1;
    weights[5] = 1;
    assertEquals(500, game.play(new Policy(weights), new Random(1)));
  }

  @Test
  void fallsSoonWithoutControl() {
    int steps = game.play(new Policy(new double[Policy.SIZE]), new Random(1));
    assertTrue(steps >= 8 && steps <= 11, "always pushing left lasted " + steps + " steps");
  }
}
