package dev.symphony.engine.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.LaunchPlan;
import dev.symphony.engine.LogOptions;
import dev.symphony.engine.State;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Processes that run a class of the launching program's own class path. */
public abstract class MainPromises extends Promises {
  /** Launches {@code Worker} of its class path as {@code main(…)}, then prints or refuses. */
  public static final class Launcher {
    private Launcher() {}

    public static void main(String[] args) throws Exception {
      try (var cluster = dev.symphony.engine.Cluster.of(args[0], LaunchingProgram.split(args[1]))) {
        ExperimentSpec experiment = cluster.newExperiment(args[2]);
        experiment
            .newProcess("worker")
            .main(args[3], List.of("a  b", "$HOME"))
            .jvmOptions("-Dgiven=it's so", "-XX:TieredStopAtLevel=1");
        try {
          LaunchPlan plan = cluster.plan(experiment);
          System.out.println("planned");
          System.in.read();
          cluster.launch(plan);
          System.out.println("launched");
        } catch (dev.symphony.engine.SymphonyException e) {
          System.out.println("refused " + e.getMessage());
        }
      }
    }
  }

  /** Compiles {@code Worker}, whose word is given, into a jar. */
  private void build(Path jar, String word) throws Exception {
    Path sources = Files.createDirectories(dir.resolve("build"));
    Path source = sources.resolve("Worker.java");
    Files.writeString(
        source,
        "public class Worker { public static void main(String[] args) throws Exception {\n"
            + "System.out.println(\""
            + word
            + " \" + args[0] + args[1] + System.getProperty(\"given\"));\n"
            + "while (!new java.io.File(\"go\").exists()) Thread.sleep(20);\n"
            + "System.out.println(\""
            + word
            + " \" + Later.word()); } }\n"
            + "class Later { static String word() { return \"later\"; } }\n");
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", sources.toString(), source.toString()));
    Files.deleteIfExists(jar);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (String name : List.of("Worker.class", "Later.class")) {
        out.putNextEntry(new JarEntry(name));
        out.write(Files.readAllBytes(sources.resolve(name)));
      }
    }
  }

  private String launch(Path jar, String experiment, String type) throws Exception {
    return launch(jar, experiment, type, () -> {});
  }

  private interface Meanwhile {
    void run() throws Exception;
  }

  /** Launches with a class path that the manifest of one jar tells, relative to that jar. */
  private String launch(Path jar, String experiment, String type, Meanwhile meanwhile)
      throws Exception {
    StringBuilder path = new StringBuilder(jar.getFileName().toString());
    for (String element : System.getProperty("java.class.path").split(":")) {
      boolean ours = !element.contains("junit") && !element.contains("surefire");
      if (ours && Files.exists(Path.of(element))) {
        path.append(' ').append(Path.of(element).toUri());
      }
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, path.toString());
    Path starter = jar.resolveSibling("starter.jar");
    try (OutputStream file = Files.newOutputStream(starter)) {
      new JarOutputStream(file, manifest).close();
    }
    List<String> command =
        Jvm.command(
            "starter.jar",
            Launcher.class,
            backend(),
            LaunchingProgram.join(options()),
            experiment,
            type);
    try (Jvm program = Jvm.start(command, environment, jar.getParent())) {
      String line = String.valueOf(program.line());
      if (line.equals("planned")) {
        meanwhile.run();
        program.tell("go");
        line = String.valueOf(program.line());
      }
      return line;
    }
  }

  private List<String> kept() throws Exception {
    return below(state().resolve("classpath")).stream()
        .filter(name -> name.endsWith(".jar") && name.contains("app"))
        .toList();
  }

  @Test
  void whatRunsIsNotBrokenByARebuildAndWhatIsKeptGoesWithItsLastUser() throws Exception {
    Path jar = dir.resolve("work/app.jar");
    build(jar, "first");
    assertEquals("launched", launch(jar, "one", "Worker"));
    assertEquals("launched", launch(jar, "two", "Worker"));
    assertEquals(1, kept().size());
    Eventually.is("log", "first a  b$HOMEit's so\n", () -> read("one"));
    build(jar, "second");
    assertEquals("launched", launch(jar, "three", "Worker"));
    assertEquals(2, kept().size());
    Files.delete(jar);
    Files.createFile(file("go"));
    for (String experiment : List.of("one", "three")) {
      assertEquals(
          State.SUCCEEDED,
          cluster.await(experiment, List.of(), null, false, failure -> {}).outcome());
    }
    assertTrue(read("one").endsWith("\nfirst later\n"), read("one"));
    assertTrue(read("three").endsWith("\nsecond later\n"), read("three"));
    cluster.delete("one");
    assertEquals(2, kept().size());
    cluster.delete("two");
    assertEquals(1, kept().size());
    cluster.delete("three");
    assertEquals(List.of(), kept());
    assertFalse(below(state().resolve("classpath")).stream().anyMatch(name -> name.contains("/")));
  }

  private String read(String experiment) throws Exception {
    return read(experiment, LogOptions.all(), "worker");
  }

  @Test
  void aClassThatIsNotOnTheClassPathIsRefusedInOneLine() throws Exception {
    Path jar = dir.resolve("work/app.jar");
    build(jar, "first");
    String line = launch(jar, "one", "no.such.Worker");
    assertTrue(line.startsWith("refused") && line.contains("no.such.Worker"), line);
    assertTrue(line.contains("worker") && line.contains("class path"), line);
    assertEquals(List.of(), cluster.listExperiments());
    assertEquals(List.of(), below(state()));
  }

  @Test
  void aPlanWhoseJarHasChangedSinceIsRefused() throws Exception {
    Path jar = dir.resolve("work/app.jar");
    build(jar, "first");
    String line = launch(jar, "one", "Worker", () -> build(jar, "second"));
    assertTrue(line.startsWith("refused") && line.contains(jar.toString()), line);
    assertTrue(line.contains("changed"), line);
    assertEquals(List.of(), cluster.listExperiments());
    assertEquals(List.of(), kept());
    assertEquals("launched", launch(jar, "one", "Worker"));
    Eventually.is("log", "second a  b$HOMEit's so\n", () -> read("one"));
  }
}
