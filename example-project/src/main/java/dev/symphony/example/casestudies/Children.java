package dev.symphony.example.casestudies;

import dev.symphony.example.Connection;
import dev.symphony.example.Message;
import dev.symphony.example.Worker;
import dev.symphony.example.WorkerFailure;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The processes below a master: it gives each of them a part and adds up what they answer. */
final class Children implements AutoCloseable {
  private final List<Connection> children;

  private Children(List<Connection> children) {
    this.children = children;
  }

  /** Waits until this many children have connected to a service and said hello, in any order. */
  static Children await(Worker worker, String service, int count) throws IOException {
    List<Connection> children = new ArrayList<>();
    boolean[] seen = new boolean[count];
    try (ServerSocket server = worker.listen(service)) {
      while (children.size() < count) {
        Connection child = new Connection(server.accept(), "a child on " + service);
        int index = child.receive().whole(0);
        if (index < 0 || index >= count || seen[index]) {
          throw new WorkerFailure("child " + index + " of " + count + " came unexpectedly");
        }
        seen[index] = true;
        children.add(child);
      }
    }
    return new Children(children);
  }

  /** Cuts a range into one part a child, sends all parts to all, and adds up their sums. */
  double integrate(Integration.Range range) {
    Message tasks = Integration.tasks(range.split(children.size()));
    for (Connection child : children) {
      child.send(tasks);
    }
    double sum = 0;
    for (Connection child : children) {
      sum += child.receive().number(0);
    }
    return sum;
  }

  /** Closes the connections. */
  @Override
  public void close() {
    for (Connection child : children) {
      child.close();
    }
  }

  /** Tells all children to end with success. */
  void dismiss() {
    for (Connection child : children) {
      child.send(Message.of(Message.DONE));
    }
  }
}
