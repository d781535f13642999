package dev.symphony.commandline;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** What the background of a script is not: there SIGINT is ignored, by all that is started too. */
public final class Interruptible {
  private static final int SIGINT = 2;

  private Interruptible() {}

  /** Skips the test where SIGINT is ignored. */
  public static void needed() throws IOException {
    Path status = Path.of("/proc/self/status");
    for (String line : Files.exists(status) ? Files.readAllLines(status) : List.<String>of()) {
      if (line.startsWith("SigIgn:")) {
        BigInteger ignored = new BigInteger(line.substring(7).strip(), 16);
        Assumptions.assumeFalse(
            ignored.testBit(SIGINT - 1), "SIGINT is ignored, as in the background of a script");
      }
    }
  }
}
