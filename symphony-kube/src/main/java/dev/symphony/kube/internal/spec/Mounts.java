package dev.symphony.kube.internal.spec;

import dev.symphony.engine.BaseSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Volumes in the containers of processes. The volume itself is kept with each process that mounts
 * it, also in a group, whose pod has the volumes of all of its processes.
 */
public final class Mounts {
  private static final String MOUNTS = "volumeMounts";
  private static final String VOLUMES = "volumes";
  private static final String FILLERS = "initContainers";

  private Mounts() {}

  /**
   * Mounts a volume.
   *
   * @throws SymphonyException where another is mounted there, or one of the same name is another
   */
  public static void add(ProcessSpec process, PodVolume volume, String mountPath) {
    Rules.absolutePath("the mount path of volume " + volume.name(), mountPath);
    String there = volumeAt(process, mountPath);
    if (there != null && !there.equals(volume.name())) {
      throw new SymphonyException(
          "volume "
              + there
              + " is mounted at "
              + mountPath
              + " already; volume "
              + volume.name()
              + " needs another path");
    }
    Map<String, Object> spec = Tree.of(VOLUMES, List.of(volume.volume()));
    Map<String, Object> filler = volume.filler();
    if (filler != null) {
      spec.put(FILLERS, List.of(filler));
    }
    refuseOthers(spec, KubeSection.pod(process), "this process");
    ProcessGroupSpec group = process.getGroup();
    if (group != null) {
      refuseOthersIn(group, spec, process);
    }
    KubeSection.merge(
        process,
        KubeSection.CONTAINER,
        Tree.of(MOUNTS, List.of(Tree.of("name", volume.name(), "mountPath", mountPath))));
    KubeSection.merge(process, KubeSection.POD, Tree.of("spec", spec));
  }

  /** The name of the volume at a path; null for none. */
  public static @Nullable String volumeAt(ProcessSpec process, String mountPath) {
    for (Object mount : Tree.list(KubeSection.container(process), MOUNTS)) {
      if (mountPath.equals(Tree.text(mount, "mountPath"))) {
        return Tree.text(mount, "name");
      }
    }
    return null;
  }

  /** Refuses a process whose volumes are others than those of the same names in a group. */
  public static void checkJoining(ProcessGroupSpec group, ProcessSpec process) {
    refuseOthersIn(group, Tree.map(KubeSection.pod(process), "spec"), process);
  }

  private static void refuseOthersIn(
      ProcessGroupSpec group, Map<String, Object> spec, ProcessSpec joining) {
    refuseOthers(spec, KubeSection.pod(group), "process group " + group.getName());
    for (BaseSpec member : group.listProcesses()) {
      if (member != joining) {
        String whose = "process " + member + " of the same pod";
        refuseOthers(spec, KubeSection.pod(member), whose);
      }
    }
  }

  private static void refuseOthers(
      Map<String, Object> spec, Map<String, Object> pod, String whose) {
    for (String kind : List.of(VOLUMES, FILLERS)) {
      for (Object fresh : Tree.list(spec, kind)) {
        String name = String.valueOf(Tree.text(fresh, "name"));
        for (Object old : Tree.list(pod, "spec", kind)) {
          if (name.equals(Tree.text(old, "name")) && !old.equals(fresh)) {
            throw new SymphonyException(
                "volume " + name + " of " + whose + " is another one; give one of the two a name");
          }
        }
      }
    }
  }
}
