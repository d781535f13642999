package dev.symphony.image.internal.build;

import com.google.cloud.tools.jib.blob.BlobDescriptor;
import dev.symphony.engine.SymphonyException;
import dev.symphony.image.internal.content.Layer;
import dev.symphony.image.internal.content.LayerWriter;
import java.io.IOException;
import java.io.OutputStream;

/** A layer whose size and digests are known. */
record MeasuredLayer(Layer layer, LayerWriter.Written written) {
  static MeasuredLayer of(Layer layer) {
    try {
      return new MeasuredLayer(layer, LayerWriter.write(layer, OutputStream.nullOutputStream()));
    } catch (IOException e) {
      throw new SymphonyException("cannot read the class path for an image: " + e.getMessage(), e);
    }
  }

  BlobDescriptor blob() {
    return new BlobDescriptor(written.size(), Digest.ofHex(written.digest()));
  }
}
