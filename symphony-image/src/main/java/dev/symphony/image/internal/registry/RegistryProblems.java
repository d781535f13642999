package dev.symphony.image.internal.registry;

import dev.symphony.engine.SymphonyException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong with a registry, in one line that says what to do. */
public final class RegistryProblems {
  private RegistryProblems() {}

  /** For a connection that could not be made, or broke. */
  public static SymphonyException unreachable(Reference image, Throwable cause) {
    String host = image.host();
    Throwable root = root(cause);
    if (has(cause, CertificateException.class)
        || String.valueOf(root.getMessage()).contains("certification path")) {
      return new SymphonyException(
          "the certificate of registry "
              + host
              + " is not signed by an authority that this Java"
              + " trusts: give it one with -Djavax.net.ssl.trustStore=FILE, or allow it with"
              + " --insecure-registry",
          cause);
    }
    if (has(cause, SSLException.class)) {
      return new SymphonyException(
          "registry "
              + host
              + " does not speak TLS ("
              + text(root)
              + "); if it is one of plain"
              + " HTTP, allow it with --insecure-registry",
          cause);
    }
    return new SymphonyException("cannot reach registry " + host + ": " + why(root), cause);
  }

  private static String why(Throwable root) {
    if (root instanceof UnknownHostException) {
      return "there is no such host";
    }
    if (root instanceof SocketTimeoutException) {
      return "it does not answer";
    }
    if (root instanceof ConnectException || root instanceof NoRouteToHostException) {
      String text = String.valueOf(root.getMessage());
      return text.toLowerCase(java.util.Locale.ROOT).contains("refused")
          ? "connection refused"
          : text;
    }
    return text(root);
  }

  /** For a registry that does not let these credentials do it. */
  public static SymphonyException unauthorized(
      Reference image, boolean hasLogin, DockerConfig config, String what, Throwable cause) {
    return new SymphonyException(
        "registry "
            + image.host()
            + (hasLogin
                ? " rejects the login of " + config.file() + " for " + image.repository()
                : " wants a login for the "
                    + what
                    + " of "
                    + image.repository()
                    + ", and "
                    + config.file()
                    + " has none")
            + ": 'docker login "
            + image.host()
            + "'",
        cause);
  }

  /** For a login that is right but may not do it. */
  public static SymphonyException forbidden(Reference image, String what, Throwable cause) {
    return new SymphonyException(
        "registry "
            + image.host()
            + " does not allow the "
            + what
            + " of "
            + image.repository()
            + ": choose another --registry, or ask its owner for the right",
        cause);
  }

  /** For an answer that is a refusal. */
  public static SymphonyException refused(
      Reference image, String what, @Nullable String answer, Throwable cause) {
    return new SymphonyException(
        "registry "
            + image.host()
            + " refuses the "
            + what
            + " of "
            + image.repository()
            + ": "
            + firstLine(answer == null ? text(root(cause)) : answer),
        cause);
  }

  private static String firstLine(String text) {
    String line = text.strip().lines().findFirst().orElse("it does not say why");
    return line.length() > 300 ? line.substring(0, 300) + "…" : line;
  }

  private static String text(Throwable root) {
    String message = root.getMessage();
    return message == null || message.isBlank()
        ? root.getClass().getSimpleName()
        : firstLine(message);
  }

  static boolean has(Throwable thrown, Class<? extends Throwable> type) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return true;
      }
    }
    return false;
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
