package dev.symphony.image.internal.registry;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;

/** Tells at once of a registry that cannot be talked to; the library would try for a minute. */
final class FirstContact {
  private static final int MILLIS = 10_000;

  private FirstContact() {}

  /**
   * Says hello over TLS; whatever is answered is good.
   *
   * @throws dev.symphony.engine.SymphonyException where nobody answers, or with a certificate that
   *     is not trusted
   */
  static void make(Reference image) {
    try {
      URL url = URI.create("https://" + image.host() + "/v2/").toURL();
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      connection.setConnectTimeout(MILLIS);
      connection.setReadTimeout(MILLIS);
      connection.setInstanceFollowRedirects(false);
      connection.getResponseCode();
      connection.disconnect();
    } catch (IOException e) {
      throw RegistryProblems.unreachable(image, e);
    }
  }
}
