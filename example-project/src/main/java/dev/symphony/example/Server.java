package dev.symphony.example;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Answers the questions of several guests, a thread each, and knows when all of them have left.
 *
 * <p>A guest introduces itself with {@code hello NAME}, then asks and is answered until one side
 * says {@code done}. One that leaves without this word has crashed, which {@link #check()} and
 * {@link #awaitFarewell()} report. A connection that never says hello is nobody's.
 */
final class Server {
  private final UnaryOperator<Message> answers;
  private final int expected;
  private final Set<String> dismissed = new HashSet<>();
  private @Nullable WorkerFailure failure;

  /**
   * Starts answering.
   *
   * @param socket where to listen; stays open until the program ends
   * @param expected how many guests come, at some time or other
   * @param answers gives the answer to a message; called by several threads at once
   */
  static Server start(ServerSocket socket, int expected, UnaryOperator<Message> answers) {
    Server server = new Server(expected, answers);
    daemon("reception", () -> server.accept(socket));
    return server;
  }

  private Server(int expected, UnaryOperator<Message> answers) {
    this.expected = expected;
    this.answers = answers;
  }

  private void accept(ServerSocket socket) {
    try {
      while (true) {
        Socket guest = socket.accept();
        daemon("guest", () -> serve(guest));
      }
    } catch (IOException e) {
      fail(new WorkerFailure("cannot accept connections: " + e));
    }
  }

  private void serve(Socket socket) {
    boolean introduced = false;
    try (socket;
        Connection guest = new Connection(socket, "somebody")) {
      guest.introduce(guest.receive().word(0));
      introduced = true;
      guest.send(Message.of("ok"));
      boolean done = false;
      while (!done) {
        Message question = guest.receive();
        Message answer = question.isDone() ? question : answers.apply(question);
        done = answer.isDone();
        guest.send(answer);
      }
      dismiss(guest.peer());
    } catch (WorkerFailure e) {
      if (introduced) {
        fail(e);
      }
    } catch (IOException e) {
      // The guest was gone before it could say hello.
    }
  }

  private synchronized void dismiss(String guest) {
    dismissed.add(guest);
    notifyAll();
  }

  private synchronized void fail(WorkerFailure e) {
    if (failure == null) {
      failure = e;
    }
    notifyAll();
  }

  /** Throws the first failure there was. */
  synchronized void check() {
    if (failure != null) {
      throw failure;
    }
  }

  /** Waits until every expected guest has come and left in peace. */
  synchronized void awaitFarewell() throws InterruptedException {
    while (dismissed.size() < expected) {
      check();
      wait();
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
