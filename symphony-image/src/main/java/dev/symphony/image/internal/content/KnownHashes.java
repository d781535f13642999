package dev.symphony.image.internal.content;

import dev.symphony.image.internal.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Digests of jars, remembered as long as the file is the same by all that the system says of it:
 * reading a jar of 20 MB takes a cold program 0.2 s.
 *
 * <p>A file that was changed within the last seconds is not remembered, since another change may
 * come at the same tick of the clock.
 */
final class KnownHashes {
  private static final String FILE = "hashes";
  private static final long SETTLED_MILLIS = 3000;
  private static final int MOST = 500;

  private final Store store;
  private final InstantSource clock;
  private final Map<String, String> known = new LinkedHashMap<>();
  private boolean changed;

  KnownHashes(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    byte[] bytes = store.read(FILE);
    if (bytes != null) {
      for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
        if (line.length() > 65 && line.charAt(64) == ' ') {
          known.put(line.substring(65), line.substring(0, 64));
        }
      }
    }
  }

  /** The digest of a file's bytes. */
  String of(Path file) throws IOException {
    String identity = identity(file);
    String hash = identity == null ? null : known.get(identity);
    if (hash != null) {
      return hash;
    }
    hash = Sha256.of(file);
    if (identity != null && identity.equals(identity(file))) {
      known.put(identity, hash);
      changed = true;
    }
    return hash;
  }

  /** All that the system says of a file; null for one that changed just now. */
  private @Nullable String identity(Path file) throws IOException {
    try {
      Map<String, Object> facts =
          Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino");
      long modified = time(facts, "lastModifiedTime");
      long inode = time(facts, "ctime");
      long now = TimeUnit.MILLISECONDS.toNanos(clock.millis() - SETTLED_MILLIS);
      if (modified > now || inode > now) {
        return null;
      }
      return facts.get("size") + " " + modified + " " + inode + " " + facts.get("ino") + " " + file;
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return null; // a system that does not tell when a file's own record changed
    }
  }

  private static long time(Map<String, Object> facts, String name) {
    return facts.get(name) instanceof FileTime time
        ? time.to(TimeUnit.NANOSECONDS)
        : Long.MAX_VALUE;
  }

  /** Writes down what is new. */
  void keep() {
    if (!changed) {
      return;
    }
    StringBuilder text = new StringBuilder();
    int passed = known.size() - MOST;
    for (Map.Entry<String, String> entry : known.entrySet()) {
      if (passed-- > 0 || entry.getKey().indexOf('\n') >= 0) {
        continue;
      }
      text.append(entry.getValue()).append(' ').append(entry.getKey()).append('\n');
    }
    store.write(FILE, text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
