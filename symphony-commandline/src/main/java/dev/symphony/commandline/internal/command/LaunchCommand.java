package dev.symphony.commandline.internal.command;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.LaunchOptions;
import dev.symphony.engine.LaunchPlan;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.SymphonyException;
import java.util.HashMap;
import java.util.Map;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/** What every command does that launches an experiment. */
public final class LaunchCommand {
  private static final String REGISTRY = "launch_registry";
  private static final String BASE_IMAGE = "launch_base_image";
  private static final String INSECURE_REGISTRY = "launch_insecure_registry";

  private LaunchCommand() {}

  /** What the options say to the cluster that is to launch, by the names of its own options. */
  public static Map<String, Object> clusterOptions(Namespace args) {
    Map<String, Object> options = new HashMap<>();
    String registry = Invocation.word(args, REGISTRY);
    if (registry != null) {
      options.put("registry", registry);
    }
    String baseImage = Invocation.word(args, BASE_IMAGE);
    if (baseImage != null) {
      options.put("baseImage", baseImage);
    }
    if (Invocation.flag(args, INSECURE_REGISTRY)) {
      options.put("insecureRegistry", true);
    }
    return options;
  }

  /** Declares the options. */
  public static void addArguments(Subparser command) {
    command
        .addArgument("--dry-run")
        .action(Arguments.storeTrue())
        .help("only print what would be launched");
    command
        .addArgument("--dry-run-server")
        .action(Arguments.storeTrue())
        .help("the same, and have the backend check it as far as it can without launching");
    command
        .addArgument("--image")
        .metavar("REF")
        .help("the image of processes that name none, where processes run in images");
    addImageArguments(command);
    command
        .addArgument("--force")
        .action(Arguments.storeTrue())
        .help("delete an existing experiment of the same name first");
    command
        .addArgument("--attach")
        .action(Arguments.storeTrue())
        .help("follow all logs until everything has ended; Ctrl-C stops the experiment");
  }

  /** Declares those that say where an image of the class path goes. */
  static void addImageArguments(Subparser command) {
    command
        .addArgument("--registry")
        .metavar("REG")
        .dest(REGISTRY)
        .help("where an image of this program goes, for processes of main(…) that name none");
    command
        .addArgument("--base-image")
        .metavar("REF")
        .dest(BASE_IMAGE)
        .help("what that image stands on; by default an image of this Java's release");
    command
        .addArgument("--insecure-registry")
        .dest(INSECURE_REGISTRY)
        .action(Arguments.storeTrue())
        .help("let it go over plain HTTP, or to a registry whose certificate is not trusted");
  }

  /** Launches, tells what runs, and follows it where wanted. */
  public static int run(Invocation in, ExperimentSpec experiment, Namespace args) {
    Cluster cluster = in.cluster();
    giveImage(experiment, Invocation.word(args, "image"));
    boolean ask = Invocation.flag(args, "dry_run_server");
    if (ask || Invocation.flag(args, "dry_run")) {
      dryRun(in, cluster.plan(experiment), ask);
      return 0;
    }
    LaunchOptions options = new LaunchOptions(Invocation.flag(args, "force"), false);
    Patience patience = new Patience(in);
    try (Interrupts interrupts = Interrupts.respond(patience)) {
      LaunchPlan plan;
      try {
        plan = cluster.launch(experiment, options);
      } catch (SymphonyException e) {
        if (interrupts.happened()) {
          in.note("nothing is left of it; it ended with: " + e.getMessage());
          return ErrorReport.INTERRUPTED;
        }
        throw e;
      }
      if (patience.over()) {
        cluster.delete(plan.experiment());
        in.note("removed " + plan.experiment());
        return ErrorReport.INTERRUPTED;
      }
      remember(in, plan);
      LaunchSummary.print(plan, in.commandLine(""), in.terminal().out());
      return Invocation.flag(args, "attach") ? Attachment.run(in, plan, interrupts) : 0;
    }
  }

  private static void giveImage(ExperimentSpec experiment, @Nullable String image) {
    if (image == null) {
      return;
    }
    for (ProcessSpec process : experiment.listAllProcesses()) {
      if (process.getImage() == null) {
        process.image(image);
      }
    }
  }

  private static void dryRun(Invocation in, LaunchPlan plan, boolean ask) {
    in.terminal().out().print(plan.toYaml());
    if (ask) {
      for (String line : in.cluster().validate(plan)) {
        in.note(line);
      }
    }
  }

  /** Makes it the current experiment; it runs also where that cannot be written down. */
  private static void remember(Invocation in, LaunchPlan plan) {
    try {
      in.cluster().setExperimentUnchecked(plan.experiment());
    } catch (SymphonyException e) {
      in.warn(plan.experiment() + " is not the current experiment: " + e.getMessage());
    }
  }

  /**
   * Lets a launch come to its end before it is undone: half a launch is harder to remove than a
   * whole one, and a whole one takes seconds. A signal that comes when the launch is over undoes
   * nothing, and promises nothing.
   */
  static final class Patience implements Interrupts.Response {
    private final Invocation in;
    private final Thread launching = Thread.currentThread();
    private boolean interrupted;
    private boolean over;

    Patience(Invocation in) {
      this.in = in;
    }

    @Override
    public synchronized void interrupted(int count) {
      if (over && !interrupted) {
        return;
      }
      interrupted = true;
      if (count == 1) {
        in.note("interrupted: what was started is removed");
      } else {
        launching.interrupt();
      }
    }

    /** The launch is over; whether it is to be undone. */
    synchronized boolean over() {
      over = true;
      return interrupted;
    }
  }
}
