package dev.symphony.commandline;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** A program that tests start as users do, to send it signals. */
public final class LaunchMain extends SymphonyParser {
  @Override
  protected Cluster createCluster() {
    return Cluster.of(clusterName());
  }

  @Override
  protected String programName() {
    return "launch-main";
  }

  @Override
  protected void setup() {
    super.setup();
    addClusterOption("local");
    Subparser create = addSubparser("create").help("launch the experiment");
    create.addArgument("lines").nargs("+").help("a shell line a process");
    addLaunchArguments(create);
  }

  protected int actionCreate(Namespace args) throws Exception {
    ExperimentSpec spec = cluster().newExperiment("rl");
    int number = 0;
    for (Object line : args.getList("lines")) {
      spec.newProcess("p-" + number++).shell(line.toString());
    }
    return launch(spec, args);
  }

  public static void main(String[] args) {
    new LaunchMain().runAndExit(args);
  }
}
