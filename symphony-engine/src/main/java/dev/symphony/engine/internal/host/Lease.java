package dev.symphony.engine.internal.host;

import dev.symphony.engine.SymphonyException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The ports that one launch holds or held: one file of the directory of leases.
 *
 * <p>The file's name says whose it is and whether it holds: {@code UID.lease.LAUNCH}, and after the
 * release {@code UID.released.UPTIME.LAUNCH}, since a file can be renamed on a full disk, too.
 *
 * @param fileName the name of its file
 * @param uid the number of the user
 * @param launchId the launch
 * @param releasedAt the uptime of the release in hundredths of a second, -1 while it holds
 * @param user the name of the user
 * @param experiment the name of the experiment
 * @param directory the directory of the experiment
 * @param host where it was taken
 * @param ports the ports
 */
record Lease(
    String fileName,
    String uid,
    String launchId,
    long releasedAt,
    String user,
    String experiment,
    String directory,
    HostIdentity host,
    BitSet ports) {
  private static final String LEASE = "lease";
  private static final String RELEASED = "released";

  static String activeName(String uid, String launchId) {
    return uid + "." + LEASE + "." + launchId;
  }

  static String releasedName(String uid, String launchId, long uptime) {
    return uid + "." + RELEASED + "." + uptime + "." + launchId;
  }

  /** Whether a launch id can be part of a file's name. */
  static boolean isName(String launchId) {
    for (int i = 0; i < launchId.length(); i++) {
      char c = launchId.charAt(i);
      boolean plain = Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
      if (!plain || c > 127) {
        return false;
      }
    }
    return !launchId.isEmpty() && launchId.length() <= 150;
  }

  /** Reads one; null for what is no lease, and for one that somebody has tampered with. */
  static @Nullable Lease parse(String fileName, byte[] bytes, int length) {
    int one = fileName.indexOf('.');
    int two = fileName.indexOf('.', one + 1);
    if (one <= 0 || two < 0) {
      return null;
    }
    String kind = fileName.substring(one + 1, two);
    long releasedAt = -1;
    if (kind.equals(RELEASED)) {
      int three = fileName.indexOf('.', two + 1);
      releasedAt = three < 0 ? -1 : number(fileName, two + 1, three);
      if (releasedAt < 0) {
        return null;
      }
      two = three;
    } else if (!kind.equals(LEASE)) {
      return null;
    }
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    BitSet ports = new BitSet();
    String list = value(text, "ports");
    for (int at = 0; at < list.length(); ) {
      int space = list.indexOf(' ', at);
      int end = space < 0 ? list.length() : space;
      long port = number(list, at, end);
      if (port > 0 && port <= 65535) {
        ports.set((int) port);
      }
      at = end + 1;
    }
    try {
      return new Lease(
          fileName,
          fileName.substring(0, one),
          fileName.substring(two + 1),
          releasedAt,
          value(text, "user"),
          value(text, "experiment"),
          value(text, "directory"),
          HostIdentity.decode(value(text, "host")),
          ports);
    } catch (SymphonyException tampered) {
      return null;
    }
  }

  /** What its file holds: a line each, with the name of the part before the first space. */
  byte[] content() {
    StringBuilder text = new StringBuilder(200 + 6 * ports.cardinality());
    text.append("host ").append(host.encode()).append('\n');
    text.append("user ").append(oneLine(user)).append('\n');
    text.append("experiment ").append(oneLine(experiment)).append('\n');
    text.append("directory ").append(oneLine(directory)).append('\n');
    text.append("ports");
    for (int port = ports.nextSetBit(0); port >= 0; port = ports.nextSetBit(port + 1)) {
      text.append(' ').append(port);
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  boolean active() {
    return releasedAt < 0;
  }

  /** Who holds the ports, for an error message. */
  String holder() {
    return "experiment '" + experiment + "' of user " + user + " (" + directory + ")";
  }

  private static String value(String text, String name) {
    int at = 0;
    while (at < text.length()) {
      int newline = text.indexOf('\n', at);
      int end = newline < 0 ? text.length() : newline;
      if (text.startsWith(name, at) && at + name.length() < end) {
        int from = at + name.length();
        if (text.charAt(from) == ' ') {
          // Another user may have written it: nothing in it may play tricks on a terminal.
          return oneLine(text.substring(from + 1, end));
        }
      }
      at = end + 1;
    }
    return "";
  }

  private static String oneLine(String text) {
    StringBuilder result = null;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        result = result == null ? new StringBuilder(text) : result;
        result.setCharAt(i, '?');
      }
    }
    return result == null ? text : result.toString();
  }

  private static long number(String text, int from, int to) {
    long value = from < to && to - from <= 18 ? 0 : -1;
    for (int i = from; i < to && value >= 0; i++) {
      char c = text.charAt(i);
      value = c >= '0' && c <= '9' ? 10 * value + (c - '0') : -1;
    }
    return value;
  }
}
