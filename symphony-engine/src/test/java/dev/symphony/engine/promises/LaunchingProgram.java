package dev.symphony.engine.promises;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.LaunchPlan;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.SymphonyException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;

/**
 * A program that launches experiments, all at once, when it is sent a line.
 *
 * <p>Arguments: the backend, its options as {@code name=value,…}, how many processes each
 * experiment has, the command that they run, and the names; each process binds a service. Prints
 * {@code ready}, then for each name {@code launched NAME PORT…} or {@code refused NAME CODE
 * MESSAGE}.
 */
public final class LaunchingProgram {
  private LaunchingProgram() {}

  /** The options as one argument. */
  static String join(Map<String, String> options) {
    StringBuilder text = new StringBuilder();
    options.forEach((name, value) -> text.append(name).append('=').append(value).append(','));
    return text.toString();
  }

  static Map<String, String> split(String text) {
    Map<String, String> options = new HashMap<>();
    for (String option : text.split(",")) {
      int equals = option.indexOf('=');
      if (equals > 0) {
        options.put(option.substring(0, equals), option.substring(equals + 1));
      }
    }
    return options;
  }

  public static void main(String[] args) throws Exception {
    int processes = Integer.parseInt(args[2]);
    List<Thread> threads = new ArrayList<>();
    try (Cluster cluster = Cluster.of(args[0], split(args[1]))) {
      System.out.println("ready");
      new Scanner(System.in).nextLine();
      for (String name : List.of(args).subList(4, args.length)) {
        Thread thread = new Thread(() -> launch(cluster, name, processes, args[3]));
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private static void launch(Cluster cluster, String name, int processes, String command) {
    ExperimentSpec experiment = cluster.newExperiment(name);
    for (int i = 0; i < processes; i++) {
      experiment.newProcess("p-" + i).binds("s-" + i).command("sh", "-c", command);
    }
    String line;
    try {
      LaunchPlan plan = cluster.launch(experiment);
      StringBuilder text = new StringBuilder("launched " + name);
      for (ServiceAddress service : plan.services()) {
        text.append(' ').append(service.port());
      }
      line = text.toString();
    } catch (SymphonyException e) {
      line = "refused " + name + " " + e.exitCode() + " " + e.getMessage();
    } catch (RuntimeException bug) {
      line = "bug " + name + " " + bug;
    }
    synchronized (System.out) {
      System.out.println(line);
    }
  }
}
