package dev.symphony.kube.internal.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The head of an answer, and its body to be read.
 *
 * @param headers by names in lower case
 */
record Answer(int status, Map<String, String> headers, Body body, boolean lasting) {

  /** Reads the head of the answer to a request. */
  static Answer read(WireInput in) throws IOException {
    while (true) {
      String first = in.line();
      if (!first.startsWith("HTTP/1.") || first.length() < 12) {
        throw new IOException("the answer is no HTTP");
      }
      int status;
      try {
        status = Integer.parseInt(first.substring(9, 12));
      } catch (NumberFormatException e) {
        throw new IOException("the answer is no HTTP", e);
      }
      Map<String, String> headers = headers(in);
      if (status >= 200 || status == 101) {
        boolean lasting =
            first.charAt(7) == '1' && !"close".equalsIgnoreCase(headers.get("connection"));
        return new Answer(status, headers, body(status, headers, in), lasting);
      }
    }
  }

  private static Map<String, String> headers(WireInput in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = in.line(); !line.isEmpty(); line = in.line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  private static Body body(int status, Map<String, String> headers, WireInput in)
      throws IOException {
    if (status == 101 || status == 204 || status == 304) {
      return Body.ofLength(in, 0);
    }
    String encoding = headers.get("transfer-encoding");
    if (encoding != null && encoding.toLowerCase(Locale.ROOT).endsWith("chunked")) {
      return Body.ofChunks(in);
    }
    String length = headers.get("content-length");
    try {
      return length == null ? Body.untilEnd(in) : Body.ofLength(in, Long.parseLong(length));
    } catch (NumberFormatException e) {
      throw new IOException("the answer has a wrong length", e);
    }
  }

  /** The body, unpacked where the server has packed it. */
  InputStream content() throws IOException {
    String encoding = headers.get("content-encoding");
    return encoding != null && encoding.equalsIgnoreCase("gzip")
        ? new GZIPInputStream(body, 16 * 1024)
        : body;
  }

  /** Whether the server did what it was asked. */
  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** The seconds that the server wants to be left alone; 0 for none told. */
  int retryAfter() {
    String text = headers.get("retry-after");
    try {
      return text == null ? 0 : Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return 0; // A date, which the API server never sends.
    }
  }

  /** What the body is; null for not told. */
  @Nullable String type() {
    return headers.get("content-type");
  }
}
