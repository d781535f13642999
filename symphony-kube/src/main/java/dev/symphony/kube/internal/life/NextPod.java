package dev.symphony.kube.internal.life;

import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import java.util.Map;

/** A planned pod once more, beside those that have ended. */
final class NextPod {
  private static final int LONGEST_HOST_NAME = 63;

  private NextPod() {}

  /**
   * The pod to create.
   *
   * @param attempt from 1, which is the planned pod itself
   */
  static Map<String, Object> of(Map<String, Object> planned, int attempt) {
    Map<String, Object> pod = Tree.copy(planned);
    Tree.make(pod, "metadata", "labels").put(Names.ATTEMPT, String.valueOf(attempt));
    if (attempt > 1) {
      String name = KubeObjects.name(planned);
      Tree.make(pod, "metadata").put("name", name + suffix(attempt));
      Tree.make(pod, "spec").putIfAbsent("hostname", hostName(name));
    }
    return pod;
  }

  /** What a later attempt's name has at its end. */
  static String suffix(int attempt) {
    return ".r" + attempt;
  }

  /** As the kubelet makes it of a name that is too long. */
  private static String hostName(String pod) {
    int end = Math.min(LONGEST_HOST_NAME, pod.length());
    while (end > 1 && (pod.charAt(end - 1) == '-' || pod.charAt(end - 1) == '.')) {
      end--;
    }
    return pod.substring(0, end);
  }
}
