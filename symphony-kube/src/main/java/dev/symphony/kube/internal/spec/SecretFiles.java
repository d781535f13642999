package dev.symphony.kube.internal.spec;

import dev.symphony.engine.SymphonyException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The files that an experiment mounts at {@code /etc/secrets}, each under its last name. */
public final class SecretFiles {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,253}");

  private SecretFiles() {}

  /** The name of a file within the Secret and the mount. */
  public static String key(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  /** Refuses names that a Secret cannot have, and two of one name. */
  public static void check(List<String> files) {
    Map<String, String> known = new HashMap<>();
    for (String file : files) {
      String key = key(file);
      if (!KEY.matcher(key).matches() || key.equals(".") || key.startsWith("..")) {
        throw new SymphonyException(
            "secret file '"
                + file
                + "': its name must be of letters, digits, dashes, dots and underscores");
      }
      String other = known.put(key, file);
      if (other != null && !other.equals(file)) {
        throw new SymphonyException(
            "secret files " + other + " and " + file + " have one name in /etc/secrets");
      }
    }
  }
}
