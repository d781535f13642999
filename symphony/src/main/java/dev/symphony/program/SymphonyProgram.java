package dev.symphony.program;

import dev.symphony.commandline.SymphonyParser;
import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.UsageException;
import java.nio.file.Path;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * The program {@code symphony}: watches and ends experiments of every backend, whoever launched.
 */
public final class SymphonyProgram extends SymphonyParser {
  private boolean launches;
  private boolean sweeps;

  /** Does nothing yet. */
  public SymphonyProgram() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    new SymphonyProgram().runAndExit(args);
  }

  @Override
  protected Cluster createCluster() {
    String named = namedCluster();
    if (named != null) {
      return Cluster.of(named);
    }
    if (launches) {
      // Others' experiments on a cluster that they share are no reason to launch there.
      return Cluster.of("local");
    }
    Cluster found = Cluster.of(Cluster.backendWithExperiments(this::warn));
    if (sweeps && found.isShared()) {
      String backend = found.backend();
      found.close();
      throw new UsageException(
          "the experiments found are on "
              + backend
              + ", where others may have theirs too; to delete all that fit there, add --cluster "
              + backend);
    }
    return found;
  }

  @Override
  protected String programName() {
    return "symphony";
  }

  @Override
  protected String description() {
    return "Watches, ends and launches experiments of many processes. Without --cluster and without"
        + " a configuration it launches on this machine, and looks at the first backend that has"
        + " experiments.";
  }

  @Override
  protected void setup() {
    super.setup();
    addClusterOption();
    Subparser create = addSubparser("create", "c").help("launch an experiment from a file");
    create
        .addArgument("file")
        .metavar("FILE")
        .help(
            "the declaration: .yaml, .yml or .json, as toYaml() and the experiment folder have it");
    addLaunchArguments(create);
    addImageCommands();
  }

  @Override
  protected int actionDelete(Namespace args) throws Exception {
    sweeps = Boolean.TRUE.equals(args.getBoolean("ended"));
    try {
      return super.actionDelete(args);
    } finally {
      sweeps = false;
    }
  }

  @Override
  protected int actionDeleteBatch(Namespace args) throws Exception {
    sweeps = true;
    try {
      return super.actionDeleteBatch(args);
    } finally {
      sweeps = false;
    }
  }

  /** Launches a declaration from a file. */
  public int actionCreate(Namespace args) {
    Path file = Path.of(args.getString("file"));
    launches = true;
    try {
      return launch(ExperimentSpec.load(file, cluster()::newExperiment), args);
    } finally {
      launches = false;
    }
  }
}
