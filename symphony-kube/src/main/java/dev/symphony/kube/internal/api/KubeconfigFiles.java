package dev.symphony.kube.internal.api;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where kubeconfigs are looked for. */
public final class KubeconfigFiles {
  private KubeconfigFiles() {}

  /**
   * The files in the order in which they count, whether they exist or not; at least one.
   *
   * @param kubeconfig the one to use; null for those that {@code $KUBECONFIG} lists, else {@code
   *     ~/.kube/config}
   */
  public static List<Path> of(
      @Nullable Path kubeconfig,
      Map<String, String> environment,
      Path home,
      Path workingDirectory) {
    if (kubeconfig != null) {
      return List.of(workingDirectory.resolve(kubeconfig));
    }
    List<Path> files = new ArrayList<>();
    for (String name : environment.getOrDefault("KUBECONFIG", "").split(":", -1)) {
      Path file = workingDirectory.resolve(name);
      if (!name.isEmpty() && !files.contains(file)) {
        files.add(file);
      }
    }
    return files.isEmpty() ? List.of(home.resolve(".kube").resolve("config")) : files;
  }

  /** Whether any of these files exists. */
  public static boolean anyExists(List<Path> files) {
    for (Path file : files) {
      if (Files.exists(file)) {
        return true;
      }
    }
    return false;
  }
}
