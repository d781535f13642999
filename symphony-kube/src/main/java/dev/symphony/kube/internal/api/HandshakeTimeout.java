package dev.symphony.kube.internal.api;

import java.io.IOException;
import java.time.Duration;

/** A server took a connection and did not encrypt it in time. */
final class HandshakeTimeout extends IOException {
  private static final long serialVersionUID = 1L;

  HandshakeTimeout(Duration limit, IOException cause) {
    super("no TLS handshake within " + limit.toSeconds() + " s", cause);
  }
}
