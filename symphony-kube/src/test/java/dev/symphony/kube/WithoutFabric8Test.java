package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A command that only monitors, and a declaration without builders, loads nothing of fabric8. */
class WithoutFabric8Test {
  /** Runs where there is no fabric8. */
  public static final class Declaring implements Supplier<String> {
    @Override
    public String get() {
      KubeExperimentSpec experiment = KubeCluster.builder().build().newExperiment("x");
      KubeProcessGroupSpec group = experiment.newProcessGroup("g").label("a", "b");
      group.imagePullPolicy("Always").mountNfs("files", "/data", "/data");
      group.newProcess("member").resourceLimit("1", "1Gi", 1).args("a");
      experiment.newProcess("p").nodeSelector("a", "b").toleration(Map.of("operator", "Exists"));
      new KubeProvider().create(Map.of("namespace", "team"), context());
      return experiment.listAllProcesses().toString();
    }

    private static dev.symphony.spi.ClusterContext context() {
      return dev.symphony.spi.ClusterContext.of(Map.of(), java.nio.file.Path.of(""));
    }
  }

  /** Needs it. */
  public static final class Customizing implements Supplier<String> {
    @Override
    public String get() {
      return new KubeProcessSpec("p").customizePod(pod -> {}).toYaml();
    }
  }

  private static String run(Class<? extends Supplier<String>> type) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.contains("fabric8") && !entry.contains("databind")) {
        urls.add(new File(entry).toURI().toURL());
      }
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Object supplier = loader.loadClass(type.getName()).getDeclaredConstructor().newInstance();
      return (String) ((Supplier<?>) supplier).get();
    }
  }

  @Test
  void declaresWithoutIt() throws Exception {
    assertEquals("[g/member, p]", run(Declaring.class));
  }

  @Test
  void needsItForBuildersAlone() {
    assertThrows(NoClassDefFoundError.class, () -> run(Customizing.class));
  }
}
