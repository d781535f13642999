package dev.symphony.image.internal.build;

import dev.symphony.engine.Progress;
import dev.symphony.image.internal.content.ImageContent;
import dev.symphony.image.internal.content.Sha256;
import dev.symphony.image.internal.registry.DockerConfig;
import dev.symphony.image.internal.registry.QuickQuestion;
import dev.symphony.image.internal.registry.Reference;
import dev.symphony.image.internal.store.Store;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.ImageRequest;
import dev.symphony.spi.PreparedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An image that is known by its digest. The digest is remembered by content and base, so that
 * nothing is built, and the registry library not loaded, where nothing is new.
 */
public final class Preparation implements PreparedImage {
  /** Part of what digests are remembered by: another way of building has another number. */
  static final String FORMAT = "1";

  private final ImageContent content;
  private final Reference target;
  private final boolean plain;
  private final DockerConfig config;
  private final ImageBuild build;
  private @Nullable Built built;

  /**
   * Finds the digest out.
   *
   * @param name the repository's name within the registry
   * @param base the image below
   */
  public Preparation(
      ImageRequest request,
      String name,
      Reference base,
      ImageContent content,
      ClusterContext context) {
    this.content = content;
    config = DockerConfig.of(context.environment(), context.home());
    Store store = new Store(context.stateDirectory());
    build = new ImageBuild(base, request.platforms(), request.insecure(), config, store, context);
    String repository = request.registry() + "/" + name;
    String digest = digest(request, base, store, new BaseDigests(store, context.clock()));
    target = Reference.parse(repository + "@" + digest);
    plain = request.insecure() || target.isLoopback();
  }

  private String digest(ImageRequest request, Reference base, Store store, BaseDigests digests) {
    StringBuilder key = new StringBuilder(FORMAT);
    for (String platform : request.platforms()) {
      String known = digests.find(base, platform);
      key.append(' ').append(platform).append('=');
      key.append(known != null ? known : build.baseDigest(platform));
    }
    key.append(' ').append(content.fingerprint());
    String file = "image-" + Sha256.of(key.toString());
    byte[] remembered = store.read(file);
    if (remembered != null) {
      String digest = new String(remembered, StandardCharsets.UTF_8).strip();
      if (digest.matches("sha256:[0-9a-f]{64}")) {
        return digest;
      }
    }
    Built now = build.build(content);
    built = now;
    store.write(file, (now.digest() + "\n").getBytes(StandardCharsets.UTF_8));
    return now.digest();
  }

  @Override
  public String reference() {
    return target.toString();
  }

  @Override
  public String classPath() {
    return content.classPath();
  }

  @Override
  public void push(Progress progress) {
    QuickQuestion.Answer answer = new QuickQuestion(config).ask(target, plain);
    if (answer == QuickQuestion.Answer.YES) {
      return;
    }
    build.push(built(), target, plain, progress);
  }

  @Override
  public void writeTar(Path file, Progress progress) {
    build.writeTar(built(), target, file, progress);
  }

  private Built built() {
    Built now = built == null ? build.build(content) : built;
    if (!now.digest().equals(target.digest())) {
      throw LayerBlob.changed();
    }
    return now;
  }
}
