package dev.symphony.spi;

import dev.symphony.engine.UsageException;
import java.util.regex.Pattern;

/**
 * How images are named: {@code [HOST[:PORT]/]PATH[:TAG][@DIGEST]}, in the grammar of the OCI
 * distribution specification, which is what registries take.
 */
public final class ImageNames {
  private static final Pattern HOST =
      Pattern.compile(
          "(?:[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*(?:\\.[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*)*"
              + "|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?");
  private static final Pattern COMPONENT =
      Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");

  private final String what;
  private final String whole;

  private ImageNames(String what, String whole) {
    this.what = what;
    this.whole = whole;
  }

  /**
   * Refuses what is no image reference, such as {@code ghcr.io/me/app:1}.
   *
   * @param what what it is, for the message
   * @throws UsageException in one line with the part that is wrong and what it may be
   */
  public static void check(String what, String reference) {
    new ImageNames(what, reference).checkReference();
  }

  /**
   * Refuses what is no registry with a path in it, {@code HOST[:PORT][/PATH]}; without a host it is
   * a path on Docker Hub.
   *
   * @param what what it is, for the message
   * @throws UsageException in one line with the part that is wrong and what it may be
   */
  public static void checkPlace(String what, String place) {
    new ImageNames(what, place).checkName(place, place + "/x");
  }

  private void checkReference() {
    String rest = whole;
    int at = rest.indexOf('@');
    if (at >= 0) {
      require("digest", rest.substring(at + 1), DIGEST, "sha256: and 64 of the digits 0-9 and a-f");
      rest = rest.substring(0, at);
    }
    int colon = rest.lastIndexOf(':');
    if (colon > rest.lastIndexOf('/')) {
      require(
          "tag", rest.substring(colon + 1), TAG, "letters, digits, '_', '.' and '-', 128 at most");
      rest = rest.substring(0, colon);
    }
    checkName(rest, rest);
  }

  /** The second is what is checked, the first what of it the user wrote. */
  private void checkName(String written, String name) {
    if (written.isEmpty()) {
      throw new UsageException(what + " '" + whole + "' has no name");
    }
    String path = name;
    int slash = name.indexOf('/');
    String first = name.substring(0, Math.max(slash, 0));
    if (first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost")) {
      require("host", first, HOST, "letters, digits, '.' and '-', and perhaps :PORT");
      path = name.substring(slash + 1);
    }
    for (String component : path.split("/", -1)) {
      require(
          "part of a path",
          component,
          COMPONENT,
          "lower-case letters and digits, with '.', '_', '__' or '-' between them");
    }
  }

  private void require(String part, String text, Pattern rule, String allowed) {
    if (!rule.matcher(text).matches()) {
      throw new UsageException(
          what + " '" + whole + "': '" + text + "' is no " + part + "; use " + allowed);
    }
  }
}
