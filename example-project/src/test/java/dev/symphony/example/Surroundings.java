package dev.symphony.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/** State, ports and tmux server of a test's own. */
public final class Surroundings {
  private Surroundings() {}

  /** Environment variables that keep a launch below one directory. */
  public static Map<String, String> below(Path directory) throws IOException {
    Map<String, String> environment = new TreeMap<>();
    environment.put("HOME", Files.createDirectories(directory.resolve("home")).toString());
    environment.put("SYMPHONY_HOME", directory.resolve("state").toString());
    environment.put("SYMPHONY_PORTS", directory.resolve("ports").toString());
    // Who runs these tests at the same time chooses others.
    int first = 10_000 + 40 * ThreadLocalRandom.current().nextInt(550);
    environment.put("SYMPHONY_PORT_RANGE", first + "-" + (first + 39));
    // tmux keeps its sockets there, so that its server is ours alone whatever its name.
    environment.put("TMUX_TMPDIR", Files.createDirectories(directory.resolve("tmux")).toString());
    return environment;
  }

  /** Ends the tmux server that was started in this environment, if there is one. */
  public static void endTmux(Map<String, String> environment) throws Exception {
    ProcessBuilder kill = new ProcessBuilder("tmux", "-L", "__symphony__", "kill-server");
    kill.environment().putAll(environment);
    kill.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    kill.start().waitFor();
  }
}
