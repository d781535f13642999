package dev.symphony.image.internal.build;

import dev.symphony.image.internal.content.Sha256;
import dev.symphony.image.internal.registry.Reference;
import dev.symphony.image.internal.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Which digest the tag of a base image had when it was last looked up; after a day it is looked up
 * again.
 */
final class BaseDigests {
  private static final Duration KEPT = Duration.ofDays(1);

  private final Store store;
  private final InstantSource clock;

  BaseDigests(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The digest of a platform's manifest, {@code sha256:…}; null where it is to be looked up. */
  @Nullable String find(Reference base, String platform) {
    byte[] bytes = store.read(name(base, platform));
    if (bytes == null) {
      return null;
    }
    String[] words = new String(bytes, StandardCharsets.UTF_8).strip().split(" ", -1);
    if (words.length != 2 || !words[0].matches("sha256:[0-9a-f]{64}")) {
      return null;
    }
    try {
      Instant since = Instant.ofEpochSecond(Long.parseLong(words[1]));
      Instant now = clock.instant();
      boolean fresh = !since.isAfter(now) && since.plus(KEPT).isAfter(now);
      return fresh || base.digest() != null ? words[0] : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  void keep(Reference base, String platform, String digest) {
    String line = digest + " " + clock.instant().getEpochSecond() + "\n";
    store.write(name(base, platform), line.getBytes(StandardCharsets.UTF_8));
  }

  private static String name(Reference base, String platform) {
    return "base-" + Sha256.of(base + " " + platform);
  }
}
