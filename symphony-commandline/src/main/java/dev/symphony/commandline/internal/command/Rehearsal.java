package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.view.Terminal;
import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.ClusterProvider;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * What people ask most, on clusters made up for it: a Java virtual machine that plays it knows
 * which classes belong into the program's class-data archive. Nobody sees it, and nothing of the
 * user's is read or changed.
 */
public final class Rehearsal {
  private static final String WORD = "__rehearse";
  private static final String EXPERIMENT = "rehearsal";

  /** So many that each way is taken that a launch of many takes. */
  private static final int MANY = 40;

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("__complete", "p", EXPERIMENT, ""),
          List.of("list-experiments"),
          List.of("list-processes", EXPERIMENT));

  /** Runs a command. */
  public interface Player {
    /** Runs one command on a cluster, which is made on first use and closed afterwards. */
    void run(Terminal terminal, Invocation.Clusters clusters, String... words);
  }

  private final Path directory;
  private final ClusterContext context;
  private final Terminal terminal;

  private Rehearsal(Path directory) {
    Map<String, String> environment = new HashMap<>();
    String path = System.getenv("PATH");
    environment.put("PATH", path == null ? "" : path);
    environment.put("HOME", directory.toString());
    environment.put("TMUX_TMPDIR", directory.toString());
    environment.put("SYMPHONY_HOME", directory.resolve("state").toString());
    environment.put("SYMPHONY_PORTS", directory.resolve("ports").toString());
    this.directory = directory;
    context = ClusterContext.of(environment, directory);
    terminal =
        Terminal.of(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            environment);
  }

  /** Whether a program was run for this: with the word and an empty directory to play in. */
  public static boolean isAsked(String... args) {
    return args.length == 2 && args[0].equals(WORD);
  }

  /** Plays it; what cannot be made up is left out, since a command that fails only says so. */
  public static int play(Player player, String... args) {
    new Rehearsal(Path.of(args[1]).toAbsolutePath()).play(player);
    return 0;
  }

  private void play(Player player) {
    player.run(terminal, this::local, "--help");
    launchOn(this::local, () -> playOn(player, this::local));
    for (ClusterProvider provider : ServiceLoader.load(ClusterProvider.class)) {
      try {
        provider.rehearse(directory, context, clusters -> playOn(player, provider, clusters));
      } catch (SymphonyException e) {
        // It is left out, such as where there is no tmux.
      }
    }
  }

  private void playOn(Player player, ClusterProvider provider, Supplier<Cluster> clusters) {
    if (provider.isRemote()) {
      playOn(player, clusters::get);
    } else {
      launchOn(clusters::get, () -> playOn(player, clusters::get));
      // The second finds what the first has made, such as a server that runs.
      launchOn(clusters::get, () -> {});
    }
  }

  private static void launchOn(Invocation.Clusters clusters, Runnable play) {
    try (Cluster cluster = clusters.get()) {
      ExperimentSpec experiment = cluster.newExperiment(EXPERIMENT);
      experiment.newProcesses("p", MANY, (process, index) -> process.command("true"));
      cluster.launch(experiment);
      play.run();
      cluster.delete(EXPERIMENT);
    }
  }

  private void playOn(Player player, Invocation.Clusters clusters) {
    for (List<String> words : COMMANDS) {
      player.run(terminal, clusters, words.toArray(new String[0]));
    }
  }

  private Cluster local() {
    return Cluster.of("local", Map.of(), context);
  }
}
