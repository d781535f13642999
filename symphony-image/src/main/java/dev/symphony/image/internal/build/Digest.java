package dev.symphony.image.internal.build;

import com.google.cloud.tools.jib.api.DescriptorDigest;
import java.security.DigestException;

/** Digests as the registry library has them. */
final class Digest {
  private Digest() {}

  static DescriptorDigest ofHex(String hex) {
    try {
      return DescriptorDigest.fromHash(hex);
    } catch (DigestException e) {
      throw new IllegalArgumentException(hex, e);
    }
  }
}
