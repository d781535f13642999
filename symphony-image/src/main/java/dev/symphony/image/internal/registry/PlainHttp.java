package dev.symphony.image.internal.registry;

import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.http.Request;
import com.google.cloud.tools.jib.http.Response;
import java.io.IOException;
import java.net.URI;
import java.net.URL;

/** Requests to a registry that speaks plain HTTP; the library would try TLS first, each time. */
final class PlainHttp extends FailoverHttpClient {
  private final String host;

  PlainHttp(String host) {
    super(true, true, event -> {});
    this.host = host;
  }

  /** Whether a registry speaks it: a server of TLS answers 400 or not at all. */
  static boolean isSpokenBy(String host) {
    try {
      int status = Http.greet("http", host);
      return status >= 200 && status < 300 || status >= 401 && status < 500;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Response call(String method, URL url, Request request) throws IOException {
    boolean isRegistry = url.getProtocol().equals("https") && url.getAuthority().equals(host);
    URL plain = isRegistry ? URI.create("http" + url.toString().substring(5)).toURL() : url;
    return super.call(method, plain, request);
  }
}
