package dev.symphony.example;

import java.util.Random;

/**
 * The classic control task: keep a pole upright on a cart by pushing the cart left or right.
 *
 * <p>The dynamics, limits and rewards are those of {@code CartPole-v1} in Gym: 0.02 s a step, the
 * episode ends when the pole leans more than 12 degrees, when the cart is more than 2.4 m from the
 * middle, or after 500 steps. Every step is worth 1.
 */
final class CartPole {
  /** The longest episode, in steps, and so the best possible return. */
  static final int MAX_STEPS = 500;

  /** Simulated seconds a step. */
  static final double STEP_SECONDS = 0.02;

  private static final double GRAVITY = 9.8;
  private static final double POLE_MASS = 0.1;
  private static final double TOTAL_MASS = 1.0 + POLE_MASS;
  private static final double HALF_POLE_LENGTH = 0.5;
  private static final double PUSH = 10.0;
  private static final double MAX_ANGLE = Math.toRadians(12);
  private static final double MAX_POSITION = 2.4;

  /** Cart position (m) and speed (m/s), pole angle (rad) and angular speed (rad/s). */
  private final double[] state = new double[4];

  private int steps;

  /** Begins a new episode near the upright position. */
  void reset(Random random) {
    for (int i = 0; i < state.length; i++) {
      state[i] = random.nextDouble() * 0.1 - 0.05;
    }
    steps = 0;
  }

  /** Begins a new episode at the given state. */
  void reset(double position, double speed, double angle, double angularSpeed) {
    state[0] = position;
    state[1] = speed;
    state[2] = angle;
    state[3] = angularSpeed;
    steps = 0;
  }

  /**
   * Pushes the cart for one step.
   *
   * @param right whether to push to the right, else to the left
   * @return whether the episode goes on
   */
  boolean step(boolean right) {
    double force = right ? PUSH : -PUSH;
    double cos = Math.cos(state[2]);
    double sin = Math.sin(state[2]);
    double poleMoment = POLE_MASS * HALF_POLE_LENGTH;
    double common = (force + poleMoment * state[3] * state[3] * sin) / TOTAL_MASS;
    double angularAcceleration =
        (GRAVITY * sin - cos * common)
            / (HALF_POLE_LENGTH * (4.0 / 3.0 - POLE_MASS * cos * cos / TOTAL_MASS));
    double acceleration = common - poleMoment * angularAcceleration * cos / TOTAL_MASS;
    state[0] += STEP_SECONDS * state[1];
    state[1] += STEP_SECONDS * acceleration;
    state[2] += STEP_SECONDS * state[3];
    state[3] += STEP_SECONDS * angularAcceleration;
    steps++;
    return steps < MAX_STEPS
        && Math.abs(state[0]) <= MAX_POSITION
        && Math.abs(state[2]) <= MAX_ANGLE;
  }

  /** The current state: position, speed, angle, angular speed. A view, not a copy. */
  double[] state() {
    return state;
  }

  /** Plays one episode with a policy and gives its return, which is its number of steps. */
  int play(Policy policy, Random random) {
    reset(random);
    while (step(policy.pushesRight(state))) {
      // the policy sees the new state
    }
    return steps;
  }
}
