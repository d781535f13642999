package dev.symphony.image.internal.build;

import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.blob.Blob;
import com.google.cloud.tools.jib.blob.BlobDescriptor;
import com.google.cloud.tools.jib.blob.Blobs;
import com.google.cloud.tools.jib.image.Layer;
import com.google.cloud.tools.jib.image.LayerPropertyNotFoundException;
import dev.symphony.engine.Progress;
import dev.symphony.image.internal.registry.Reference;
import dev.symphony.image.internal.registry.RegistryAccess;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends an image: layers that the registry does not have, then configuration and manifest. */
final class Push {
  private final RegistryAccess target;
  private final BaseImages bases;
  private final Progress progress;
  private final Set<DescriptorDigest> done = new HashSet<>();
  private long sent;
  private long skipped;
  private int sentLayers;

  Push(RegistryAccess target, BaseImages bases, Progress progress) {
    this.target = target;
    this.bases = bases;
    this.progress = progress;
  }

  /**
   * Sends it.
   *
   * @param base where the base's layers come from
   */
  void send(Built built, Reference base) {
    for (BuiltImage image : built.images()) {
      for (Layer layer : image.base().image().getLayers()) {
        sendBaseLayer(base, layer);
      }
    }
    for (MeasuredLayer layer : built.layers()) {
      sendBlob(layer.layer().name(), layer.blob(), new LayerBlob(layer), null);
    }
    for (BuiltImage image : built.images()) {
      BlobDescriptor blob = image.configurationBlob();
      if (done.add(blob.getDigest()) && !has(blob)) {
        put(blob, Blobs.from(image.configuration()), null, bytes -> {});
      }
      target.what(
          "push",
          client ->
              client.pushManifest(image.manifest(), image.manifestBlob().getDigest().toString()));
    }
    if (built.images().size() > 1) {
      target.what("push", client -> client.pushManifest(built.top(), built.digest()));
    }
    progress.tell(
        "pushed "
            + target.image()
            + ": "
            + sentLayers
            + (sentLayers == 1 ? " layer, " : " layers, ")
            + bytes(sent)
            + (skipped > 0 ? "; " + bytes(skipped) + " were there" : ""));
  }

  private void sendBaseLayer(Reference base, Layer layer) {
    try {
      BlobDescriptor blob = layer.getBlobDescriptor();
      String from = base.host().equals(target.image().host()) ? base.repository() : null;
      sendBlob("base", blob, new RemoteBlob(bases, base, blob), from);
    } catch (LayerPropertyNotFoundException e) {
      throw new IllegalStateException("a base layer without a digest", e);
    }
  }

  private void sendBlob(String name, BlobDescriptor blob, Blob content, @Nullable String from) {
    if (!done.add(blob.getDigest())) {
      return;
    }
    long size = blob.getSize();
    String layer = "layer " + name + ": ";
    if (has(blob) || !put(blob, content, from, new Course(layer, size))) {
      skipped += size;
      progress.step(layer + bytes(size) + ", already there", true);
      return;
    }
    sent += size;
    sentLayers++;
    progress.step(layer + bytes(size) + " sent", true);
  }

  private boolean has(BlobDescriptor blob) {
    return target.what("push", client -> client.checkBlob(blob.getDigest())).isPresent();
  }

  /** Sends; false where the registry had it in another repository. */
  private boolean put(
      BlobDescriptor blob, Blob content, @Nullable String from, Consumer<Long> listener) {
    return !target.what(
        "push", client -> client.pushBlob(blob.getDigest(), content, from, listener));
  }

  /** Tells of a layer on its way, a hundred times at most. */
  private final class Course implements Consumer<Long> {
    private final String layer;
    private final long size;
    private long gone;
    private long told = -1;

    Course(String layer, long size) {
      this.layer = layer;
      this.size = size;
    }

    @Override
    public void accept(Long more) {
      gone += more;
      if (100 * gone / size > told) {
        told = 100 * gone / size;
        progress.step(layer + bytes(gone) + " of " + bytes(size), false);
      }
    }
  }

  static String bytes(long count) {
    if (count < 1000) {
      return count + " B";
    }
    if (count < 1_000_000) {
      return String.format(Locale.ROOT, "%.1f kB", count / 1e3);
    }
    return String.format(Locale.ROOT, "%.1f MB", count / 1e6);
  }
}
