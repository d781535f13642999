package dev.symphony.kube.internal.plan;

import dev.symphony.engine.SymphonyException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rule for image references, as registries have it. */
public final class Images {
  private static final Pattern PATH =
      Pattern.compile(
          "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
  private static final Pattern HOST =
      Pattern.compile("[a-zA-Z0-9.-]+(?::[0-9]+)?|\\[[0-9a-fA-F:]+\\](?::[0-9]+)?");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final Pattern DIGEST =
      Pattern.compile("[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}");

  private Images() {}

  /**
   * Refuses what is no image reference.
   *
   * @param what what it is, for the message
   */
  public static void check(String what, String reference) {
    String why = why(reference);
    if (why != null) {
      throw new SymphonyException(
          what + " '" + reference + "' " + why + "; write [HOST[:PORT]/]NAME[:TAG][@DIGEST]");
    }
  }

  /** Refuses what is no registry with a path in it. */
  public static void checkPlace(String what, String place) {
    String why = place.indexOf('@') >= 0 ? "has a digest" : why(place + "/x");
    if (why != null) {
      throw new SymphonyException(
          what + " '" + place + "' " + why + "; write HOST[:PORT][/PATH], such as ghcr.io/me");
    }
  }

  /** What is wrong with a reference; null for nothing. */
  static @Nullable String problem(String reference) {
    String why = why(reference);
    return why == null
        ? null
        : "image '" + reference + "' " + why + "; write [HOST[:PORT]/]NAME[:TAG][@DIGEST]";
  }

  private static @Nullable String why(String reference) {
    if (reference.isEmpty()) {
      return "is empty";
    }
    for (int i = 0; i < reference.length(); i++) {
      if (Character.isWhitespace(reference.charAt(i))) {
        return "contains whitespace";
      }
    }
    String rest = reference;
    int at = rest.indexOf('@');
    if (at >= 0) {
      if (!DIGEST.matcher(rest.substring(at + 1)).matches()) {
        return "has no proper digest after '@'";
      }
      rest = rest.substring(0, at);
    }
    int colon = rest.lastIndexOf(':');
    if (colon > rest.lastIndexOf('/')) {
      if (!TAG.matcher(rest.substring(colon + 1)).matches()) {
        return "has no proper tag after ':'";
      }
      rest = rest.substring(0, colon);
    }
    return whyName(rest);
  }

  private static @Nullable String whyName(String name) {
    String path = name;
    int slash = name.indexOf('/');
    if (slash > 0) {
      String first = name.substring(0, slash);
      if (first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost")) {
        if (!HOST.matcher(first).matches()) {
          return "has no proper host before '/'";
        }
        path = name.substring(slash + 1);
      }
    }
    if (PATH.matcher(path).matches()) {
      return null;
    }
    return path.equals(path.toLowerCase(java.util.Locale.ROOT))
        ? "has no proper name"
        : "has upper-case letters in its name";
  }
}
