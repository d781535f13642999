import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;

/** Launches N processes in a fresh Java virtual machine; prints the milliseconds of the call. */
public final class Launch {
  public static void main(String[] args) {
    Cluster cluster = Cluster.of(args[0]);
    ExperimentSpec experiment = cluster.newExperiment(args[1]);
    experiment.newProcesses(
        "p",
        Integer.parseInt(args[2]),
        (process, index) -> process.command("/bin/sh", "-c", "echo started; exec sleep " + System.getenv("SLEEP")));
    long begin = System.nanoTime();
    cluster.launch(experiment);
    System.out.println((System.nanoTime() - begin) / 1_000_000);
    System.exit(0);
  }
}
