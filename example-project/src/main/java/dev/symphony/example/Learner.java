package dev.symphony.example;

import dev.symphony.example.Evolution.Trial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Owns the policy: serves it on {@code parameter-server} and improves it with the trials that
 * {@code replay-server} has collected.
 *
 * <p>It also keeps the learning curve, and is the one who says that the work is done: as soon as an
 * evaluation passes {@link #GOAL}.
 *
 * <p>Options: {@code --agents N} (who is expected), {@code --seed N}, {@code --limit SECONDS}.
 */
final class Learner {
  /** The mean return at which the task counts as learned. */
  static final double GOAL = 450;

  private final Worker worker;
  private final List<Object> curve = new ArrayList<>();
  private Policy policy;
  private int generation;
  private int episodes;
  private boolean done;

  private Learner(Worker worker) {
    this.worker = worker;
    policy = Policy.random(worker.random("learner"));
  }

  /** Runs this worker. */
  public static void main(String[] args) {
    Worker.main(args, worker -> new Learner(worker).run());
  }

  private void run() throws IOException, InterruptedException {
    int guests = worker.option("agents", 2) + 2; // and eval and tensorboard
    Server server = Server.start(worker.listen("parameter-server"), guests, this::answer);
    try (Connection replay = worker.connect("replay-server")) {
      replay.ask(Message.of("hello", worker.name()));
      List<Trial> trials = new ArrayList<>();
      while (!isDone()) {
        server.check();
        trials.addAll(Replay.trials(replay.ask(Message.of("take"))));
        if (trials.size() >= Evolution.BATCH) {
          learn(trials);
          trials.clear();
        }
      }
      replay.ask(Message.of(Message.DONE));
    }
    server.awaitFarewell();
    worker.log("done");
  }

  /** Improves the policy; whoever asks for it from now on gets the new one. */
  private synchronized void learn(List<Trial> trials) {
    policy = Evolution.update(policy, trials);
    generation++;
    episodes += 2 * trials.size();
    double sum = 0;
    for (Trial trial : trials) {
      sum += trial.forth() + trial.back();
    }
    worker.log(
        String.format(
            Locale.ROOT,
            "generation %d: mean return of its %d trial episodes %.1f",
            generation,
            2 * trials.size(),
            sum / (2 * trials.size())));
  }

  /** Answers the guests of parameter-server, as {@link Message} lists it. */
  private synchronized Message answer(Message question) {
    return switch (question.verb()) {
      case "policy" ->
          done ? Message.of(Message.DONE) : Message.of("policy", generation, policy.weights());
      case "score" -> {
        score(question.whole(0), question.number(1));
        yield Message.of(done ? Message.DONE : "ok");
      }
      case "curve" -> {
        int from = question.whole(0);
        // The last point goes out before the last word.
        yield done && from == curve.size()
            ? Message.of(Message.DONE)
            : Message.of("curve", curve.subList(from, curve.size()).toArray());
      }
      default -> throw new WorkerFailure("the learner was asked '" + question.line() + "'");
    };
  }

  private void score(int evaluated, double mean) {
    curve.add(episodes);
    curve.add(worker.seconds());
    curve.add(mean);
    worker.status(String.format(Locale.ROOT, "mean return %.1f, wanted %.0f", mean, GOAL));
    if (mean >= GOAL && !done) {
      done = true;
      worker.log(
          String.format(
              Locale.ROOT,
              "learned: generation %d reaches %.1f after %d episodes, in %.1f s",
              evaluated,
              mean,
              episodes,
              worker.seconds()));
    }
  }

  private synchronized boolean isDone() {
    return done;
  }
}
