package dev.symphony.kube.internal.spec;

import dev.symphony.engine.BaseSpec;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.Problems;
import java.util.List;
import java.util.Map;

/**
 * Checks sections that come from files or from Kubernetes' builders: what cannot be Symphony's
 * meaning. Misspelled fields further down are the server's to refuse.
 */
public final class SectionCheck {
  private static final List<String> OF_POD_OF_OTHERS = List.of("volumes", "initContainers");

  private static final String ADD_PROCESSES =
      "declare a process group, or an init container with restartPolicy Always;"
          + " customizeContainer(…) is for what is about a process";

  private SectionCheck() {}

  /** Adds a line for each declaration of an experiment whose section is wrong. */
  public static void all(ExperimentSpec experiment, Problems problems) {
    one(experiment, problems);
    for (ProcessGroupSpec group : experiment.listProcessGroups()) {
      one(group, problems);
    }
    for (ProcessSpec process : experiment.listAllProcesses()) {
      one(process, problems);
    }
  }

  private static void one(BaseSpec spec, Problems problems) {
    try {
      of(spec);
    } catch (SymphonyException e) {
      problems.add(e);
    }
  }

  /**
   * Checks the section of one declaration.
   *
   * @throws SymphonyException that names the declaration and the field
   */
  public static void of(BaseSpec spec) {
    if (!spec.getSections().containsKey(KubeSection.NAME)) {
      return;
    }
    try {
      Map<String, Object> section = map(KubeSection.NAME, spec.getSections().get(KubeSection.NAME));
      if (spec instanceof ProcessSpec process) {
        ofProcess(process, section);
      } else if (spec instanceof ProcessGroupSpec) {
        fields(KubeSection.NAME, section, KubeSection.POD);
        podOf(section);
      } else {
        fields(KubeSection.NAME, section, KubeSection.SECRETS);
        SecretFiles.check(texts(KubeSection.SECRETS, section));
      }
    } catch (SymphonyException e) {
      throw new SymphonyException(kind(spec) + " " + spec + ": " + e.getMessage(), e);
    }
  }

  private static String kind(BaseSpec spec) {
    if (spec instanceof ProcessSpec) {
      return "process";
    }
    return spec instanceof ProcessGroupSpec ? "process group" : "experiment";
  }

  private static void ofProcess(ProcessSpec process, Map<String, Object> section) {
    fields(KubeSection.NAME, section, KubeSection.CONTAINER, KubeSection.POD, KubeSection.HEADLESS);
    if (section.containsKey(KubeSection.CONTAINER)) {
      container(map("kube.container", section.get(KubeSection.CONTAINER)));
    }
    podOf(section);
    texts(KubeSection.HEADLESS, section);
    ProcessGroupSpec group = process.getGroup();
    if (group != null) {
      member(group, process);
    }
  }

  private static void podOf(Map<String, Object> section) {
    if (section.containsKey(KubeSection.POD)) {
      pod(map("kube.pod", section.get(KubeSection.POD)));
    }
  }

  /** Checks a process that is, or is to be, in a group, whose pod is not its own. */
  public static void member(ProcessGroupSpec group, ProcessSpec process) {
    Map<String, Object> pod = KubeSection.pod(process);
    for (String field : Tree.map(pod, "metadata").keySet()) {
      throw foreign(group, "metadata." + field);
    }
    for (String field : Tree.map(pod, "spec").keySet()) {
      if (!OF_POD_OF_OTHERS.contains(field)) {
        throw foreign(group, "spec." + field);
      }
    }
    Mounts.checkJoining(group, process);
  }

  private static SymphonyException foreign(ProcessGroupSpec group, String field) {
    String setter =
        switch (field) {
          case "metadata.labels" -> "label(…)";
          case "spec.nodeSelector" -> "nodeSelector(…)";
          case "spec.tolerations" -> "toleration(…)";
          default -> "customizePod(…)";
        };
    return new SymphonyException(
        setter
            + " (kube.pod."
            + field
            + ") is about the pod, which is that of process group "
            + group.getName()
            + ": say it there");
  }

  /** Checks a fragment of a pod. */
  static void pod(Map<String, Object> pod) {
    fields("kube.pod", pod, "metadata", "spec");
    if (pod.containsKey("metadata")) {
      Map<String, Object> metadata = map("kube.pod.metadata", pod.get("metadata"));
      fields("kube.pod.metadata", metadata, "labels", "annotations");
      for (Map.Entry<String, Object> label : Tree.map(metadata, "labels").entrySet()) {
        Rules.ownLabel(label.getKey(), text("label " + label.getKey(), label.getValue()));
      }
      for (String annotation : Tree.map(metadata, "annotations").keySet()) {
        Rules.ownKey("annotation", annotation);
      }
    }
    if (pod.containsKey("spec")) {
      Map<String, Object> spec = map("kube.pod.spec", pod.get("spec"));
      refuse("kube.pod.spec", spec, "containers", ADD_PROCESSES);
      refuse("kube.pod.spec", spec, "restartPolicy", "use restartPolicy(…), in files restart");
    }
  }

  /** Checks a fragment of a container. */
  static void container(Map<String, Object> container) {
    refuse("kube.container", container, "name", "it is the process's");
    refuse("kube.container", container, "restartPolicy", "use restartPolicy(…), in files restart");
    for (String kind : List.of("requests", "limits")) {
      Tree.map(container, "resources", kind)
          .forEach(
              (name, amount) ->
                  Rules.resource(name, Quantity.text(amount), kind.equals("requests")));
    }
  }

  private static void refuse(String place, Map<String, Object> fragment, String field, String why) {
    if (fragment.containsKey(field)) {
      throw new SymphonyException(place + "." + field + " cannot be set here: " + why);
    }
  }

  private static void fields(String place, Map<String, Object> map, String... known) {
    for (String field : map.keySet()) {
      if (!List.of(known).contains(field)) {
        throw new SymphonyException(
            place + " has no field '" + field + "'; it has " + String.join(", ", known));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(String place, Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new SymphonyException(place + " must be a map, found " + value);
  }

  private static String text(String place, Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new SymphonyException(place + " must be a text (in quotes), found " + value);
  }

  private static List<String> texts(String field, Map<String, Object> section) {
    String place = KubeSection.NAME + "." + field;
    Object value = section.getOrDefault(field, List.of());
    if (!(value instanceof List<?> list)) {
      throw new SymphonyException(place + " must be a list, found " + value);
    }
    return list.stream().map(item -> text(place, item)).toList();
  }
}
