package dev.symphony.commandline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are named modules. */
class NamedModuleTest {
  private static final String PROGRAM =
      """
      package house.program;

      import dev.symphony.commandline.SymphonyParser;
      import dev.symphony.engine.Cluster;
      import net.sourceforge.argparse4j.inf.Namespace;

      final class Main extends SymphonyParser {
        @Override protected Cluster createCluster() {
          return Cluster.of("local");
        }

        @Override protected void setup() {
          super.setup();
          ADD.help("greets");
        }

        protected int actionGreet(Namespace args) {
          return 42;
        }

        public static void main(String[] args) {
          System.exit(new Main().run(args));
        }
      }
      """;

  @TempDir Path folder;
  private final List<String> modules = new ArrayList<>();

  @BeforeEach
  void packModules() throws Exception {
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path) && !path.endsWith("test-classes")) {
        boolean engine = Files.exists(path.resolve("dev/symphony/engine/Cluster.class"));
        modules.add(pack(path, engine ? "dev.symphony.engine" : "dev.symphony.commandline"));
      } else if (entry.contains("symphony-engine")) {
        modules.add(entry);
      } else if (entry.contains("argparse4j")
          || entry.contains("jspecify")
          || entry.contains("jackson-core")
          || entry.contains("slf4j-api")
          || entry.contains("snakeyaml-engine")) {
        modules.add(entry);
      }
    }
  }

  /** A jar with the module name that the build gives it. */
  private String pack(Path classes, String module) throws Exception {
    Path jar = folder.resolve(module + ".jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(new Attributes.Name("Automatic-Module-Name"), module);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        var files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
    return jar.toString();
  }

  @Test
  void saysWhatToOpenWhereAnActionCannotBeReached() throws Exception {
    String ran = run("addSubparser(\"greet\")", "", 1);
    assertTrue(
        ran.startsWith(
            "error: the action of command 'greet' cannot be reached: write 'opens house.program to"
                + " dev.symphony.commandline;' in the module-info of house.program"),
        ran);
  }

  @Test
  void reachesActionsOfAPackageThatIsOpened() throws Exception {
    assertEquals(
        "", run("addSubparser(\"greet\")", "opens house.program to dev.symphony.commandline;", 42));
  }

  @Test
  void needsNothingOpenedForAMethodReference() throws Exception {
    assertEquals("", run("addSubparser(\"greet\", this::actionGreet)", "", 42));
  }

  private String run(String add, String opens, int code) throws Exception {
    Path source = Files.createDirectories(folder.resolve("src/house/program"));
    Files.writeString(source.resolve("Main.java"), PROGRAM.replace("ADD", add));
    Files.writeString(
        folder.resolve("src/module-info.java"),
        "module house.program { requires dev.symphony.commandline; requires dev.symphony.engine;"
            + " requires net.sourceforge.argparse4j; "
            + opens
            + " }");
    String path = String.join(File.pathSeparator, modules);
    String classes = folder.resolve("classes").toString();
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    assertEquals(
        0,
        javac.run(
            System.out,
            System.err,
            "-nowarn",
            "-p",
            path,
            "-d",
            classes,
            folder.resolve("src/module-info.java").toString(),
            source.resolve("Main.java").toString()));
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-p",
                path + File.pathSeparator + classes,
                "-m",
                "house.program/house.program.Main",
                "greet")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String out = new String(java.getInputStream().readAllBytes(), UTF_8);
    assertTrue(java.waitFor(60, TimeUnit.SECONDS));
    assertEquals(code, java.exitValue(), out);
    return out;
  }
}
