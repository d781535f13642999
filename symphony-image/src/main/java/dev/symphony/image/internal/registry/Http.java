package dev.symphony.image.internal.registry;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Requests by nothing but the JDK. */
final class Http {
  private static final int MILLIS = 10_000;

  private Http() {}

  /** A request that follows no redirection and does not wait for ever. */
  static HttpURLConnection open(String address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
    connection.setConnectTimeout(MILLIS);
    connection.setReadTimeout(MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("User-Agent", "symphony");
    return connection;
  }

  /** The status that a registry greets with. */
  static int greet(String scheme, String host) throws IOException {
    HttpURLConnection connection = open(scheme + "://" + host + "/v2/");
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
