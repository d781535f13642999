package dev.symphony.example.casestudies;

import dev.symphony.example.Connection;
import dev.symphony.example.Message;
import dev.symphony.example.Worker;
import java.io.IOException;

/**
 * The master of one group: passes its part of every supertask on to its workers.
 *
 * <p>Options: {@code --group I}, {@code --workers N}, {@code --limit SECONDS}.
 */
public final class IntegrationGroupMaster {
  private IntegrationGroupMaster() {}

  /** Runs this process. */
  public static void main(String[] args) {
    Worker.main(args, IntegrationGroupMaster::run);
  }

  private static void run(Worker worker) throws IOException, InterruptedException {
    int group = worker.option("group", 0);
    try (Children workers =
            Children.await(worker, Integration.groupService(group), worker.option("workers", 2));
        Connection master = worker.connect(Integration.SUPERMASTER)) {
      master.send(Message.of("hello", group));
      Message order = master.receive();
      while (!order.isDone()) {
        master.send(Message.of("sum", workers.integrate(Integration.task(order, group))));
        order = master.receive();
      }
      workers.dismiss();
    }
  }
}
