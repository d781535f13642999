package dev.symphony.engine.internal.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.HostScript;
import dev.symphony.spi.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One start through a setsid that does not do its work the first time, or never. */
class DetachedTest {
  @TempDir Path directory;

  @Test
  void startsAgainWhatSomebodyElseEndedOnTheWay() throws Exception {
    start("kill -TERM $$");
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!Files.exists(directory.resolve("ran"))) {
      assertTrue(System.nanoTime() < end, "it has not run");
      Thread.sleep(5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo 'no process left' >&2; exit 1", "rmdir '%s/once'; kill -KILL $$"})
  void saysWhatTheMachineRefusesAndTriesItNotForEver(String always) {
    SymphonyException refused =
        assertThrows(
            SymphonyException.class, () -> start(always.replace("%s", directory.toString())));
    assertEquals(
        "could not start process p: the machine refused another process (see 'ulimit -u') or its"
            + " log",
        refused.getMessage());
  }

  private void start(String firstTime) throws IOException {
    Path programs = Files.createDirectory(directory.resolve("programs"));
    Path setsid = programs.resolve("setsid");
    Files.writeString(
        setsid,
        """
        #!/bin/sh
        if [ "$1$2" = -f/bin/sh ] && mkdir '%s/once' 2>/dev/null; then
          %s
        fi
        exec %s "$@"
        """
            .formatted(directory, firstTime, Programs.find("setsid", System.getenv())));
    assertTrue(setsid.toFile().setExecutable(true));
    Path script = directory.resolve("run.sh");
    Files.writeString(script, "mkdir '" + directory + "/ran'\n");
    HostScript started =
        new HostScript(
            0, new ProcessName(null, "p"), script, List.of(), directory.resolve("log"), "");
    Detached.start(List.of(started), Map.of("PATH", programs + ":/usr/bin:/bin"));
  }
}
