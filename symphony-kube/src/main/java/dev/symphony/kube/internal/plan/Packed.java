package dev.symphony.kube.internal.plan;

import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;

/** Plain data as gzipped JSON. */
final class Packed {
  private Packed() {}

  static byte[] write(Map<String, Object> plain) {
    byte[] json = Json.bytes(plain);
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length / 8);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out, 1 << 16)) {
      gzip.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Reads what was written, cut into pieces. */
  static Map<String, Object> read(List<byte[]> pieces) {
    List<InputStream> streams = new ArrayList<>();
    for (byte[] piece : pieces) {
      streams.add(new ByteArrayInputStream(piece));
    }
    try (InputStream all =
        new GZIPInputStream(new SequenceInputStream(Collections.enumeration(streams)), 1 << 16)) {
      return Json.object(all);
    } catch (IOException | JacksonException e) {
      throw damaged(e);
    }
  }

  static SymphonyException damaged(Exception cause) {
    return new SymphonyException(
        "the plan of this experiment is damaged in the cluster; delete the experiment and launch"
            + " it again",
        cause);
  }
}
