import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.LaunchPlan;
import java.nio.file.Path;

/** Launches a spec file in a fresh Java virtual machine; prints the milliseconds of the call. */
public final class LaunchFile {
  public static void main(String[] args) {
    try (Cluster cluster = Cluster.of(args[0])) {
      LaunchPlan plan = cluster.plan(ExperimentSpec.load(Path.of(args[1]), cluster::newExperiment));
      long begin = System.nanoTime();
      cluster.launch(plan);
      System.out.println((System.nanoTime() - begin) / 1_000_000);
    }
    System.exit(0);
  }
}
