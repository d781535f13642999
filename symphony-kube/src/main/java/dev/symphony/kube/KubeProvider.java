package dev.symphony.kube;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.UsageException;
import dev.symphony.spi.Attribute;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.ClusterProvider;
import dev.symphony.spi.Support;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the {@code kube} backend.
 *
 * <p>Its options are those of {@link KubeCluster.Builder}: {@code context}, {@code kubeconfig},
 * {@code namespace}, {@code expose} ({@code public} or {@code forward}), {@code image}, {@code
 * classPath}, {@code serviceAnnotations} (a map) and {@code sourceRanges} (a list, or one text with
 * commas).
 */
public final class KubeProvider implements ClusterProvider {
  /** Called once, by the engine. */
  public KubeProvider() {}

  @Override
  public String name() {
    return KubeCluster.BACKEND;
  }

  @Override
  public List<String> aliases() {
    return List.of("kubernetes");
  }

  @Override
  public Cluster create(Map<String, ?> options, ClusterContext context) {
    KubeCluster.Builder builder = KubeCluster.builder();
    for (Map.Entry<String, ?> option : options.entrySet()) {
      Object value = option.getValue();
      switch (option.getKey()) {
        case "context" -> builder.context(text("context", value));
        case "kubeconfig" -> builder.kubeconfig(path(value));
        case "namespace" -> builder.namespace(text("namespace", value));
        case "expose" -> builder.exposeByForward(isForward(value));
        case "image" -> builder.image(text("image", value));
        case "classPath" -> builder.classPath(text("classPath", value));
        case "serviceAnnotations" -> builder.serviceAnnotations(annotations(value));
        case "sourceRanges" -> builder.sourceRanges(ranges(value));
        default ->
            throw new UsageException(
                "backend kube has no option '"
                    + option.getKey()
                    + "'; it has context, kubeconfig, namespace, expose, image, classPath,"
                    + " serviceAnnotations, sourceRanges");
      }
    }
    return builder.build(context);
  }

  private static String text(String option, Object value) {
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    throw wrong(option, "a text", value);
  }

  private static Path path(Object value) {
    return value instanceof Path path ? path : Path.of(text("kubeconfig", value));
  }

  private static boolean isForward(Object value) {
    if ("forward".equals(value)) {
      return true;
    }
    if ("public".equals(value)) {
      return false;
    }
    throw wrong("expose", "public or forward", value);
  }

  private static Map<String, String> annotations(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong("serviceAnnotations", "a map", value);
    }
    Map<String, String> annotations = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object text = entry.getValue();
      if (!(text instanceof String || text instanceof Number || text instanceof Boolean)) {
        throw wrong("serviceAnnotations", "a map of texts", value);
      }
      annotations.put(String.valueOf(entry.getKey()), text.toString());
    }
    return annotations;
  }

  private static List<String> ranges(Object value) {
    List<String> ranges = new ArrayList<>();
    if (value instanceof List<?> many) {
      for (Object range : many) {
        ranges.add(text("sourceRanges", range));
      }
    } else {
      for (String range : text("sourceRanges", value).split(",", -1)) {
        ranges.add(range.strip());
      }
    }
    return ranges;
  }

  private static UsageException wrong(String option, String wanted, Object value) {
    return new UsageException(
        "option " + option + " of backend kube must be " + wanted + ", not " + value);
  }

  /** A pod has nothing of the launching program's environment. */
  @Override
  public Support support(Attribute attribute) {
    return attribute == Attribute.INHERIT_ENV ? Support.IGNORED : Support.HONOURED;
  }
}
