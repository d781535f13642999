package dev.symphony.engine.internal.host;

import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which machine, boot and pid namespace a pid means something in.
 *
 * <p>A part that a system does not tell is empty, and an empty part equals every other.
 *
 * @param machineId what {@code /etc/machine-id} says
 * @param hostName the name of the host as its kernel knows it
 * @param bootId another one after each boot of the kernel; equal in all containers on it
 * @param pidNamespace the number of the pid namespace: pids of two containers differ though their
 *     boot ids are equal
 */
public record HostIdentity(String machineId, String hostName, String bootId, String pidNamespace) {

  /** How this machine relates to the one that a record was written on. */
  public enum Relation {
    /** The same machine, boot and pid namespace: pids mean the same. */
    HERE,
    /** The same machine, booted again since: whatever ran then has ended. */
    REBOOTED,
    /** Another machine or container: nothing can be said about its processes. */
    ELSEWHERE
  }

  /** Reads the identity of the machine whose file system begins at {@code root}. */
  public static HostIdentity read(Path root) {
    String machine = firstLine(root.resolve("etc/machine-id"));
    if (machine.isEmpty()) {
      machine = firstLine(root.resolve("var/lib/dbus/machine-id"));
    }
    String host = firstLine(root.resolve("proc/sys/kernel/hostname"));
    String boot = firstLine(root.resolve("proc/sys/kernel/random/boot_id"));
    if (boot.isEmpty() && root.getNameCount() == 0) {
      // No /proc, as on macOS. The local name there does not change with the network.
      host = firstOf(Answer.of("scutil", "--get", "LocalHostName"), Answer.of("hostname"));
      boot =
          firstOf(
              Answer.of("sysctl", "-n", "kern.bootsessionuuid"),
              Answer.of("sysctl", "-n", "kern.boottime"));
    }
    return new HostIdentity(machine, host, boot, namespace(root.resolve("proc/self/ns/pid")));
  }

  /** One line without spaces that {@link #decode} understands. */
  public String encode() {
    StringBuilder line = new StringBuilder(128);
    append(line, machineId);
    append(line.append('/'), hostName);
    append(line.append('/'), bootId);
    append(line.append('/'), pidNamespace);
    return line.toString();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws SymphonyException when the text is nothing of the kind
   */
  public static HostIdentity decode(String line) {
    int first = line.indexOf('/');
    int second = line.indexOf('/', first + 1);
    int third = line.indexOf('/', second + 1);
    if (first < 0 || second < 0 || third < 0 || line.indexOf('/', third + 1) >= 0) {
      throw new SymphonyException("not a host identity: '" + line + "'");
    }
    return new HostIdentity(
        unescape(line.substring(0, first)),
        unescape(line.substring(first + 1, second)),
        unescape(line.substring(second + 1, third)),
        unescape(line.substring(third + 1)));
  }

  /** How this machine relates to the one that a record was written on. */
  public Relation relationTo(HostIdentity recorded) {
    if (differ(machineId, recorded.machineId) || differ(hostName, recorded.hostName)) {
      return Relation.ELSEWHERE;
    }
    boolean otherNamespace = differ(pidNamespace, recorded.pidNamespace);
    if (differ(bootId, recorded.bootId)) {
      // A container has a new namespace after a reboot as well. Without machine ids, two machines
      // that run containers of one name cannot be told from one that has booted again: be careful.
      boolean machineKnown = !machineId.isEmpty() && !recorded.machineId.isEmpty();
      return otherNamespace && !machineKnown ? Relation.ELSEWHERE : Relation.REBOOTED;
    }
    return otherNamespace ? Relation.ELSEWHERE : Relation.HERE;
  }

  private static boolean differ(String here, String there) {
    return !here.isEmpty() && !there.isEmpty() && !here.equals(there);
  }

  private static String firstOf(String one, String other) {
    return one.isEmpty() ? other : one;
  }

  private static String firstLine(Path file) {
    KernelFile reader = new KernelFile();
    int length = reader.read(file.toString());
    int end = 0;
    while (end < length && reader.bytes[end] != '\n') {
      end++;
    }
    return new String(reader.bytes, 0, end, StandardCharsets.UTF_8).strip();
  }

  /** The number in {@code pid:[4026531836]}. */
  private static String namespace(Path link) {
    try {
      String text = Files.readSymbolicLink(link).toString();
      int open = text.indexOf('[');
      int close = text.indexOf(']', open + 1);
      return open < 0 || close < 0 ? text : text.substring(open + 1, close);
    } catch (IOException | UnsupportedOperationException none) {
      return "";
    }
  }

  private static void append(StringBuilder line, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      boolean plain =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || b == '-'
              || b == '.'
              || b == '_'
              || b == ':';
      if (plain) {
        line.append((char) b);
      } else {
        line.append('%').append(digit(b >> 4)).append(digit(b));
      }
    }
  }

  private static char digit(int value) {
    return "0123456789ABCDEF".charAt(value & 0xF);
  }

  private static String unescape(String part) {
    if (part.indexOf('%') < 0) {
      return part;
    }
    byte[] bytes = new byte[part.length()];
    int length = 0;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      int high = i + 2 < part.length() ? Character.digit(part.charAt(i + 1), 16) : -1;
      if (c == '%' && high >= 0) {
        bytes[length++] = (byte) (high << 4 | Math.max(0, Character.digit(part.charAt(i + 2), 16)));
        i += 2;
      } else {
        bytes[length++] = (byte) c;
      }
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
