package dev.symphony.image.internal.build;

import com.google.cloud.tools.jib.blob.BlobDescriptor;
import dev.symphony.engine.SymphonyException;
import dev.symphony.image.internal.content.Layer;
import dev.symphony.image.internal.content.LayerWriter;
import dev.symphony.image.internal.content.LayerWriter.Written;
import dev.symphony.image.internal.content.Sha256;
import dev.symphony.image.internal.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A layer whose size and digests are known: those of a large one are remembered by what it consists
 * of, since jars change seldom.
 */
record MeasuredLayer(Layer layer, Written written) {
  private static final long LARGE = 1_000_000;

  static MeasuredLayer of(Layer layer, Store store) {
    boolean large = layer.size() > LARGE;
    String name = large ? "layer-" + Sha256.of(Preparation.FORMAT + layer.description()) : "";
    Written known = large ? read(store.read(name)) : null;
    if (known != null) {
      return new MeasuredLayer(layer, known);
    }
    try {
      Written written = LayerWriter.write(layer, OutputStream.nullOutputStream());
      if (large) {
        String line = written.digest() + " " + written.size() + " " + written.diffId() + "\n";
        store.write(name, line.getBytes(StandardCharsets.UTF_8));
      }
      return new MeasuredLayer(layer, written);
    } catch (IOException e) {
      throw new SymphonyException("cannot read the class path for an image: " + e.getMessage(), e);
    }
  }

  private static @Nullable Written read(byte @Nullable [] bytes) {
    String text = bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    if (!text.matches("[0-9a-f]{64} [0-9]{1,18} [0-9a-f]{64}\n")) {
      return null;
    }
    String[] words = text.strip().split(" ", -1);
    return new Written(words[0], Long.parseLong(words[1]), words[2]);
  }

  BlobDescriptor blob() {
    return new BlobDescriptor(written.size(), Digest.ofHex(written.digest()));
  }
}
