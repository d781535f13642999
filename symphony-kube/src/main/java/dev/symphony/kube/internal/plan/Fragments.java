package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.kube.internal.spec.KubeSection;
import dev.symphony.kube.internal.spec.SectionCheck;
import dev.symphony.spi.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the sections {@code kube} of an experiment say, checked. */
final class Fragments {
  private final List<String> secretFiles;
  private final Map<ProcessName, Map<String, Object>> containers = new HashMap<>();
  private final Map<PodShape, List<Map<String, Object>>> pods = new HashMap<>();
  private final Set<String> headless = new HashSet<>();

  Fragments(ExperimentSpec spec, List<PodShape> shapes, Problems problems) {
    SectionCheck.all(spec, problems);
    secretFiles = KubeSection.texts(spec, KubeSection.SECRETS);
    for (PodShape shape : shapes) {
      List<Map<String, Object>> fragments = new ArrayList<>();
      for (ProcessSpec process : shape.processes()) {
        containers.put(process.getFullName(), KubeSection.container(process));
        fragments.add(KubeSection.pod(process));
        readHeadless(process, problems);
      }
      ProcessGroupSpec group = shape.group();
      if (group != null) {
        fragments.add(KubeSection.pod(group));
      }
      pods.put(shape, fragments);
    }
  }

  private void readHeadless(ProcessSpec process, Problems problems) {
    for (String service : KubeSection.texts(process, KubeSection.HEADLESS)) {
      headless.add(service);
      if (!process.getBoundServices().containsKey(service)
          && !process.getExposedServices().containsKey(service)) {
        problems.add(
            "process "
                + process
                + ": kube.headless names service "
                + service
                + ", which the process neither binds nor exposes");
      }
    }
  }

  /** The files that every container gets. */
  List<String> secretFiles() {
    return secretFiles;
  }

  /** What is laid over a container. */
  Map<String, Object> container(ProcessName process) {
    return containers.getOrDefault(process, Map.of());
  }

  /** What is laid over a pod, one after the other. */
  List<Map<String, Object>> pod(PodShape shape) {
    return pods.getOrDefault(shape, List.of());
  }

  /** The services whose names lead to their pods directly. */
  Set<String> headless() {
    return headless;
  }
}
