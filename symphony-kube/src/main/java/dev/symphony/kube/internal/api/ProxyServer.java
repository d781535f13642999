package dev.symphony.kube.internal.api;

import dev.symphony.engine.SymphonyException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy that connections go through.
 *
 * @param authorization the value of {@code Proxy-Authorization}; null for none
 */
record ProxyServer(String host, int port, @Nullable String authorization) {

  /**
   * The proxy for a server, as kubectl chooses it: what the kubeconfig says, else {@code
   * HTTPS_PROXY} unless {@code NO_PROXY} excepts the server.
   */
  static @Nullable ProxyServer of(
      @Nullable String configured, String server, Map<String, String> environment) {
    if (configured != null) {
      return parse(configured, "the kubeconfig's proxy-url");
    }
    String name = server.startsWith("http://") ? "HTTP_PROXY" : "HTTPS_PROXY";
    String proxy = either(environment, name);
    if (proxy == null || isExcepted(server, either(environment, "NO_PROXY"))) {
      return null;
    }
    return parse(proxy.indexOf("://") < 0 ? "http://" + proxy : proxy, name);
  }

  private static @Nullable String either(Map<String, String> environment, String name) {
    String upper = environment.get(name);
    String value =
        upper == null || upper.isEmpty() ? environment.get(name.toLowerCase(Locale.ROOT)) : upper;
    return value == null || value.isEmpty() ? null : value;
  }

  private static ProxyServer parse(String text, String source) {
    try {
      URI proxy = new URI(text);
      if (!"http".equals(proxy.getScheme()) || proxy.getHost() == null) {
        throw new SymphonyException(
            source + " is '" + withoutPassword(text) + "'; only http://HOST:PORT is supported");
      }
      String user = proxy.getUserInfo();
      return new ProxyServer(
          bare(proxy.getHost()),
          proxy.getPort() < 0 ? 80 : proxy.getPort(),
          user == null
              ? null
              : "Basic "
                  + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    } catch (URISyntaxException e) {
      throw new SymphonyException(
          source + " is '" + withoutPassword(text) + "', which is no address", e);
    }
  }

  private static String withoutPassword(String text) {
    int at = text.lastIndexOf('@');
    int start = text.indexOf("://");
    return at < 0
        ? text
        : text.substring(0, start < 0 ? 0 : start + 3) + "***" + text.substring(at);
  }

  /** What Go's programs do: the loopback never goes through a proxy of the environment. */
  private static boolean isExcepted(String server, @Nullable String exceptions) {
    String host = bare(String.valueOf(URI.create(server).getHost()));
    if (host.equals("localhost") || host.startsWith("127.") || host.equals("::1")) {
      return true;
    }
    if (exceptions == null) {
      return false;
    }
    for (String item : exceptions.split(",", -1)) {
      String pattern = item.strip().toLowerCase(Locale.ROOT);
      if (pattern.equals("*") || matches(pattern, host.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String pattern, String host) {
    int slash = pattern.indexOf('/');
    if (slash > 0) {
      return inNetwork(pattern.substring(0, slash), pattern.substring(slash + 1), host);
    }
    int colon = pattern.lastIndexOf(':');
    String name =
        colon > 0 && pattern.indexOf(':') == colon ? pattern.substring(0, colon) : pattern;
    if (name.startsWith("*.")) {
      name = name.substring(1);
    }
    return !name.isEmpty()
        && (host.equals(name) || host.endsWith(name.startsWith(".") ? name : "." + name));
  }

  private static boolean inNetwork(String network, String bits, String host) {
    long base = ipv4(network);
    long address = ipv4(host);
    if (base < 0
        || address < 0
        || bits.length() > 2
        || !bits.chars().allMatch(Character::isDigit)) {
      return false;
    }
    int shift = 32 - Integer.parseInt(bits);
    return shift >= 0 && base >> shift == address >> shift;
  }

  /** An IPv4 address as a number; -1 for anything else. */
  private static long ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    long number = 0;
    for (String part : parts) {
      if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(Character::isDigit)) {
        return -1;
      }
      number = number << 8 | Integer.parseInt(part) & 0xff;
    }
    return parts.length == 4 ? number : -1;
  }

  /** A host without the brackets of an IPv6 address. */
  static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
