package dev.symphony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.spi.ClusterContext;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsTest {
  @TempDir Path dir;

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
      SymphonyException e =
          assertThrows(SymphonyException.class, () -> Cluster.of("nowhere", Map.of(), context));
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
