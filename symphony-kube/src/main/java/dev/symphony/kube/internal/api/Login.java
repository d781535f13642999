package dev.symphony.kube.internal.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a user shows who they are. */
interface Login {
  /**
   * What a request carries.
   *
   * @param headers whole lines, such as {@code Authorization: Bearer …}
   * @param certificate shown when a connection is opened; null for none
   */
  record Pass(List<String> headers, @Nullable ClientCertificate certificate) {
    /** With nothing. */
    static final Pass NONE = new Pass(List.of(), null);

    /** The same with one line more, and a certificate where one is given. */
    Pass with(String header, @Nullable ClientCertificate other) {
      List<String> lines = new ArrayList<>(headers);
      lines.add(header);
      return new Pass(lines, other == null ? certificate : other);
    }
  }

  /**
   * What the next request is to carry.
   *
   * @throws dev.symphony.engine.SymphonyException in one line, where it cannot be had
   */
  Pass pass();

  /**
   * Told that the server does not know who showed this.
   *
   * @return whether there is another one to try
   */
  default boolean renew(Pass rejected) {
    return false;
  }

  /** Whose it is and of what kind, for messages: {@code the token of user 'me'}. */
  String describe();

  /** What to do when it is rejected, for messages. */
  String remedy();
}
