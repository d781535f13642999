package dev.symphony.archetype;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A project of the archetype.
 *
 * @param backend its default backend
 * @param groupId its group
 * @param artifactId the name of its folder, its jar and its program
 * @param javaVersion the release of Java that it is for
 */
record GeneratedProject(String backend, String groupId, String artifactId, int javaVersion) {
  /** The folder that all projects of this backend are in; names are unique there only. */
  Path parent() {
    return Path.of(InnerMaven.property("directory")).resolve(backend);
  }

  Path directory() {
    return parent().resolve(artifactId);
  }

  Path jar() {
    return directory().resolve("target").resolve(artifactId + ".jar");
  }

  void generate(InnerMaven maven) throws Exception {
    List<String> properties = new ArrayList<>();
    properties.addAll(List.of("-DgroupId=" + groupId, "-DartifactId=" + artifactId));
    properties.add("-Dversion=1.0");
    // The defaults are asked for by saying nothing.
    if (!backend.equals("local")) {
      properties.add("-DdefaultBackend=" + backend);
    }
    if (javaVersion != 17) {
      properties.add("-DjavaVersion=" + javaVersion);
    }
    Files.createDirectories(parent());
    maven.generate(parent(), properties.toArray(new String[0])).exits(0);
  }

  /** The built jar, started in the project's folder. */
  Ran run(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", "target/" + artifactId + ".jar"));
    command.addAll(List.of(arguments));
    return Ran.run(directory(), environment, command);
  }

  /** The same as a program that starts itself. */
  Ran start(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("target/" + artifactId));
    command.addAll(List.of(arguments));
    return Ran.run(directory(), environment, command);
  }

  /** Variables that keep what is launched below one folder. */
  static Map<String, String> surroundings(Path state) throws IOException {
    Map<String, String> environment = new TreeMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("HOME", Files.createDirectories(state.resolve("home")).toString());
    environment.put("SYMPHONY_HOME", state.resolve("state").toString());
    environment.put("SYMPHONY_PORTS", state.resolve("ports").toString());
    // No folder, so that nothing is made there behind the command's back.
    environment.put("XDG_CACHE_HOME", "none");
    // tmux keeps its sockets there, so that its server is ours alone whatever its name.
    environment.put("TMUX_TMPDIR", Files.createDirectories(state.resolve("tmux")).toString());
    return environment;
  }

  @Override
  public String toString() {
    return artifactId + " for " + backend;
  }
}
