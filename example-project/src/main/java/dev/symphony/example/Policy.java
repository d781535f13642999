package dev.symphony.example;

import java.util.Random;

/**
 * A small neural network that decides where to push: 4 inputs, one hidden layer of 8, one output.
 *
 * <p>Its weights are one flat array, which is what travels between the processes.
 */
final class Policy {
  private static final int INPUTS = 4;
  private static final int HIDDEN = 8;

  /** Length of the weights array: per hidden unit its inputs, a bias and its output weight. */
  static final int SIZE = HIDDEN * (INPUTS + 2);

  private final double[] weights;

  /** Makes a policy of these weights, {@link #SIZE} of them; the array is copied. */
  Policy(double[] weights) {
    if (weights.length != SIZE) {
      throw new IllegalArgumentException(
          "a policy has " + SIZE + " weights, not " + weights.length);
    }
    this.weights = weights.clone();
  }

  /** A policy that knows nothing yet: small random weights. */
  static Policy random(Random random) {
    double[] weights = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      weights[i] = 0.1 * random.nextGaussian();
    }
    return new Policy(weights);
  }

  /** A copy of the weights. */
  double[] weights() {
    return weights.clone();
  }

  /** Whether to push right in this state (see {@link CartPole#state()}). */
  boolean pushesRight(double[] state) {
    double output = 0;
    int w = 0;
    for (int h = 0; h < HIDDEN; h++) {
      double sum = weights[w++];
      for (int i = 0; i < INPUTS; i++) {
        sum += weights[w++] * state[i];
      }
      output += weights[w++] * Math.tanh(sum);
    }
    return output > 0;
  }

  /** The policy {@code scale} steps away along a direction, see {@link #direction(int)}. */
  Policy moved(double[] direction, double scale) {
    Policy moved = new Policy(weights);
    for (int i = 0; i < SIZE; i++) {
      moved.weights[i] += scale * direction[i];
    }
    return moved;
  }

  /**
   * A random direction in weight space that a single number stands for.
   *
   * <p>Agents send this number instead of the direction: the learner makes the same one again.
   */
  static double[] direction(int noiseSeed) {
    Random random = new Random(noiseSeed);
    double[] direction = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      direction[i] = random.nextGaussian();
    }
    return direction;
  }
}
