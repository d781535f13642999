import dev.symphony.commandline.SymphonyParser;
import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** A project of one process, for bench/image. */
public final class Tiny extends SymphonyParser {
  public static void main(String[] args) {
    new Tiny().runAndExit(args);
  }

  @Override
  protected Cluster createCluster() {
    return Cluster.of(clusterName());
  }

  @Override
  protected void setup() {
    super.setup();
    addClusterOption("kube");
    Subparser create = addSubparser("create").help("launch one process");
    create.addArgument("name").help("name of the experiment");
    addLaunchArguments(create);
    addImageCommands();
  }

  public int actionCreate(Namespace args) {
    ExperimentSpec experiment = cluster().newExperiment(args.getString("name"));
    experiment.newProcess("worker").main(Worker.class);
    return launch(experiment, args);
  }

  /** Says something. */
  public static final class Worker {
    public static void main(String[] args) {
      System.out.println("number 0");
    }
  }
}
