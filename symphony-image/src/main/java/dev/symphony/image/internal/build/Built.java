package dev.symphony.image.internal.build;

import com.google.cloud.tools.jib.hash.Digests;
import com.google.cloud.tools.jib.image.json.ManifestTemplate;
import com.google.cloud.tools.jib.image.json.V22ManifestListTemplate;
import java.io.IOException;
import java.util.List;

/**
 * All that is to be sent.
 *
 * @param layers those above the base, the same for all platforms
 * @param images one for each platform
 * @param top the manifest that names the whole: the only image's, or an index
 * @param digest of that, {@code sha256:…}
 */
record Built(
    List<MeasuredLayer> layers, List<BuiltImage> images, ManifestTemplate top, String digest) {
  static Built of(List<MeasuredLayer> layers, List<BuiltImage> images) {
    if (images.size() == 1) {
      BuiltImage only = images.get(0);
      return new Built(layers, images, only.manifest(), only.manifestBlob().getDigest().toString());
    }
    try {
      ManifestTemplate index = index(images);
      return new Built(layers, images, index, Digests.computeJsonDigest(index).toString());
    } catch (IOException e) {
      throw new IllegalStateException("an image in memory", e);
    }
  }

  private static ManifestTemplate index(List<BuiltImage> images) {
    V22ManifestListTemplate index = new V22ManifestListTemplate();
    for (BuiltImage image : images) {
      var entry = new V22ManifestListTemplate.ManifestDescriptorTemplate();
      entry.setMediaType(image.manifest().getManifestMediaType());
      entry.setSize(image.manifestBlob().getSize());
      entry.setDigest(image.manifestBlob().getDigest().toString());
      int slash = image.platform().indexOf('/');
      entry.setPlatform(
          image.platform().substring(slash + 1), image.platform().substring(0, slash));
      index.addManifest(entry);
    }
    return index;
  }
}
