package dev.symphony.kube.internal.plan;

import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.PlainText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Plain data as gzipped JSON. */
final class Packed {
  private Packed() {}

  static byte[] write(Map<String, Object> plain) {
    byte[] json = PlainText.json(plain).getBytes(StandardCharsets.UTF_8);
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
            new GZIPInputStream(
                new SequenceInputStream(Collections.enumeration(streams)), 1 << 16);
        JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), all)) {
      parser.nextToken();
      return map(parser);
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

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> map(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static Map<String, Object> map(JsonParser parser) {
    Map<String, Object> map = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      Object value = value(parser);
      if (value != null) {
        map.put(name, value);
      }
    }
    return map;
  }

  private static List<Object> list(JsonParser parser) {
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object value = value(parser);
      if (value != null) {
        list.add(value);
      }
    }
    return list;
  }
}
