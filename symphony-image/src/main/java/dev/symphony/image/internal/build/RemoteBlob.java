package dev.symphony.image.internal.build;

import com.google.cloud.tools.jib.blob.Blob;
import com.google.cloud.tools.jib.blob.BlobDescriptor;
import dev.symphony.image.internal.registry.Reference;
import dev.symphony.image.internal.registry.RegistryAccess;
import java.io.IOException;
import java.io.OutputStream;

/** A layer of the base image, taken from its registry while it is sent to another. */
record RemoteBlob(BaseImages bases, Reference base, BlobDescriptor blob) implements Blob {
  @Override
  public BlobDescriptor writeTo(OutputStream out) throws IOException {
    try (RegistryAccess access = bases.open(base)) {
      return access.what(
          "pull", client -> client.pullBlob(blob.getDigest(), size -> {}, n -> {}).writeTo(out));
    }
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
