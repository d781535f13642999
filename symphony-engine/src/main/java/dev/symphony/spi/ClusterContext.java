package dev.symphony.spi;

import dev.symphony.engine.SymphonyConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster may know of its surroundings, taken once when it is created.
 *
 * @param stateDirectory where state lives: {@code $SYMPHONY_HOME}, else {@code
 *     $XDG_STATE_HOME/symphony}, else {@code ~/.local/state/symphony}
 * @param home the user's home folder
 * @param workingDirectory what relative paths start from
 * @param environment the launching program's environment
 * @param username the prefix of new experiments; null for none
 * @param experimentFolder where launched declarations are saved for people; null for nowhere
 * @param clock tells the time of day
 * @param machine the root of the files that tell which machine this is; {@code /}
 */
public record ClusterContext(
    Path stateDirectory,
    Path home,
    Path workingDirectory,
    Map<String, String> environment,
    @Nullable String username,
    @Nullable Path experimentFolder,
    InstantSource clock,
    Path machine) {

  /** The surroundings of this program, and the configuration as it is now. */
  public static ClusterContext system() {
    Map<String, String> environment = System.getenv();
    Path home = homeFrom(environment);
    SymphonyConfig config = SymphonyConfig.get();
    return new ClusterContext(
        stateFrom(environment, home),
        home,
        Path.of("").toAbsolutePath(),
        environment,
        config.username().orElse(null),
        config.experimentFolder().orElse(null),
        InstantSource.system(),
        Path.of("/"));
  }

  /**
   * The surroundings for a given environment, with the home folder, and so the state, as it says;
   * no username, no experiment folder.
   */
  public static ClusterContext of(Map<String, String> environment, Path workingDirectory) {
    Path home = homeFrom(environment);
    return new ClusterContext(
        stateFrom(environment, home),
        home,
        workingDirectory.toAbsolutePath(),
        Map.copyOf(environment),
        null,
        null,
        InstantSource.system(),
        Path.of("/"));
  }

  /** The same with a username. */
  public ClusterContext withUsername(@Nullable String name) {
    return new ClusterContext(
        stateDirectory,
        home,
        workingDirectory,
        environment,
        name,
        experimentFolder,
        clock,
        machine);
  }

  /** The same with an experiment folder. */
  public ClusterContext withExperimentFolder(@Nullable Path folder) {
    return new ClusterContext(
        stateDirectory, home, workingDirectory, environment, username, folder, clock, machine);
  }

  /** The same on a machine that the files below another root describe, for tests. */
  public ClusterContext withMachine(Path root) {
    return new ClusterContext(
        stateDirectory,
        home,
        workingDirectory,
        environment,
        username,
        experimentFolder,
        clock,
        root);
  }

  private static Path homeFrom(Map<String, String> environment) {
    String home = environment.get("HOME");
    return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home)
        .toAbsolutePath();
  }

  private static Path stateFrom(Map<String, String> environment, Path home) {
    String own = environment.get("SYMPHONY_HOME");
    if (own != null && !own.isEmpty()) {
      return Path.of(own).toAbsolutePath();
    }
    String state = environment.get("XDG_STATE_HOME");
    boolean usable = state != null && state.startsWith("/");
    return usable
        ? Path.of(state).resolve("symphony")
        : home.resolve(".local").resolve("state").resolve("symphony");
  }
}
