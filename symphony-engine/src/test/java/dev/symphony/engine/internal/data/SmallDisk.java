package dev.symphony.engine.internal.data;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A tmpfs of a test's own, unmounted when it is closed; needs root. */
record SmallDisk(Path folder) implements AutoCloseable {
  static SmallDisk mount(Path folder, String options) throws Exception {
    Files.createDirectories(folder);
    if (run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()) != 0) {
      String reason = "this test needs root that may mount a tmpfs";
      if ("true".equals(System.getenv("CI"))) {
        fail(reason);
      }
      Assumptions.abort(reason);
    }
    return new SmallDisk(folder);
  }

  @Override
  public void close() throws Exception {
    if (run("umount", folder.toString()) != 0) {
      throw new IOException("cannot unmount " + folder);
    }
  }

  private static int run(String... command) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return 127;
    }
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return 124;
    }
    return process.exitValue();
  }
}
