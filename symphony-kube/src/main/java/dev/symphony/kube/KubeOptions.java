package dev.symphony.kube;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ImageAdditions;
import dev.symphony.engine.UsageException;
import dev.symphony.spi.ClusterContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a cluster of options by name, as configuration and command line have them. */
final class KubeOptions {
  private KubeOptions() {}

  static Cluster cluster(Map<String, ?> options, ClusterContext context) {
    return made(options, context);
  }

  static boolean holdsExperiments(Map<String, ?> options, ClusterContext context) {
    try (KubeCluster cluster = made(options, context)) {
      return cluster.hasKubeconfig() && !cluster.listExperiments().isEmpty();
    }
  }

  private static KubeCluster made(Map<String, ?> options, ClusterContext context) {
    KubeCluster.Builder builder = KubeCluster.builder();
    for (Map.Entry<String, ?> option : options.entrySet()) {
      Object value = option.getValue();
      switch (option.getKey()) {
        case "context" -> builder.context(text("context", value));
        case "kubeconfig" -> builder.kubeconfig(path(value));
        case "namespace" -> builder.namespace(text("namespace", value));
        case "expose" -> builder.exposeByForward(isForward(value));
        case "image" -> builder.image(text("image", value));
        case "registry" -> builder.registry(text("registry", value));
        case "baseImage" -> builder.baseImage(text("baseImage", value));
        case "insecureRegistry" -> builder.insecureRegistry(isTrue(value));
        case "platforms" -> builder.platforms(texts("platforms", value));
        case "imageAdditions" -> builder.imageAdditions(ImageAdditions.of(value));
        case "classPath" -> builder.classPath(text("classPath", value));
        case "serviceAnnotations" -> builder.serviceAnnotations(annotations(value));
        case "sourceRanges" -> builder.sourceRanges(texts("sourceRanges", value));
        default ->
            throw new UsageException(
                "backend kube has no option '"
                    + option.getKey()
                    + "'; it has context, kubeconfig, namespace, expose, image, registry, baseImage,"
                    + " insecureRegistry, platforms, imageAdditions, classPath, serviceAnnotations,"
                    + " sourceRanges");
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

  private static boolean isTrue(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong("insecureRegistry", "true or false", value);
  }

  private static List<String> texts(String option, Object value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> many) {
      for (Object text : many) {
        texts.add(text(option, text));
      }
    } else {
      for (String text : text(option, value).split(",", -1)) {
        texts.add(text.strip());
      }
    }
    return texts;
  }

  private static UsageException wrong(String option, String wanted, Object value) {
    return new UsageException(
        "option " + option + " of backend kube must be " + wanted + ", not " + value);
  }
}
