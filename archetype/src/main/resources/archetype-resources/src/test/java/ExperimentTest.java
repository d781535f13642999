package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.State;
import dev.symphony.engine.Verdict;
import dev.symphony.spi.ClusterContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole experiment as processes on this machine, with a state directory of its own. */
class ExperimentTest {
  @TempDir Path directory;

  @Test
  void countsThePrimes() throws Exception {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("SYMPHONY_HOME", directory.resolve("state").toString());
    ClusterContext context = ClusterContext.of(environment, directory);

    try (Cluster cluster = Cluster.of("local", Map.of(), context)) {
      ExperimentSpec primes = cluster.newExperiment("primes");
      Main.declare(primes, 2, 2_000_000);
      cluster.launch(primes);
      try {
        Verdict verdict =
            cluster.await("primes", List.of(), Duration.ofMinutes(1), true, failure -> {});
        String log = Files.readString(cluster.logFile("primes", ProcessName.parse("server")));
        assertEquals(State.SUCCEEDED, verdict.outcome(), verdict.message() + "\n" + log);
        assertTrue(log.contains("148933 primes below 2000000"), log);
      } finally {
        cluster.delete("primes");
      }
    }
  }
}
