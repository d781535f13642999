package dev.symphony.engine.internal.host;

import dev.symphony.engine.SymphonyException;
import java.util.Map;

/**
 * The ports that may be chosen for services which ask for none, both ends included.
 *
 * @param first the lowest
 * @param last the highest
 */
public record PortRange(int first, int last) {
  /** 7000 to 9000. */
  public static final PortRange DEFAULT = new PortRange(7000, 9000);

  /**
   * Checks the ends.
   *
   * @throws SymphonyException when they are no ports or the wrong way round
   */
  public PortRange {
    if (first < 1 || last > 65535 || first > last) {
      throw new SymphonyException(
          "not a range of ports: " + first + "-" + last + " (want FIRST-LAST within 1-65535)");
    }
  }

  /**
   * The range that SYMPHONY_PORT_RANGE sets, else the default.
   *
   * @throws SymphonyException when its value is no range
   */
  public static PortRange of(Map<String, String> environment) {
    String range = environment.get("SYMPHONY_PORT_RANGE");
    try {
      return range == null ? DEFAULT : parse(range);
    } catch (SymphonyException e) {
      throw new SymphonyException("SYMPHONY_PORT_RANGE: " + e.getMessage(), e);
    }
  }

  /**
   * Reads {@code 7000-9000}.
   *
   * @throws SymphonyException when it is nothing of the kind
   */
  public static PortRange parse(String text) {
    int dash = text.indexOf('-');
    try {
      return new PortRange(
          Integer.parseInt(text.substring(0, Math.max(0, dash)).strip()),
          Integer.parseInt(text.substring(dash + 1).strip()));
    } catch (NumberFormatException e) {
      throw new SymphonyException("not a range of ports: '" + text + "' (want 7000-9000)", e);
    }
  }

  /** How many ports there are. */
  public int size() {
    return last - first + 1;
  }

  boolean contains(int port) {
    return first <= port && port <= last;
  }

  /**
   * This range without the ports from which the kernel serves outgoing connections. On a machine
   * that leaves none of the default range (some containers begin at 1024) it stays as it is.
   *
   * @param ephemeral the lowest port for outgoing connections
   */
  PortRange below(int ephemeral) {
    if (last < ephemeral) {
      return this;
    }
    if (first != DEFAULT.first || last != DEFAULT.last) {
      throw new SymphonyException(
          "the port range "
              + this
              + " reaches into the ports of outgoing connections, which begin at "
              + ephemeral
              + " here (net.ipv4.ip_local_port_range): choose one that ends below");
    }
    return first < ephemeral ? new PortRange(first, ephemeral - 1) : this;
  }

  /** The lowest port that the kernel gives to outgoing connections. */
  static int ephemeral() {
    KernelFile file = new KernelFile();
    int length = file.read("/proc/sys/net/ipv4/ip_local_port_range");
    int port = 0;
    for (int i = 0; i < length && file.bytes[i] >= '0' && file.bytes[i] <= '9'; i++) {
      port = 10 * port + (file.bytes[i] - '0');
    }
    // Elsewhere than on Linux: where the range begins that IANA has set aside.
    return port > 0 ? port : 49152;
  }

  /** {@code 7000-9000}. */
  @Override
  public String toString() {
    return first + "-" + last;
  }
}
