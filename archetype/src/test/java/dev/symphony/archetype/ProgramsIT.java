package dev.symphony.archetype;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Symphony's own programs, built once more elsewhere; here, where tests have a Maven to run. */
class ProgramsIT {
  private static final Path ROOT = Path.of("..");

  @TempDir Path elsewhere;

  @ParameterizedTest
  @CsvSource({"symphony, symphony.jar", "example-project, myproject.jar"})
  void twoBuildsGiveTheSameBytes(String module, String jar) throws Exception {
    for (String shared : new String[] {".mvn", "LICENSE", "README.md"}) {
      copy(shared);
    }
    copy(module + "/pom.xml");
    copy(module + "/src/main");
    Path again = elsewhere.resolve(module);
    new InnerMaven(elsewhere).run(again, "package", "-Dquick", "-Dmaven.test.skip").exits(0);
    Path built = ROOT.resolve(module).resolve("target").resolve(jar);
    assertEquals(-1, Files.mismatch(built, again.resolve("target").resolve(jar)));
  }

  private void copy(String name) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(name))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path target = elsewhere.resolve(ROOT.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
