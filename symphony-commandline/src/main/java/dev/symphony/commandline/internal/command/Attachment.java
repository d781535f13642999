package dev.symphony.commandline.internal.command;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.LaunchPlan;
import dev.symphony.engine.LogOptions;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.Verdict;
import java.util.List;

/** Follows an experiment from its launch to its end; the user's Ctrl-C stops it. */
final class Attachment {
  private Attachment() {}

  /**
   * Prints all logs until everything has ended.
   *
   * @param launching what looked out for signals before
   * @return the verdict's exit code
   */
  static int run(Invocation in, LaunchPlan plan, Interrupts launching) {
    String experiment = plan.experiment();
    Ending ending = new Ending(in, experiment);
    try (Interrupts interrupts = Interrupts.respond(ending)) {
      if (launching.happened() && !interrupts.happened()) {
        ending.interrupted(1);
      }
      new ShowLogs(in.session())
          .run(experiment, plan.processNames(), LogOptions.all().withFollow(true), false);
      Verdict verdict =
          in.cluster()
              .await(
                  experiment,
                  List.of(),
                  null,
                  false,
                  new WaitCommand.Failures(in.terminal().err()));
      WaitCommand.tell(in, experiment, verdict, false);
      return verdict.exitCode();
    }
  }

  /** Stops the experiment at the first signal, kills it at the second, gives up at the third. */
  private static final class Ending implements Interrupts.Response {
    private final Invocation in;
    private final String experiment;

    Ending(Invocation in, String experiment) {
      this.in = in;
      this.experiment = experiment;
    }

    @Override
    public void interrupted(int count) {
      Cluster cluster = in.cluster();
      try {
        if (count == 1) {
          in.note("stopping " + experiment + "; Ctrl-C again kills it");
          cluster.stop(experiment, List.of());
        } else if (count == 2) {
          in.note("killing " + experiment);
          cluster.kill(experiment, List.of());
        } else {
          Runtime.getRuntime().halt(ErrorReport.INTERRUPTED);
        }
      } catch (SymphonyException e) {
        in.note("error: " + e.getMessage());
      }
    }
  }
}
