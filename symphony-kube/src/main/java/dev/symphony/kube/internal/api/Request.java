package dev.symphony.kube.internal.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the server.
 *
 * @param type what the body is; null for no body
 * @param body plain data; null for no body
 * @param repeatable whether asking twice does the same as asking once
 * @param headers whole lines beside the usual ones
 */
record Request(
    String method,
    String path,
    String accept,
    @Nullable String type,
    @Nullable Object body,
    boolean repeatable,
    List<String> headers) {
  static final String JSON = "application/json";
  private static final String ANYTHING = "*/*";
  private static final String METADATA =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

  /** An API server packs what is long, to a tenth or less; that is also less to decrypt. */
  static Request get(String path) {
    return new Request("GET", path, JSON, null, null, true, List.of("Accept-Encoding: gzip"));
  }

  static Request stream(String path) {
    return new Request("GET", path, ANYTHING, null, null, true, List.of());
  }

  static Request create(String path, Map<String, Object> object, boolean metadataOnly) {
    String accept = metadataOnly ? METADATA : JSON;
    return new Request("POST", path, accept, JSON, object, true, List.of());
  }

  static Request patch(String path, KubeApi.Patch how, Object change) {
    boolean repeatable = how != KubeApi.Patch.JSON;
    return new Request("PATCH", path, JSON, how.type(), change, repeatable, List.of());
  }

  static Request put(String path, Map<String, Object> object) {
    return new Request("PUT", path, JSON, JSON, object, true, List.of());
  }

  static Request delete(String path, @Nullable Map<String, Object> options) {
    return new Request(
        "DELETE", path, JSON, options == null ? null : JSON, options, true, List.of());
  }

  /** Whether its answer goes on, and may begin late. */
  boolean isStream() {
    return accept.equals(ANYTHING) && !isSocket();
  }

  /** Whether it is to become a socket. */
  boolean isSocket() {
    return headers.contains("Upgrade: websocket");
  }

  static Request socket(String path, List<String> protocols, String key) {
    List<String> headers =
        List.of(
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: " + key,
            "Sec-WebSocket-Protocol: " + String.join(", ", protocols));
    return new Request("GET", path, ANYTHING, null, null, false, headers);
  }

  /** The bytes to send. */
  byte[] bytes(Endpoint endpoint, List<String> login) {
    byte[] content = body == null ? new byte[0] : Json.bytes(body);
    String prefix = endpoint.address().getRawPath();
    StringBuilder head =
        new StringBuilder(512)
            .append(method)
            .append(' ')
            .append(prefix == null ? "" : prefix)
            .append(path)
            .append(" HTTP/1.1\r\nHost: ")
            .append(endpoint.authority())
            .append("\r\nUser-Agent: symphony\r\nAccept: ")
            .append(accept)
            .append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    for (String header : login) {
      head.append(header).append("\r\n");
    }
    if (type != null) {
      head.append("Content-Type: ").append(type).append("\r\n");
    }
    if (type != null || !method.equals("GET")) {
      head.append("Content-Length: ").append(content.length).append("\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = java.util.Arrays.copyOf(start, start.length + content.length);
    System.arraycopy(content, 0, all, start.length, content.length);
    return all;
  }

  /** What is asked, for messages: {@code GET /api/v1/pods}. */
  String describe() {
    int query = path.indexOf('?');
    return method + " " + (query < 0 ? path : path.substring(0, query));
  }
}
