package dev.symphony.example;

import dev.symphony.example.Evolution.Trial;
import java.io.IOException;
import java.util.Random;

/**
 * Fetches the policy from {@code parameter-server}, tries a perturbation of it in two episodes, and
 * sends their returns to {@code replay-server}, again and again until the learner says done.
 *
 * <p>Real environments are slow, which is why one has many agents. CartPole is not: without a brake
 * all would be over before a browser shows the first point. So the simulation runs at most {@code
 * --speed} times as fast as a real pole would fall, and twice as many agents learn in about half
 * the time.
 *
 * <p>Options: {@code --seed N}, {@code --speed N} (default 50, 0 without a brake), {@code --limit
 * SECONDS}.
 */
final class Agent {
  private Agent() {}

  /** Runs this worker. */
  public static void main(String[] args) {
    Worker.main(args, Agent::run);
  }

  private static void run(Worker worker) throws IOException, InterruptedException {
    Random random = worker.random("agent");
    CartPole game = new CartPole();
    Pace pace = new Pace(worker.option("speed", 50));
    long episodes = 0;
    try (Connection learner = worker.connect("parameter-server");
        Connection replay = worker.connect("replay-server")) {
      Message hello = Message.of("hello", worker.name());
      learner.ask(hello);
      replay.ask(hello);
      worker.log("playing");
      Message answer = learner.ask(Message.of("policy"));
      while (!answer.isDone()) {
        Trial trial = Trial.play(new Policy(answer.numbers(1)), random.nextInt(), game, random);
        pace.spend(trial.forth() + trial.back());
        replay.ask(Message.of("trial", trial.noiseSeed(), trial.forth(), trial.back()));
        episodes += 2;
        answer = learner.ask(Message.of("policy"));
      }
      replay.ask(Message.of(Message.DONE));
    }
    worker.log("done: " + episodes + " episodes played");
  }

  /** Holds the simulation back to a multiple of real time. */
  private static final class Pace {
    private final int speed;
    private long due = System.nanoTime();

    Pace(int speed) {
      this.speed = speed;
    }

    /** Waits until this many more steps have had their time. */
    void spend(int steps) throws InterruptedException {
      if (speed <= 0) {
        return;
      }
      long now = System.nanoTime();
      due = Math.max(due, now) + (long) (steps * CartPole.STEP_SECONDS * 1e9 / speed);
      Thread.sleep(Math.max(0, (due - now) / 1_000_000));
    }
  }
}
