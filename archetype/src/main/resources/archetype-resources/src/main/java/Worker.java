package ${package};

import java.io.IOException;
import java.net.Socket;

/** Counts primes for the server until there is nothing left to do. */
final class Worker {
  private Worker() {}

  /** Takes no arguments. */
  public static void main(String[] args) throws InterruptedException {
    try (Connection server = connect()) {
      server.send(System.getenv("SYMPH_PROCESS"));
      String task = server.receive();
      while (!task.equals(Connection.DONE)) {
        String[] range = task.split(" ");
        long primes = count(Long.parseLong(range[0]), Long.parseLong(range[1]));
        System.out.println(primes + " primes from " + range[0] + " to " + range[1]);
        server.send(Long.toString(primes));
        task = server.receive();
      }
      System.out.println("done");
    } catch (IOException e) {
      System.out.println("failed: " + e.getMessage());
      System.exit(1);
    }
  }

  /** Processes start in any order, so this tries until the server is there. */
  private static Connection connect() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Connection.PATIENCE_MILLIS * 1_000_000L;
    while (true) {
      Socket socket = new Socket();
      try {
        // The name is looked up anew each time: on a cluster it may come later than this process.
        socket.connect(Connection.address(), 2_000);
        return new Connection(socket);
      } catch (IOException e) {
        socket.close();
        if (System.nanoTime() > deadline) {
          throw e;
        }
        Thread.sleep(100);
      }
    }
  }

  /** How many primes there are from a number up to but not including another. */
  static long count(long from, long to) {
    long primes = 0;
    for (long n = Math.max(from, 2); n < to; n++) {
      if (isPrime(n)) {
        primes++;
      }
    }
    return primes;
  }

  private static boolean isPrime(long n) {
    for (long d = 2; d * d <= n; d++) {
      if (n % d == 0) {
        return false;
      }
    }
    return true;
  }
}
