package dev.symphony.example;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * What every worker shares: how it finds its services, its randomness, its options, and how it
 * ends.
 *
 * <p>A worker is an ordinary program. It learns from {@code SYMPH_<SERVICE>_HOST} and {@code
 * SYMPH_<SERVICE>_PORT} where to listen and where to connect, and ends with exit code 0 when the
 * work is done, or prints one line and ends with 1.
 */
public final class Worker {
  /** What a worker does; returning means success. */
  @FunctionalInterface
  public interface Job {
    /** Does the whole work. */
    void run(Worker worker) throws IOException, InterruptedException;
  }

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);

  private final String name;
  private final Map<String, String> environment;
  private final Map<String, String> options;
  private final PrintStream log;
  private volatile String status = "";
  private final long started = System.nanoTime();

  private Worker(Map<String, String> environment, String[] args, PrintStream log) {
    this.environment = environment;
    this.log = log;
    name = environment.getOrDefault("SYMPH_PROCESS", "worker");
    options = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!args[i].startsWith("--") || i + 1 == args.length) {
        throw new WorkerFailure("expected --OPTION VALUE pairs, not '" + args[i] + "'");
      }
      options.put(args[i].substring(2), args[i + 1]);
    }
  }

  /** Runs a job in this program's environment and ends the program. */
  public static void main(String[] args, Job job) {
    System.exit(run(System.getenv(), args, System.out, job));
  }

  /**
   * Runs a job and gives its exit code.
   *
   * @param environment where services, the process's name and its replica index are looked up
   * @param args pairs of {@code --option value}
   */
  static int run(Map<String, String> environment, String[] args, PrintStream log, Job job) {
    try {
      Worker worker = new Worker(environment, args, log);
      Thread watch = new Thread(worker::giveUp, "time limit");
      watch.setDaemon(true);
      watch.start();
      job.run(worker);
      return 0;
    } catch (PeerLost e) {
      log.println("failed: " + e.getMessage());
      pause();
    } catch (WorkerFailure e) {
      log.println("failed: " + e.getMessage());
    } catch (IOException e) {
      log.println("failed: " + e);
    } catch (InterruptedException e) {
      log.println("failed: interrupted");
    }
    return 1;
  }

  /** Whoever looks at the ends of all processes should find that the cause ended first. */
  private static void pause() {
    try {
      Thread.sleep(1000);
    } catch (InterruptedException e) {
      // Then there is no more time.
    }
  }

  /** A job may hang in any read or write, so that only ending the program ends it for sure. */
  private void giveUp() {
    int limit = option("limit", 600);
    try {
      Thread.sleep(Duration.ofSeconds(limit).toMillis());
    } catch (InterruptedException e) {
      return;
    }
    log("failed: not done after " + limit + " s, giving up" + status);
    Runtime.getRuntime().halt(1);
  }

  /** The name of this process, {@code worker} outside of any experiment. */
  public String name() {
    return name;
  }

  /** Which of its replicas this process is, counted from 0; 0 where there are none. */
  public int replica() {
    return Integer.parseInt(environment.getOrDefault("SYMPH_REPLICA_INDEX", "0"));
  }

  /** The whole number given as {@code --name}, or the default. */
  public int option(String option, int byDefault) {
    String value = options.get(option);
    try {
      return value == null ? byDefault : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new WorkerFailure("--" + option + " takes a whole number, not '" + value + "'");
    }
  }

  /** Seconds since this worker began. */
  double seconds() {
    return (System.nanoTime() - started) / 1e9;
  }

  /** Says how far the work is, for the line that is printed when time is up. */
  void status(String status) {
    this.status = ": " + status;
  }

  /** Prints one line. */
  public void log(String line) {
    log.println(line);
  }

  /**
   * Makes this worker's source of randomness.
   *
   * <p>With {@code --seed N} it is the same in every run, and another one in every worker: the seed
   * is mixed with the role and the replica index.
   *
   * @param role what this worker does, the same for all its replicas
   */
  Random random(String role) {
    if (!options.containsKey("seed")) {
      return new Random();
    }
    long mixed = option("seed", 0) * 1_000_003L + role.hashCode() * 31L + replica();
    // Random itself begins alike for seeds that are close to each other.
    return new Random(new SplittableRandom(mixed).nextLong());
  }

  /** Listens on a service that this process binds or exposes. */
  public ServerSocket listen(String service) throws IOException {
    InetSocketAddress address = address(service);
    ServerSocket server = new ServerSocket();
    try {
      server.bind(address);
    } catch (IOException e) {
      server.close();
      throw new WorkerFailure("cannot listen on " + service + " at " + address + ": " + e);
    }
    log("listening on " + service + " at " + address.getHostString() + ":" + address.getPort());
    return server;
  }

  /**
   * Connects to a service that another process binds, and keeps trying until it is there: processes
   * start in any order.
   */
  public Connection connect(String service) throws IOException, InterruptedException {
    status("waiting for " + service);
    while (true) {
      // The name is looked up again each time: on Kubernetes it appears with its service.
      InetSocketAddress address = address(service);
      Socket socket = new Socket();
      try {
        socket.connect(address, 2000);
        status("connected to " + service);
        return new Connection(socket, service);
      } catch (IOException e) {
        socket.close();
        Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
      }
    }
  }

  /** Where a service is, from the environment. */
  InetSocketAddress address(String service) {
    String prefix = "SYMPH_" + service.toUpperCase(Locale.ROOT).replace('-', '_');
    String host = variable(prefix + "_HOST");
    String port = variable(prefix + "_PORT");
    try {
      return new InetSocketAddress(host, Integer.parseInt(port));
    } catch (IllegalArgumentException e) {
      throw new WorkerFailure(prefix + "_PORT is no port: '" + port + "'");
    }
  }

  private String variable(String variable) {
    String value = environment.get(variable);
    if (value == null) {
      throw new WorkerFailure(variable + " is not set: launch this worker with Symphony");
    }
    return value;
  }
}
