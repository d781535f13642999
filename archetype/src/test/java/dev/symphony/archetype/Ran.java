package dev.symphony.archetype;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What one run of a program came to; output and errors in the order in which they were printed. */
record Ran(List<String> command, int exitCode, String output) {
  /** Runs a program to its end, with no input and these variables beside the tests' own. */
  static Ran run(Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    File output = Files.createTempFile("archetype-it", ".log").toFile();
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(output);
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError(command + " does not end: " + Files.readString(output.toPath()));
      }
      return new Ran(command, process.exitValue(), Files.readString(output.toPath()));
    } finally {
      Files.delete(output.toPath());
    }
  }

  /** Its output, once its exit code is the expected one. */
  String exits(int expected) {
    assertEquals(expected, exitCode, () -> String.join(" ", command) + " printed:\n" + output);
    return output;
  }
}
