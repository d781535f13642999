package dev.symphony.example;

import dev.symphony.example.Evolution.Trial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the trials of all agents on {@code replay-server} and hands them to the learner.
 *
 * <p>An agent may have tried a policy that has been replaced meanwhile. Its trial counts all the
 * same: the new policy is near the old one, and dropping what comes late would drop the longest
 * episodes, which are the best.
 *
 * <p>Options: {@code --agents N} (who is expected), {@code --limit SECONDS}.
 */
final class Replay {
  /** How long the learner's question waits for something to answer. */
  private static final long PATIENCE_NANOS = 50_000_000;

  private final List<Trial> waiting = new ArrayList<>();
  private long collected;

  private Replay() {}

  /** Runs this worker. */
  public static void main(String[] args) {
    Worker.main(args, worker -> new Replay().run(worker));
  }

  private void run(Worker worker) throws IOException, InterruptedException {
    int guests = worker.option("agents", 2) + 1; // and the learner
    Server server = Server.start(worker.listen("replay-server"), guests, this::answer);
    server.awaitFarewell();
    synchronized (this) {
      worker.log("done: " + collected + " trials collected");
    }
  }

  /** Answers the guests of replay-server, as {@link Message} lists it. */
  private synchronized Message answer(Message question) {
    return switch (question.verb()) {
      case "trial" -> {
        put(new Trial(question.whole(0), question.whole(1), question.whole(2)));
        yield Message.of("ok");
      }
      case "take" -> take();
      default -> throw new WorkerFailure("the replay was asked '" + question.line() + "'");
    };
  }

  private void put(Trial trial) {
    collected++;
    waiting.add(trial);
    notifyAll();
  }

  private Message take() {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (waiting.isEmpty() && System.nanoTime() < end) {
      try {
        wait(1 + (end - System.nanoTime()) / 1_000_000);
      } catch (InterruptedException e) {
        throw new WorkerFailure("interrupted");
      }
    }
    Message batch = batch(waiting);
    waiting.clear();
    return batch;
  }

  /** The message that carries these trials. */
  static Message batch(List<Trial> trials) {
    List<Object> words = new ArrayList<>();
    for (Trial trial : trials) {
      words.addAll(List.of(trial.noiseSeed(), trial.forth(), trial.back()));
    }
    return Message.of("batch", words.toArray());
  }

  /** The trials in such a message. */
  static List<Trial> trials(Message batch) {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < batch.size(); i += 3) {
      trials.add(new Trial(batch.whole(i), batch.whole(i + 1), batch.whole(i + 2)));
    }
    return trials;
  }
}
