package dev.symphony.example.casestudies;

import dev.symphony.example.Connection;
import dev.symphony.example.Message;
import dev.symphony.example.Worker;
import dev.symphony.example.WorkerFailure;
import java.io.IOException;
import java.net.ServerSocket;

/**
 * One of the processes of a ring: in every round it greets the next one and is greeted by the one
 * before.
 *
 * <p>Member {@code i} binds the service {@code ring-i}, where the member before it connects, and
 * connects to {@code ring-(i+1)}. In round {@code n} it sends {@code hello<i> n}. A wrong greeting
 * is a failure.
 *
 * <p>Options: {@code --member I}, {@code --members N} (default 3), {@code --rounds N} (default 20),
 * {@code --limit SECONDS}.
 */
public final class RingMember {
  private RingMember() {}

  /** Runs this process. */
  public static void main(String[] args) {
    Worker.main(args, RingMember::run);
  }

  private static void run(Worker worker) throws IOException, InterruptedException {
    int members = worker.option("members", 3);
    int me = worker.option("member", 0);
    int before = (me + members - 1) % members;
    int next = (me + 1) % members;
    int rounds = worker.option("rounds", 20);
    // Listening comes first: the next one may already be waiting for us, around the whole ring.
    try (ServerSocket server = worker.listen(service(me));
        Connection to = worker.connect(service(next));
        Connection from = new Connection(server.accept(), "member " + before)) {
      for (int round = 0; round < rounds; round++) {
        to.send(greeting(me, round));
        Message received = from.receive();
        if (!received.equals(greeting(before, round))) {
          throw new WorkerFailure(
              "expected " + greeting(before, round).words() + ", not " + received.words());
        }
        worker.log("round " + round + ": greeted by member " + before);
      }
    }
  }

  /** The service that a member binds. */
  public static String service(int member) {
    return "ring-" + member;
  }

  private static Message greeting(int member, int round) {
    return Message.of("hello" + member, round);
  }
}
