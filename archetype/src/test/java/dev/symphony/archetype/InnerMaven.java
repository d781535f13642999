package dev.symphony.archetype;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Maven that runs the tests, run by them as a user would: with a local repository of the
 * tests', where Symphony is installed, so that the user's own is only read.
 */
final class InnerMaven {
  private final List<String> command = new ArrayList<>();

  /**
   * Prepares it.
   *
   * @param directory where its settings are written
   */
  InnerMaven(Path directory) throws Exception {
    Path settings = directory.resolve("settings.xml");
    Path outer = Path.of(property("outer-repository"));
    InnerSettings.read(file("settings")).withRepository(outer).write(settings);
    command.addAll(List.of(property("maven"), "-B", "-s", settings.toString()));
    Path global = file("global-settings");
    if (Files.exists(global)) {
      Path copy = directory.resolve("global-settings.xml");
      InnerSettings.read(global).write(copy);
      command.addAll(List.of("-gs", copy.toString()));
    }
    if (property("offline").equals("offline true")) {
      command.addAll(List.of("-o", "-Daether.offline.protocols=file"));
    }
    command.add("-Dmaven.repo.local=" + property("repository"));
  }

  /** Runs goals in a directory. */
  Ran run(Path directory, String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of(arguments));
    // Each run is short: the quick compiler is enough.
    String options = System.getenv().getOrDefault("MAVEN_OPTS", "") + " -XX:TieredStopAtLevel=1";
    Map<String, String> environment =
        Map.of("JAVA_HOME", System.getProperty("java.home"), "MAVEN_OPTS", options);
    return Ran.run(directory, environment, words);
  }

  /** Generates a project into a folder of its artifactId below a directory. */
  Ran generate(Path directory, String... properties) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.add(property("plugin") + ":generate");
    arguments.add("-DarchetypeCatalog=local");
    arguments.add("-DarchetypeGroupId=dev.symphony");
    arguments.add("-DarchetypeArtifactId=symphony-archetype");
    arguments.add("-DarchetypeVersion=" + property("version"));
    arguments.addAll(List.of(properties));
    return run(directory, arguments.toArray(new String[0]));
  }

  static String property(String name) {
    return System.getProperty("archetype." + name);
  }

  /** A property that holds a path behind a word, which tells Maven that it is text. */
  private static Path file(String name) {
    return Path.of(property(name).substring("file ".length()));
  }
}
