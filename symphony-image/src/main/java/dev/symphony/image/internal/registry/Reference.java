package dev.symphony.image.internal.registry;

import org.jspecify.annotations.Nullable;

/**
 * An image's name, taken apart.
 *
 * @param host the registry's, with its port where it has one; {@code registry-1.docker.io} for
 *     Docker Hub
 * @param repository the path there
 * @param tag where it has one, {@code latest} where it has neither tag nor digest
 * @param digest {@code sha256:…}; null for none
 */
public record Reference(
    String host, String repository, @Nullable String tag, @Nullable String digest) {
  private static final String HUB = "registry-1.docker.io";

  /**
   * Takes a name apart.
   *
   * @param text one that {@link dev.symphony.spi.ImageNames} does not refuse
   */
  public static Reference parse(String text) {
    String rest = text;
    String digest = null;
    int at = rest.indexOf('@');
    if (at >= 0) {
      digest = rest.substring(at + 1);
      rest = rest.substring(0, at);
    }
    String tag = null;
    int colon = rest.lastIndexOf(':');
    if (colon > rest.lastIndexOf('/')) {
      tag = rest.substring(colon + 1);
      rest = rest.substring(0, colon);
    }
    if (tag == null && digest == null) {
      tag = "latest";
    }
    int slash = rest.indexOf('/');
    String first = slash < 0 ? "" : rest.substring(0, slash);
    if (first.indexOf('.') < 0 && first.indexOf(':') < 0 && !first.equals("localhost")) {
      return new Reference(HUB, slash < 0 ? "library/" + rest : rest, tag, digest);
    }
    String host = first.equals("docker.io") || first.equals("index.docker.io") ? HUB : first;
    return new Reference(host, rest.substring(slash + 1), tag, digest);
  }

  /** The digest, else the tag. */
  public String qualifier() {
    return digest != null ? digest : String.valueOf(tag);
  }

  /** Whether the registry is on this machine. */
  public boolean isLoopback() {
    String name = host.startsWith("[") ? host.substring(1, host.indexOf(']')) : withoutPort();
    return name.equals("localhost") || name.equals("::1") || name.matches("127(\\.\\d{1,3}){3}");
  }

  private String withoutPort() {
    int colon = host.indexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  /** As people write it. */
  @Override
  public String toString() {
    String name = host.equals(HUB) ? "docker.io/" + repository : host + "/" + repository;
    return digest != null ? name + "@" + digest : name + ":" + tag;
  }
}
