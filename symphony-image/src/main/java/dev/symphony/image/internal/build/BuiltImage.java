package dev.symphony.image.internal.build;

import com.google.cloud.tools.jib.api.buildplan.Port;
import com.google.cloud.tools.jib.blob.BlobDescriptor;
import com.google.cloud.tools.jib.hash.Digests;
import com.google.cloud.tools.jib.image.Image;
import com.google.cloud.tools.jib.image.LayerPropertyNotFoundException;
import com.google.cloud.tools.jib.image.ReferenceLayer;
import com.google.cloud.tools.jib.image.json.HistoryEntry;
import com.google.cloud.tools.jib.image.json.ImageToJsonTranslator;
import com.google.cloud.tools.jib.image.json.V22ManifestTemplate;
import com.google.cloud.tools.jib.json.JsonTemplate;
import dev.symphony.image.internal.content.ImageContent;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An image for one platform, as its registry will have it.
 *
 * @param base what it stands on
 * @param configuration its configuration
 * @param configurationBlob size and digest of that
 * @param manifest its manifest
 * @param manifestBlob size and digest of that
 */
record BuiltImage(
    BaseImage base,
    String platform,
    JsonTemplate configuration,
    BlobDescriptor configurationBlob,
    V22ManifestTemplate manifest,
    BlobDescriptor manifestBlob) {
  /** Belongs to nobody, is not root, and needs no entry in a passwd file. */
  private static final String USER = "65532";

  /** Puts an image together. */
  static BuiltImage of(
      BaseImage base, String platform, ImageContent content, List<MeasuredLayer> layers) {
    try {
      Image.Builder image = begin(base.image(), platform);
      for (MeasuredLayer layer : layers) {
        BlobDescriptor blob = layer.blob();
        image.addLayer(new ReferenceLayer(blob, Digest.ofHex(layer.written().diffId())));
        image.addHistory(entry(layer.layer().name()));
      }
      image.addLabels(content.labels());
      image.addEnvironment(content.additions().environment());
      image.addExposedPorts(
          content.additions().ports().stream().map(Port::tcp).collect(Collectors.toSet()));
      ImageToJsonTranslator json = new ImageToJsonTranslator(image.build());
      JsonTemplate configuration = json.getContainerConfiguration();
      BlobDescriptor configurationBlob = Digests.computeDigest(configuration);
      V22ManifestTemplate manifest =
          json.getManifestTemplate(V22ManifestTemplate.class, configurationBlob);
      return new BuiltImage(
          base,
          platform,
          configuration,
          configurationBlob,
          manifest,
          Digests.computeDigest(manifest));
    } catch (IOException | LayerPropertyNotFoundException e) {
      throw new IllegalStateException("an image in memory", e);
    }
  }

  private static Image.Builder begin(Image base, String platform)
      throws LayerPropertyNotFoundException {
    Image.Builder image = Image.builder(V22ManifestTemplate.class);
    int slash = platform.indexOf('/');
    image.setOs(platform.substring(0, slash));
    image.setArchitecture(platform.substring(slash + 1));
    image.setCreated(Instant.EPOCH);
    image.setUser(USER);
    image.setEntrypoint(base.getEntrypoint());
    image.setProgramArguments(base.getProgramArguments());
    image.setWorkingDirectory(base.getWorkingDirectory());
    image.setHealthCheck(base.getHealthCheck());
    image.addEnvironment(base.getEnvironment());
    image.addExposedPorts(base.getExposedPorts());
    image.addVolumes(base.getVolumes());
    image.addLabels(base.getLabels());
    for (com.google.cloud.tools.jib.image.Layer layer : base.getLayers()) {
      image.addLayer(layer);
    }
    int told = 0;
    for (HistoryEntry entry : base.getHistory()) {
      image.addHistory(entry);
      told += entry.hasCorrespondingLayer() ? 1 : 0;
    }
    for (; told < base.getLayers().size(); told++) {
      image.addHistory(entry("base"));
    }
    return image;
  }

  private static HistoryEntry entry(String what) {
    return HistoryEntry.builder()
        .setCreationTimestamp(Instant.EPOCH)
        .setCreatedBy("symphony")
        .setComment(what)
        .build();
  }
}
