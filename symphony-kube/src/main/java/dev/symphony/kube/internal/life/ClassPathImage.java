package dev.symphony.kube.internal.life;

import dev.symphony.engine.ImageAdditions;
import dev.symphony.kube.internal.plan.OwnImage;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.ImageMaker;
import dev.symphony.spi.ImageRequest;
import dev.symphony.spi.PreparedImage;
import dev.symphony.spi.RunningClassPath;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The image of this program's class path, by whoever on it makes images. */
public final class ClassPathImage implements OwnImage {
  /** Says what the image is to run on. */
  public interface Platforms {
    /** Such as {@code linux/amd64}; at least one. */
    List<String> get();
  }

  private final @Nullable String registry;
  private final @Nullable String base;
  private final boolean insecure;
  private final Platforms platforms;
  private final ImageAdditions additions;
  private final ClusterContext context;
  private @Nullable List<Path> elements;
  private @Nullable PreparedImage made;

  /**
   * None is made yet.
   *
   * @param registry where it goes; null for nowhere
   * @param base the image below; null for the usual one
   */
  public ClassPathImage(
      @Nullable String registry,
      @Nullable String base,
      boolean insecure,
      Platforms platforms,
      ImageAdditions additions,
      ClusterContext context) {
    this.registry = registry;
    this.base = base;
    this.insecure = insecure;
    this.platforms = platforms;
    this.additions = additions;
    this.context = context;
  }

  @Override
  public boolean isWanted() {
    return registry != null;
  }

  @Override
  public boolean holds(String mainClass) {
    List<Path> known = elements;
    if (known == null) {
      known = RunningClassPath.elements();
      elements = known;
    }
    return RunningClassPath.holds(known, mainClass);
  }

  @Override
  public PreparedImage get() {
    PreparedImage image = made;
    if (image == null) {
      image =
          ImageMaker.find()
              .prepare(
                  new ImageRequest(
                      String.valueOf(registry), base, insecure, platforms.get(), additions),
                  context);
      made = image;
    }
    return image;
  }

  /** The image where a process needed it; null where none did. */
  public @Nullable PreparedImage made() {
    return made;
  }
}
