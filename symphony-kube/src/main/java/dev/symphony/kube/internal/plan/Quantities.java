package dev.symphony.kube.internal.plan;

import dev.symphony.engine.Resources;
import dev.symphony.kube.internal.api.Tree;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a container asks of its node, in Kubernetes' own quantities. */
final class Quantities {
  private static final String NUMBER = "(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)";
  private static final Pattern CPU =
      Pattern.compile(NUMBER + "(?:[num]|[kMGTPE]|[eE][+-]?[0-9]+)?");
  private static final Pattern MEMORY =
      Pattern.compile(NUMBER + "(?:[KMGTPE]i|[kMGTPE]|[eE][+-]?[0-9]+)?");

  private Quantities() {}

  /**
   * The field {@code resources} of a container; null for no wishes.
   *
   * @param problems told what is no quantity
   */
  static @Nullable Map<String, Object> resources(
      @Nullable Resources wanted, Consumer<String> problems) {
    if (wanted == null) {
      return null;
    }
    check("cpu", wanted.cpu(), CPU, "such as 2 or 500m", problems);
    check("memory", wanted.memory(), MEMORY, "such as 512Mi or 2G", problems);
    String gpus = wanted.gpus() == 0 ? null : Integer.toString(wanted.gpus());
    Map<String, Object> requests =
        Tree.of("cpu", wanted.cpu(), "memory", wanted.memory(), "nvidia.com/gpu", gpus);
    if (requests.isEmpty()) {
      return null;
    }
    Map<String, Object> limits = gpus == null ? null : Tree.of("nvidia.com/gpu", gpus);
    return Tree.of("requests", requests, "limits", limits);
  }

  private static void check(
      String what,
      @Nullable String text,
      Pattern pattern,
      String example,
      Consumer<String> problems) {
    if (text != null && !pattern.matcher(text).matches()) {
      problems.accept("resources: '" + text + "' is no " + what + "; write it " + example);
    }
  }
}
