package dev.symphony.image.internal.build;

import com.google.cloud.tools.jib.blob.Blob;
import com.google.cloud.tools.jib.blob.BlobDescriptor;
import dev.symphony.image.internal.registry.Reference;
import dev.symphony.image.internal.registry.RegistryAccess;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A layer of the base image, taken from its registry while it is sent to another. */
record RemoteBlob(BaseImages bases, Reference base, BlobDescriptor blob) implements Blob {
  @Override
  public BlobDescriptor writeTo(OutputStream out) throws IOException {
    OutputStream open = new Unclosed(out);
    try (RegistryAccess access = bases.open(base)) {
      return access.what(
          "pull", client -> client.pullBlob(blob.getDigest(), size -> {}, n -> {}).writeTo(open));
    }
  }

  @Override
  public boolean isRetryable() {
    return false;
  }

  /** The library closes what it has written to; there is more to come. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
