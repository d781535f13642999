package dev.symphony.kube.internal.api;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates a server may show; remembers the one it showed last, so that a message can say
 * what is wrong with it.
 */
final class ServerTrust extends X509ExtendedTrustManager {
  private final @Nullable X509ExtendedTrustManager judge;
  private volatile @Nullable X509Certificate presented;

  private ServerTrust(@Nullable X509ExtendedTrustManager judge) {
    this.judge = judge;
  }

  /** Anybody. */
  static ServerTrust all() {
    return new ServerTrust(null);
  }

  /** Those whom the authorities vouch for; the Java runtime's own authorities for null. */
  static ServerTrust of(@Nullable List<X509Certificate> authorities) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities == null ? null : store(authorities));
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager judge) {
          return new ServerTrust(judge);
        }
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java runtime cannot check certificates", e);
    }
    throw new IllegalStateException("this Java runtime cannot check certificates");
  }

  private static KeyStore store(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    return store;
  }

  /** Whether anybody is trusted, whatever name the certificate is for. */
  boolean isBlind() {
    return judge == null;
  }

  /** What the server showed last; null before it did. */
  @Nullable X509Certificate presented() {
    return presented;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    presented = chain[0];
    if (judge != null) {
      judge.checkServerTrusted(chain, type, socket);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    presented = chain[0];
    if (judge != null) {
      judge.checkServerTrusted(chain, type, engine);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    presented = chain[0];
    if (judge != null) {
      judge.checkServerTrusted(chain, type);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("this program is nobody's server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return judge == null ? new X509Certificate[0] : judge.getAcceptedIssuers();
  }
}
