package dev.symphony.kube.internal.api;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says which certificate is wrong, and what to set. */
final class TlsProblems {
  private final KubeAccess access;

  TlsProblems(KubeAccess access) {
    this.access = access;
  }

  /** The line for a failure; null where it is not about certificates. */
  @Nullable String line(Throwable failure) {
    X509Certificate shown = access.endpoint().trust().presented();
    String server = "the API server " + access.describe();
    for (Throwable e = failure; e != null; e = e.getCause()) {
      String line = line(e, server, shown);
      if (line != null) {
        return line;
      }
    }
    return isUntrusted(failure)
        ? "the certificate of "
            + server
            + (shown == null ? "" : ", issued by '" + shown.getIssuerX500Principal() + "',")
            + " is not signed by an authority that is trusted;"
            + " set certificate-authority-data of the kubeconfig's cluster to that authority's"
        : null;
  }

  private @Nullable String line(Throwable e, String server, @Nullable X509Certificate shown) {
    String text = String.valueOf(e.getMessage());
    if (e instanceof CertificateExpiredException) {
      return "the certificate of "
          + server
          + " expired"
          + (shown == null ? "" : " at " + shown.getNotAfter().toInstant())
          + "; have it renewed, or check this machine's clock";
    }
    if (e instanceof CertificateNotYetValidException) {
      return "the certificate of " + server + " is not valid yet; check this machine's clock";
    }
    if (e instanceof CertificateException && text.startsWith("No ")) {
      return "the certificate of "
          + server
          + (shown == null ? " is for another name" : " is for " + names(shown))
          + "; correct the server's name, or set tls-server-name of the kubeconfig's cluster";
    }
    if (e instanceof SSLException && isAboutOurs(text)) {
      return server
          + " rejects "
          + access.login().describe()
          + " ("
          + text.substring(text.lastIndexOf(':') + 1).strip()
          + "); "
          + access.login().remedy();
    }
    if (e instanceof SSLException && text.startsWith("Unsupported or unrecognized SSL message")) {
      return server + " does not speak TLS; is the address to begin with http:// ?";
    }
    return null;
  }

  /** No way to an authority, or one that ends at another of the same name. */
  private static boolean isUntrusted(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof CertPathBuilderException || e instanceof CertPathValidatorException) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAboutOurs(String text) {
    return text.contains("fatal alert: ")
        && (text.contains("certificate") || text.contains("unknown_ca"));
  }

  private static String names(X509Certificate certificate) {
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      StringJoiner names = new StringJoiner(", ");
      for (List<?> name : all == null ? List.<List<?>>of() : all) {
        names.add(String.valueOf(name.get(1)));
      }
      return names.length() == 0 ? "no name at all" : names.toString();
    } catch (CertificateParsingException e) {
      return "names that cannot be read";
    }
  }
}
