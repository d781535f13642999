package dev.symphony.image.internal.content;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.image.ReproducibleLayerBuilder;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.OutputStream;

/** Writes layers as registries keep them: the same bytes for the same files. */
public final class LayerWriter {
  private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");

  private LayerWriter() {}

  /**
   * A layer as it was written.
   *
   * @param digest of the bytes written, SHA-256 in hexadecimal digits
   * @param size their number
   * @param diffId the digest of the tar within, in hexadecimal digits
   */
  public record Written(String digest, long size, String diffId) {}

  /** Writes a layer, and leaves the stream open. */
  public static Written write(Layer layer, OutputStream out) throws IOException {
    DigestStream outer = new DigestStream(out);
    StoredGzip gzip = new StoredGzip(outer);
    DigestStream inner = new DigestStream(gzip);
    new ReproducibleLayerBuilder(entries(layer)).build().writeTo(inner);
    gzip.finish();
    return new Written(outer.hex(), outer.count(), inner.hex());
  }

  private static ImmutableList<FileEntry> entries(Layer layer) {
    ImmutableList.Builder<FileEntry> entries = ImmutableList.builder();
    for (LayerFile file : layer.files()) {
      entries.add(
          new FileEntry(
              file.source(),
              AbsoluteUnixPath.get(file.path()),
              file.executable() ? PROGRAM : FilePermissions.DEFAULT_FILE_PERMISSIONS,
              FileEntriesLayer.DEFAULT_MODIFICATION_TIME));
    }
    return entries.build();
  }
}
