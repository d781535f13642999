package dev.symphony.example;

import dev.symphony.commandline.SymphonyParser;
import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.UsageException;
import java.util.ArrayList;
import java.util.List;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/**
 * The command line of this project: every command of Symphony, and a {@code create} that launches a
 * distributed training.
 *
 * <pre>
 * agent-0, agent-1, …   play with perturbed policies
 *      |        ^
 *      v        |
 *   replay -&gt; learner -&gt; tensorboard     the group nonagent
 *               ^ |
 *               | v
 *              eval-0   measures the policy and says when it is good enough
 * </pre>
 */
public final class MyProject extends SymphonyParser {
  /** Small programs that start fast: a little heap, one thread for garbage, one quick compiler. */
  private static final String[] JVM_OPTIONS = {
    "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"
  };

  /** Runs a command and ends with its exit code. */
  public static void main(String[] args) {
    new MyProject().runAndExit(args);
  }

  @Override
  protected Cluster createCluster() {
    return Cluster.of(clusterName());
  }

  @Override
  protected void setup() {
    super.setup();
    addClusterOption("local");
    Subparser create = addSubparser("create", "c").help("launch the training");
    create.addArgument("name").nargs("?").setDefault("rl").help("name of the experiment (rl)");
    create
        .addArgument("--agents")
        .metavar("N")
        .type(Integer.class)
        .setDefault(2)
        .help("how many play (2)");
    create
        .addArgument("--seed")
        .metavar("N")
        .type(Integer.class)
        .help("makes the randomness of each worker repeatable");
    create
        .addArgument("--speed")
        .metavar("N")
        .type(Integer.class)
        .setDefault(50)
        .help("how many times faster than real time the agents play (50; 0: as fast as they can)");
    addLaunchArguments(create);
    addImageCommands();
  }

  /** Launches the training. */
  public int actionCreate(Namespace args) throws Exception {
    if (args.getInt("agents") < 1) {
      throw new UsageException("--agents takes 1 or more: without agents nothing is learned");
    }
    ExperimentSpec rl = cluster().newExperiment(args.getString("name"));
    declare(rl, args.getInt("agents"), args.getInt("speed"), args.getInt("seed"));
    return launch(rl, args);
  }

  /** Declares all processes of the training. */
  static void declare(ExperimentSpec rl, int agents, int speed, @Nullable Integer seed) {
    String number = Integer.toString(agents);
    ProcessGroupSpec nonagent = rl.newProcessGroup("nonagent");
    worker(nonagent.newProcess("learner"), Learner.class, seed, "--agents", number)
        .binds("parameter-server")
        .connects("replay-server");
    worker(nonagent.newProcess("replay"), Replay.class, seed, "--agents", number)
        .binds("replay-server");
    worker(nonagent.newProcess("tensorboard"), Tensorboard.class, seed)
        .connects("parameter-server")
        .exposes("tensorboard");
    worker(rl.newProcess("eval-0"), Eval.class, seed).connects("parameter-server");
    for (ProcessSpec agent : rl.newProcesses("agent", agents)) {
      worker(agent, Agent.class, seed, "--speed", Integer.toString(speed))
          .connects("parameter-server", "replay-server");
    }
  }

  private static ProcessSpec worker(
      ProcessSpec process, Class<?> type, @Nullable Integer seed, String... options) {
    List<String> args = new ArrayList<>(List.of(options));
    if (seed != null) {
      args.add("--seed");
      args.add(seed.toString());
    }
    return process.main(type, args.toArray(new String[0])).jvmOptions(JVM_OPTIONS);
  }
}
