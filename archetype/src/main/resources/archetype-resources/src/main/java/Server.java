package ${package};

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Hands out the numbers to look at, and adds up what the workers find. */
final class Server {
  /** How many numbers a worker gets at a time. */
  private static final int PORTION = 500_000;

  private final long below;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong primes = new AtomicLong();

  private Server(long below) {
    this.below = below;
  }

  /** Takes the number of workers to expect, and the number below which they count. */
  public static void main(String[] args) throws InterruptedException {
    Server server = new Server(Long.parseLong(args[1]));
    try {
      server.serve(Integer.parseInt(args[0]));
      System.out.println(server.primes + " primes below " + server.below);
      System.exit(0);
    } catch (IOException e) {
      System.out.println("failed: " + e.getMessage());
      Thread.sleep(1000); // What failed first is to be seen to have ended first.
      System.exit(1); // The workers notice that their connections end, and end as well.
    }
  }

  /** Returns when every worker has come and has been told that all is done. */
  private void serve(int workers) throws IOException, InterruptedException {
    CompletionService<Void> served =
        new ExecutorCompletionService<>(Executors.newFixedThreadPool(workers));
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(Connection.address());
      socket.setSoTimeout(Connection.PATIENCE_MILLIS);
      for (int i = 0; i < workers; i++) {
        Socket worker = socket.accept();
        served.submit(() -> handOut(worker));
      }
      for (int i = 0; i < workers; i++) {
        served.take().get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a worker is missing: " + e.getCause().getMessage(), e);
    }
  }

  /** Gives one worker portion after portion until there are none left. */
  private Void handOut(Socket socket) throws IOException {
    try (Connection worker = new Connection(socket)) {
      System.out.println(worker.receive() + " is here");
      for (long from = next.getAndAdd(PORTION); from < below; from = next.getAndAdd(PORTION)) {
        worker.send(from + " " + Math.min(from + PORTION, below));
        primes.addAndGet(Long.parseLong(worker.receive()));
      }
      worker.send(Connection.DONE);
    }
    return null;
  }
}
