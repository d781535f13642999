package dev.symphony.kube.internal.remote;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is at a path in a container.
 *
 * @param path absolute, without {@code .} and {@code ..}
 * @param kind what is there
 * @param hasParent whether the folder it is or would be in exists
 * @param mode permissions; -1 for unknown
 * @param modified seconds since 1970; -1 for unknown
 * @param hasTar whether the container has tar
 */
record RemoteFile(
    String path, Kind kind, boolean hasParent, int mode, long modified, boolean hasTar) {
  /** What a path may lead to. */
  enum Kind {
    NONE,
    FILE,
    FOLDER,
    OTHER
  }

  /** The last part; empty for the root. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The folder it is in. */
  String parent() {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  /** A path without {@code .} and {@code ..}, from a folder where it is relative. */
  static String absolute(String folder, String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : (path.startsWith("/") ? path : folder + "/" + path).split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return "/" + String.join("/", parts);
  }
}
