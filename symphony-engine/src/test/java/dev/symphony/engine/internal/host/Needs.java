package dev.symphony.engine.internal.host;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** What a test needs of the machine: missing, it is skipped with the reason, and fails in CI. */
final class Needs {
  private Needs() {}

  static void program(String name) {
    for (String directory : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(directory, name))) {
        return;
      }
    }
    that(false, "the program " + name);
  }

  static void linux() {
    that(Files.exists(Path.of("/proc/self/stat")), "Linux");
  }

  static void that(boolean given, String what) {
    if (!given && "true".equals(System.getenv("CI"))) {
      fail("this test needs " + what);
    }
    Assumptions.assumeTrue(given, "this test needs " + what);
  }
}
