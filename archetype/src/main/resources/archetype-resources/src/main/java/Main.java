package ${package};

import dev.symphony.commandline.SymphonyParser;
import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.UsageException;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * The command line of this project: every command of Symphony, and a {@code create} that launches
 * an experiment of its own. A server hands out work, and workers count primes.
 */
public final class Main extends SymphonyParser {
  /** Runs one command and ends with its exit code. */
  public static void main(String[] args) {
    new Main().runAndExit(args);
  }

  /** Where experiments run: what {@code --cluster} says, else .symphony.yml, else the default. */
  @Override
  protected Cluster createCluster() {
    return Cluster.of(clusterName());
  }

  @Override
  protected void setup() {
    super.setup();
    addClusterOption("${defaultBackend}");
    Subparser create = addSubparser("create", "c").help("launch the experiment: count primes");
    create.addArgument("name").nargs("?").setDefault("primes").help("what to call it (primes)");
    create
        .addArgument("--workers")
        .metavar("N")
        .type(Integer.class)
        .setDefault(2)
        .help("how many count (2)");
    create
        .addArgument("--below")
        .metavar("N")
        .type(Integer.class)
        .setDefault(10_000_000)
        .help("count the primes below this number (10000000)");
    addLaunchArguments(create);
    addImageCommands();
  }

  /** Carries out {@code create}: its name leads here. */
  public int actionCreate(Namespace args) {
    if (args.getInt("workers") < 1) {
      throw new UsageException("--workers takes 1 or more: somebody has to count");
    }
    ExperimentSpec primes = cluster().newExperiment(args.getString("name"));
    declare(primes, args.getInt("workers"), args.getInt("below"));
    return launch(primes, args);
  }

  /** Declares the processes, and who reaches whom under which name. */
  static void declare(ExperimentSpec primes, int workers, int below) {
    primes
        .newProcess("server")
        .main(Server.class, Integer.toString(workers), Integer.toString(below))
        .binds(Connection.SERVICE);
    primes.newProcesses(
        "worker", workers, (worker, i) -> worker.main(Worker.class).connects(Connection.SERVICE));
  }
}
