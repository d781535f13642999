package dev.symphony.engine;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where {@link SymphonyConfig} looks: given, so that a test needs neither the user's files nor
 * variables.
 *
 * @param directory the working directory, whose {@code .symphony.yml} comes first; absolute
 * @param home the user's home folder, whose {@code .symphony.yml} comes last; absolute
 * @param environment the environment's variables
 */
public record ConfigSources(Path directory, Path home, Map<String, String> environment) {
  /** Makes the paths absolute and copies the environment. */
  public ConfigSources {
    directory = directory.toAbsolutePath();
    home = home.toAbsolutePath();
    environment = Map.copyOf(environment);
  }

  /** What this program was started with. */
  public static ConfigSources ofThisProgram() {
    Map<String, String> environment = System.getenv();
    String home = environment.get("HOME");
    return new ConfigSources(
        Path.of(""),
        Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home),
        environment);
  }
}
