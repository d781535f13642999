package dev.symphony.example;

import java.io.IOException;
import java.util.Locale;
import java.util.Random;

/**
 * Evaluates the current policy over 100 episodes, prints one line an evaluation, and tells the
 * learner, until the learner says done.
 *
 * <p>Options: {@code --seed N}, {@code --limit SECONDS}.
 */
final class Eval {
  /** Episodes an evaluation. */
  static final int EPISODES = 100;

  private static final long BETWEEN_EVALUATIONS_MILLIS = 250;

  private Eval() {}

  /** Runs this worker. */
  public static void main(String[] args) {
    Worker.main(args, Eval::run);
  }

  private static void run(Worker worker) throws IOException, InterruptedException {
    Random random = worker.random("eval");
    try (Connection learner = worker.connect("parameter-server")) {
      learner.ask(Message.of("hello", worker.name()));
      int evaluated = -1;
      Message answer = learner.ask(Message.of("policy"));
      while (!answer.isDone()) {
        int generation = answer.whole(0);
        if (generation != evaluated) {
          double mean = evaluate(new Policy(answer.numbers(1)), random);
          worker.log(line(mean));
          evaluated = generation;
          answer = learner.ask(Message.of("score", generation, mean));
          if (answer.isDone()) {
            break;
          }
        }
        Thread.sleep(BETWEEN_EVALUATIONS_MILLIS);
        answer = learner.ask(Message.of("policy"));
      }
    }
  }

  /** The mean return of a policy. */
  static double evaluate(Policy policy, Random random) {
    CartPole game = new CartPole();
    double sum = 0;
    for (int i = 0; i < EPISODES; i++) {
      sum += game.play(policy, random);
    }
    return sum / EPISODES;
  }

  /** The line printed for an evaluation. */
  static String line(double mean) {
    return String.format(Locale.ROOT, "mean return %.1f over %d episodes", mean, EPISODES);
  }
}
