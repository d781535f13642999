package dev.symphony.image.internal.registry;

import java.io.IOException;

/** Tells at once of a registry that cannot be talked to; the library would try for a minute. */
final class FirstContact {
  private FirstContact() {}

  /**
   * Says hello over TLS; whatever is answered is good.
   *
   * @throws dev.symphony.engine.SymphonyException where nobody answers, or with a certificate that
   *     is not trusted
   */
  static void make(Reference image) {
    try {
      Http.greet("https", image.host());
    } catch (IOException e) {
      throw RegistryProblems.unreachable(image, e);
    }
  }
}
