package dev.symphony.image.internal.build;

import dev.symphony.engine.Progress;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import dev.symphony.image.internal.content.ImageContent;
import dev.symphony.image.internal.content.Layer;
import dev.symphony.image.internal.registry.DockerConfig;
import dev.symphony.image.internal.registry.Reference;
import dev.symphony.image.internal.registry.RegistryAccess;
import dev.symphony.image.internal.store.Store;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds and sends with the registry library, which {@link Preparation} does not load. */
final class ImageBuild {
  private final Reference base;
  private final List<String> platforms;
  private final DockerConfig config;
  private final Store store;
  private final BaseImages bases;

  ImageBuild(
      Reference base,
      List<String> platforms,
      boolean insecure,
      DockerConfig config,
      Store store,
      ClusterContext context) {
    this.base = base;
    this.platforms = platforms;
    this.config = config;
    this.store = store;
    BaseDigests digests = new BaseDigests(store, context.clock());
    this.bases = new BaseImages(store, digests, config, insecure);
  }

  /** The digest of the base's manifest for a platform, looked up in its registry. */
  String baseDigest(String platform) {
    return bases.digest(base, platform);
  }

  /** Puts the image together, in memory. */
  Built build(ImageContent content) {
    List<MeasuredLayer> layers = new ArrayList<>();
    for (Layer layer : content.layers()) {
      layers.add(MeasuredLayer.of(layer, store));
    }
    List<BuiltImage> images = new ArrayList<>();
    for (String platform : platforms) {
      images.add(BuiltImage.of(bases.get(base, platform), platform, content, layers));
    }
    return Built.of(layers, images);
  }

  /** Writes it to a file. */
  void writeTar(Built built, Reference target, Path file, Progress progress) {
    if (built.images().size() > 1) {
      throw new UsageException("a tar holds an image of one platform; name one");
    }
    try {
      long size = ImageTar.write(built, bases, base, target, file);
      progress.tell("wrote " + file + ": " + Push.bytes(size));
    } catch (IOException e) {
      throw new SymphonyException("cannot write " + file + ": " + Problems.reason(e), e);
    }
  }

  /** Sends what the registry does not have. */
  void push(Built built, Reference target, boolean insecure, Progress progress) {
    String from = base.host().equals(target.host()) ? base.repository() : null;
    try (RegistryAccess access = new RegistryAccess(target, true, from, insecure, config)) {
      new Push(access, bases, progress).send(built, base);
    }
  }
}
