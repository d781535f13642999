package dev.symphony.image.internal.build;

import com.google.cloud.tools.jib.blob.Blob;
import com.google.cloud.tools.jib.blob.BlobDescriptor;
import com.google.cloud.tools.jib.image.Layer;
import com.google.cloud.tools.jib.image.LayerPropertyNotFoundException;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import com.google.cloud.tools.jib.tar.TarStreamBuilder;
import dev.symphony.image.internal.registry.Reference;
import dev.symphony.spi.PlainText;
import dev.symphony.spi.RandomId;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An image as {@code docker load} takes it. */
final class ImageTar {
  private final TarStreamBuilder tar = new TarStreamBuilder();
  private final List<String> names = new ArrayList<>();
  private final Set<String> added = new HashSet<>();

  private ImageTar() {}

  /** Writes it beside the file and then in its place; returns the size. */
  static long write(Built built, BaseImages bases, Reference base, Reference target, Path file)
      throws IOException {
    Path part = file.resolveSibling("." + RandomId.next() + ".tmp");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
        new ImageTar().fill(built, bases, base, target).writeAsTarArchiveTo(out);
      }
      long size = Files.size(part);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      return size;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private TarStreamBuilder fill(Built built, BaseImages bases, Reference base, Reference target)
      throws IOException {
    BuiltImage image = built.images().get(0);
    try {
      for (Layer layer : image.base().image().getLayers()) {
        BlobDescriptor blob = layer.getBlobDescriptor();
        add(blob, new RemoteBlob(bases, base, blob));
      }
    } catch (LayerPropertyNotFoundException e) {
      throw new IllegalStateException("a base layer without a digest", e);
    }
    for (MeasuredLayer layer : built.layers()) {
      add(layer.blob(), new LayerBlob(layer));
    }
    byte[] configuration = JsonTemplateMapper.toByteArray(image.configuration());
    tar.addByteEntry(configuration, "config.json", Instant.EPOCH);
    String tag = new Reference(target.host(), target.repository(), "latest", null).toString();
    Object index =
        List.of(Map.of("Config", "config.json", "RepoTags", List.of(tag), "Layers", names));
    byte[] json = PlainText.json(index).getBytes(StandardCharsets.UTF_8);
    tar.addByteEntry(json, "manifest.json", Instant.EPOCH);
    return tar;
  }

  private void add(BlobDescriptor blob, Blob content) {
    String name = blob.getDigest().getHash() + ".tar.gz";
    names.add(name);
    if (added.add(name)) {
      tar.addBlobEntry(content, blob.getSize(), name, Instant.EPOCH);
    }
  }
}
