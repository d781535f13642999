package dev.symphony.example.casestudies;

import dev.symphony.example.Connection;
import dev.symphony.example.Message;
import dev.symphony.example.Worker;
import java.io.IOException;

/**
 * A leaf of the tree: integrates x² over the ranges its group master gives it.
 *
 * <p>Options: {@code --group I}, {@code --worker I} (its place in the group; by default its replica
 * index), {@code --limit SECONDS}.
 */
public final class IntegrationWorker {
  private IntegrationWorker() {}

  /** Runs this process. */
  public static void main(String[] args) {
    Worker.main(args, IntegrationWorker::run);
  }

  private static void run(Worker worker) throws IOException, InterruptedException {
    int me = worker.option("worker", worker.replica());
    try (Connection master = worker.connect(Integration.groupService(worker.option("group", 0)))) {
      master.send(Message.of("hello", me));
      Message order = master.receive();
      while (!order.isDone()) {
        master.send(Message.of("sum", Integration.task(order, me).integrate(x -> x * x)));
        order = master.receive();
      }
    }
  }
}
