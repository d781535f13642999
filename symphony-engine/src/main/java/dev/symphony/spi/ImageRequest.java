package dev.symphony.spi;

import dev.symphony.engine.ImageAdditions;
import dev.symphony.engine.UsageException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an image of the class path goes and what it stands on.
 *
 * @param registry the registry and the path in it, such as {@code ghcr.io/me}
 * @param baseImage the image below; null for a public one of this Java's release
 * @param insecure whether plain HTTP, or a certificate that nobody vouches for, will do
 * @param platforms what it is to run on, such as {@code linux/amd64}; at least one
 * @param additions what it has beside the class path
 */
public record ImageRequest(
    String registry,
    @Nullable String baseImage,
    boolean insecure,
    List<String> platforms,
    ImageAdditions additions) {
  private static final Pattern PLATFORM = Pattern.compile("[a-z0-9]+/[a-z0-9_]+");

  /**
   * Copies.
   *
   * @throws UsageException for what is no registry, image reference or platform, in one line
   */
  public ImageRequest {
    ImageNames.checkPlace("registry", registry);
    if (baseImage != null) {
      ImageNames.check("base image", baseImage);
    }
    platforms = List.copyOf(platforms);
    platforms.forEach(ImageRequest::checkPlatform);
  }

  /** Refuses what is no platform with a {@link UsageException}. */
  public static void checkPlatform(String platform) {
    if (!PLATFORM.matcher(platform).matches()) {
      throw new UsageException(
          "'" + platform + "' is no platform; write OS/ARCHITECTURE, such as linux/arm64");
    }
  }
}
