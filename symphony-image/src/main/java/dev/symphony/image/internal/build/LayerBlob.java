package dev.symphony.image.internal.build;

import com.google.cloud.tools.jib.blob.Blob;
import com.google.cloud.tools.jib.blob.BlobDescriptor;
import dev.symphony.engine.SymphonyException;
import dev.symphony.image.internal.content.LayerWriter;
import java.io.IOException;
import java.io.OutputStream;

/** A layer as it is sent: written anew each time, so that no copy of it is kept. */
record LayerBlob(MeasuredLayer layer) implements Blob {
  @Override
  public BlobDescriptor writeTo(OutputStream out) throws IOException {
    LayerWriter.Written written = LayerWriter.write(layer.layer(), out);
    if (!written.equals(layer.written())) {
      throw changed();
    }
    return layer.blob();
  }

  static SymphonyException changed() {
    return new SymphonyException("the class path has changed since the plan was made; plan again");
  }

  /** A registry that breaks off is told of at once. */
  @Override
  public boolean isRetryable() {
    return false;
  }
}
