package dev.symphony.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an image of the class path goes and what it stands on.
 *
 * @param registry the registry and the path in it, such as {@code ghcr.io/me}
 * @param baseImage the image below; null for a public one of this Java's release
 * @param insecure whether plain HTTP, or a certificate that nobody vouches for, will do
 * @param platforms what it is to run on, such as {@code linux/amd64}; at least one
 */
public record ImageRequest(
    String registry, @Nullable String baseImage, boolean insecure, List<String> platforms) {
  /** Copies. */
  public ImageRequest {
    platforms = List.copyOf(platforms);
  }
}
