package dev.symphony.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a program ends whose main is one call of runAndExit. */
class RunAndExitTest {
  /** Leaves a thread behind that would keep the program going, where it is told to. */
  public static final class Main {
    public static void main(String[] args) {
      if (args[0].equals("lingers")) {
        CountDownLatch never = new CountDownLatch(1);
        new Thread(
                () -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                })
            .start();
      }
      new LaunchMain().runAndExit(args[1]);
    }
  }

  @ParameterizedTest
  @CsvSource({"alone, --help, 0", "lingers, --help, 0", "alone, --nothing, 2"})
  void endsWithTheCodeOfItsCommand(String how, String word, int code) throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                how,
                word)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean ended = program.waitFor(60, TimeUnit.SECONDS);
    program.destroyForcibly();
    assertTrue(ended, "it goes on");
    assertEquals(code, program.exitValue());
  }
}
