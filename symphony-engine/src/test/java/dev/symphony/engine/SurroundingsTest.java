package dev.symphony.engine;

import static com.github.stefanbirkner.systemlambda.SystemLambda.withEnvironmentVariable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster takes from the program that makes it, by no more than its name. */
class SurroundingsTest {
  @TempDir Path home;

  @Test
  void keepsItsStateWhereTheEnvironmentSays() throws Exception {
    Path other = home.resolve("other");
    Files.createDirectories(other.resolve("local/experiments/one"));

    List<String> here =
        withEnvironmentVariable("SYMPHONY_HOME", home.toString())
            .execute(() -> Cluster.of("local").listExperiments());
    List<String> there =
        withEnvironmentVariable("SYMPHONY_HOME", other.toString())
            .execute(() -> Cluster.of("local").listExperiments());

    assertEquals(List.of(), here);
    assertEquals(List.of("one"), there);
  }

  @Test
  void prefersTheStateDirectoryOfTheDesktopToTheHomeFolder() throws Exception {
    Files.createDirectories(home.resolve("state/symphony/local/experiments/two"));

    List<String> found =
        withEnvironmentVariable("SYMPHONY_HOME", null)
            .and("XDG_STATE_HOME", home.resolve("state").toString())
            .and("HOME", home.toString())
            .execute(() -> Cluster.of("local").listExperiments());

    assertEquals(List.of("two"), found);
  }

  @Test
  void namesTheArtifactThatBringsAKnownBackend() {
    SymphonyException refused =
        assertThrows(SymphonyException.class, () -> Cluster.of("Kubernetes"));

    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("available: local"), message);
    assertTrue(message.contains("dev.symphony:symphony-kube"), message);
  }

  @Test
  void refusesAnOptionThatTheBackendDoesNotKnow() {
    SymphonyException refused =
        assertThrows(SymphonyException.class, () -> Cluster.of("local", Map.of("sevrer", "x")));

    assertTrue(String.valueOf(refused.getMessage()).contains("'sevrer'"));
  }
}
