package dev.symphony.kube.internal.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symphony.engine.ProcessName;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NotStartedExceptionTest {
  private static NotStartedException of(String why) {
    Target target = new Target(new ProcessName("g", "p"), "/pods/g", "p");
    return new NotStartedException(target, List.of("prog", "x"), why);
  }

  @Test
  void saysTheInnermostReasonAndTheCodeOfAShell() {
    String layers =
        "Internal error occurred: error executing command in container: failed to exec in"
            + " container: failed to start exec \"83\": OCI runtime exec failed: exec failed: unable"
            + " to start container process: exec: \"prog\": ";
    NotStartedException missing = of(layers + "executable file not found in $PATH: unknown");
    assertEquals(127, missing.exitCode());
    assertEquals(
        "process g/p cannot run prog: there is no such program in its container",
        missing.getMessage());
    NotStartedException denied = of(layers + "permission denied: unknown");
    assertEquals(126, denied.exitCode());
    assertEquals("process g/p cannot run prog: \"prog\": permission denied", denied.getMessage());
    assertEquals("process g/p cannot run prog: no", of("no").getMessage());
  }
}
