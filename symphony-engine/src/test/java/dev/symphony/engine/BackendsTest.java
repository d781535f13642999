package dev.symphony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.symphony.spi.ClusterContext;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsTest {
  @TempDir Path dir;

  @AfterEach
  void forget() {
    SymphonyConfig.reset();
  }

  @Test
  void aClusterHasTheOptionsOfItsSection() throws Exception {
    Files.writeString(dir.resolve(".symphony.yml"), "local: {color: red}\n");
    SymphonyConfig.reset(new ConfigSources(dir, dir, Map.of()));
    UsageException e = assertThrows(UsageException.class, () -> Cluster.of("local"));
    assertEquals("backend local has no option 'color'; it has none", e.getMessage());
    ClusterContext context = ClusterContext.of(Map.of("HOME", dir.toString()), dir);
    assertEquals("local", Cluster.of("local", Map.of(), context).backend());
  }

  @Test
  void ofBackendsThatDoNotKnowAnOptionOfTheCommandLineNoneIsMeant() {
    SymphonyConfig.reset(new ConfigSources(dir, dir, Map.of()));
    SymphonyConfig.get().overrideOptions(Map.of("namespace", "team"));
    assertEquals("local", Cluster.backendWithExperiments(line -> fail(line)));
    SymphonyConfig.get().overrideOptions(Map.of());
    SymphonyConfig.get().update(Map.of("local", Map.of("color", "red")));
    assertThrows(UsageException.class, () -> Cluster.backendWithExperiments(line -> fail(line)));
  }

  @Test
  void aProviderThatCannotBeLoadedIsReportedAndTheOthersStay() throws Exception {
    Path services = dir.resolve("META-INF/services");
    Files.createDirectories(services);
    Files.writeString(services.resolve("dev.symphony.spi.ClusterProvider"), "no.such.Provider\n");
    ClusterContext context =
        ClusterContext.of(Map.of("HOME", dir.toString(), "PATH", "/usr/bin:/bin"), dir);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader broken = new URLClassLoader(new URL[] {dir.toUri().toURL()}, before)) {
      thread.setContextClassLoader(broken);
      UsageException e =
          assertThrows(UsageException.class, () -> Cluster.of("nowhere", Map.of(), context));
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains("there is no backend 'nowhere'"), message);
      assertTrue(message.contains("could not be loaded"), message);
      assertTrue(message.contains("no.such.Provider"), message);
      assertEquals(1, message.lines().count());
      assertEquals("local", Cluster.of("LOCAL", Map.of(), context).backend());
      assertEquals("local", Cluster.backends().get(0));
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
