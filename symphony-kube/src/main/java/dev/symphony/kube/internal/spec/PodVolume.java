package dev.symphony.kube.internal.spec;

import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A volume of a pod.
 *
 * @param name within the pod
 * @param volume as Kubernetes writes it, the name included
 * @param filler the init container that fills it; null for none
 */
public record PodVolume(
    String name, Map<String, Object> volume, @Nullable Map<String, Object> filler) {
  /** The image whose {@code sh} and {@code git} check repositories out. */
  public static final String GIT_IMAGE = "alpine/git";

  /** The mode of a secret's files where none is given. */
  public static final int SECRET_MODE = 0644;

  /** The name of the volume for shared memory where none is given. */
  public static final String SHARED_MEMORY = "devshm";

  /** Where shared memory is. */
  public static final String SHARED_MEMORY_PATH = "/dev/shm";

  private static final List<String> HOST_PATH_TYPES =
      List.of(
          "",
          "DirectoryOrCreate",
          "Directory",
          "FileOrCreate",
          "File",
          "Socket",
          "CharDevice",
          "BlockDevice");
  private static final int LONGEST_NAME = 63;

  /** Starts anew where an earlier attempt was cut short. */
  private static final String CHECKOUT =
      "set -e\nrm -rf -- \"$3\"\ngit clone -- \"$1\" \"$3\"\n"
          + "[ -z \"$2\" ] || git -C \"$3\" checkout \"$2\" --";

  /** Checks the name. */
  public PodVolume {
    Rules.dnsLabel("volume", name);
  }

  private static PodVolume of(String name, String kind, Map<String, Object> source) {
    return new PodVolume(name, Tree.of("name", name, kind, source), null);
  }

  /** A directory of an NFS server. */
  public static PodVolume nfs(String server, String path, @Nullable String name) {
    notEmpty("the NFS server", server);
    Rules.absolutePath("the path of NFS server " + server, path);
    String chosen = name == null ? nameFrom(server + path) : name;
    return of(chosen, "nfs", Tree.of("server", server, "path", path));
  }

  /**
   * A Secret of the namespace, a file for each of its keys.
   *
   * @param mode of the files, such as 0400
   */
  public static PodVolume secret(String secret, int mode, @Nullable String name) {
    Rules.objectName("secret", secret);
    if (mode < 0 || mode > 0777) {
      throw new SymphonyException(
          "the mode of secret "
              + secret
              + " must be 0 to 0777 (in Java with a leading 0), found 0"
              + Integer.toOctalString(mode));
    }
    String chosen = name == null ? nameFrom(secret) : name;
    return of(chosen, "secret", Tree.of("secretName", secret, "defaultMode", mode));
  }

  /** A file or directory of the node. */
  public static PodVolume hostPath(String path, String type, @Nullable String name) {
    Rules.absolutePath("the host path", path);
    Rules.oneOf("the host path's type", type, HOST_PATH_TYPES);
    String chosen = name == null ? nameFrom(path.equals("/") ? "root" : path) : name;
    return of(chosen, "hostPath", Tree.of("path", path, "type", type.isEmpty() ? null : type));
  }

  /** A directory that lasts as long as the pod. */
  public static PodVolume emptyDir(String name, boolean inMemory) {
    return of(name, "emptyDir", Tree.of("medium", inMemory ? "Memory" : null));
  }

  /** A directory that holds a checkout in a directory of the repository's name. */
  public static PodVolume git(
      String repository, @Nullable String revision, @Nullable String name, String image) {
    notEmpty("the git repository", repository);
    notEmpty("the image that checks out " + repository, image);
    if (revision != null && (revision.isEmpty() || revision.startsWith("-"))) {
      throw new SymphonyException(
          "revision '" + revision + "' of " + repository + ": use a branch, a tag or a commit");
    }
    String directory = repositoryName(repository);
    String chosen = name == null ? nameFrom(directory) : name;
    Map<String, Object> filler =
        Tree.of(
            "name",
            cut("git-" + chosen),
            "image",
            image,
            "command",
            List.of(
                "sh",
                "-c",
                CHECKOUT,
                "git",
                repository,
                revision == null ? "" : revision,
                "/checkout/" + directory),
            "volumeMounts",
            List.of(Tree.of("name", chosen, "mountPath", "/checkout")));
    return new PodVolume(chosen, Tree.of("name", chosen, "emptyDir", Tree.of()), filler);
  }

  /** What stands between the last slash or colon and {@code .git}. */
  private static String repositoryName(String repository) {
    String text = repository.replaceAll("/+$", "");
    text = text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf(':')) + 1);
    if (text.endsWith(".git")) {
      text = text.substring(0, text.length() - ".git".length());
    }
    if (text.isEmpty() || text.equals(".") || text.equals("..")) {
      throw new SymphonyException(
          "git repository '"
              + repository
              + "' ends in no name; use an address such as"
              + " https://example.com/team/code.git");
    }
    return text;
  }

  /** A name out of what a volume holds. */
  private static String nameFrom(String text) {
    String name = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    name = cut(name.replaceAll("^-+", ""));
    if (name.isEmpty()) {
      throw new SymphonyException("no name can be made of '" + text + "'; give the volume a name");
    }
    return name;
  }

  private static String cut(String name) {
    return name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceAll("-+$", "");
  }

  private static void notEmpty(String what, String text) {
    if (text.isBlank()) {
      throw new SymphonyException(what + " must not be empty");
    }
  }
}
