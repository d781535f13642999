package dev.symphony.example;

import java.util.List;
import java.util.Random;

/**
 * Evolution strategies: learning from nothing but the returns of randomly perturbed policies.
 *
 * <p>Each {@link Trial} walks one random direction forth and back. Where forth earned more than
 * back, the direction is good, and the policy moves that way; the average over a batch of trials
 * estimates the gradient of the return.
 */
final class Evolution {
  /** How far a trial moves the weights away from the current policy. */
  static final double SIGMA = 0.3;

  /** How far one update moves the policy, in weight space. */
  static final double STEP = 0.2;

  /** Trials an update. */
  static final int BATCH = 16;

  private Evolution() {}

  /**
   * One direction tried both ways.
   *
   * @param noiseSeed stands for the direction, see {@link Policy#direction(int)}
   * @param forth return of the policy moved along the direction
   * @param back return of the policy moved against it
   */
  record Trial(int noiseSeed, int forth, int back) {
    /** Plays both episodes. */
    static Trial play(Policy policy, int noiseSeed, CartPole game, Random random) {
      double[] direction = Policy.direction(noiseSeed);
      return new Trial(
          noiseSeed,
          game.play(policy.moved(direction, SIGMA), random),
          game.play(policy.moved(direction, -SIGMA), random));
    }
  }

  /** The policy after learning from these trials of it; the same one when they teach nothing. */
  static Policy update(Policy policy, List<Trial> trials) {
    double[] gradient = new double[Policy.SIZE];
    double length = 0;
    for (Trial trial : trials) {
      double advantage = trial.forth() - trial.back();
      double[] direction = Policy.direction(trial.noiseSeed());
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += advantage * direction[i];
      }
    }
    for (double g : gradient) {
      length += g * g;
    }
    // Only the direction of the gradient is used: returns grow fiftyfold while learning.
    return length == 0 ? policy : policy.moved(gradient, STEP / Math.sqrt(length));
  }
}
