package dev.symphony.kube.internal.api;

import dev.symphony.engine.SymphonyException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Certificates and private keys in the text form that kubeconfigs hold. */
final class Pem {
  private static final byte[] VERSION_0 = Der.element(Der.INTEGER, new byte[] {0});
  private static final byte[] RSA =
      Der.element(
          Der.SEQUENCE,
          objectId(0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01),
          Der.element(Der.NULL));
  private static final byte[] EC = objectId(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01);
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private record Section(String name, String base64) {}

  private Pem() {}

  /**
   * The certificates of a text, in order.
   *
   * @param source what the text is, for the message
   * @throws SymphonyException where there is none
   */
  static List<X509Certificate> certificates(byte[] text, String source) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Section section : sections(text)) {
        if (section.name.equals("CERTIFICATE")) {
          certificates.add(
              (X509Certificate)
                  factory.generateCertificate(
                      new ByteArrayInputStream(decode(section.base64, source))));
        }
      }
    } catch (GeneralSecurityException e) {
      throw new SymphonyException(source + " holds a certificate that cannot be read: " + e, e);
    }
    if (certificates.isEmpty()) {
      throw new SymphonyException(source + " holds no certificate in PEM form");
    }
    return certificates;
  }

  /**
   * The first private key of a text: PKCS#8, PKCS#1 (RSA) or SEC1 (EC).
   *
   * @throws SymphonyException where there is none, or it is encrypted
   */
  static PrivateKey privateKey(byte[] text, String source) {
    for (Section section : sections(text)) {
      switch (section.name) {
        case "PRIVATE KEY" -> {
          return key(decode(section.base64, source), ALGORITHMS, source);
        }
        case "RSA PRIVATE KEY" -> {
          return key(pkcs8(RSA, decode(section.base64, source)), List.of("RSA"), source);
        }
        case "EC PRIVATE KEY" -> {
          return key(ecPkcs8(decode(section.base64, source), source), List.of("EC"), source);
        }
        case "ENCRYPTED PRIVATE KEY" ->
            throw new SymphonyException(
                source + " is encrypted with a password, which no kubeconfig can give; decrypt it");
        default -> {
          // A certificate or parameters beside the key.
        }
      }
    }
    throw new SymphonyException(source + " holds no private key in PEM form");
  }

  private static PrivateKey key(byte[] pkcs8, List<String> algorithms, String source) {
    GeneralSecurityException first = null;
    for (String algorithm : algorithms) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        first = first == null ? e : first;
      }
    }
    throw new SymphonyException(source + " holds a private key that cannot be read", first);
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return Der.element(Der.SEQUENCE, VERSION_0, algorithm, Der.element(Der.OCTETS, key));
  }

  /** SEC1 names the curve within the key, PKCS#8 beside it. */
  private static byte[] ecPkcs8(byte[] key, String source) {
    byte[] content = Der.find(key, Der.SEQUENCE);
    byte[] parameters = content == null ? null : Der.find(content, Der.CONTEXT_0);
    if (parameters == null) {
      throw new SymphonyException(source + " holds an EC key that does not name its curve");
    }
    return pkcs8(Der.element(Der.SEQUENCE, EC, parameters), key);
  }

  private static byte[] objectId(int... bytes) {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    return Der.element(Der.OBJECT_ID, content);
  }

  private static List<Section> sections(byte[] text) {
    List<Section> sections = new ArrayList<>();
    String name = null;
    StringBuilder base64 = new StringBuilder();
    for (String line : new String(text, StandardCharsets.US_ASCII).split("\n", -1)) {
      String stripped = line.strip();
      String begun = between(stripped, "-----BEGIN ");
      if (begun != null) {
        name = begun;
        base64.setLength(0);
      } else if (between(stripped, "-----END ") != null) {
        if (name != null) {
          sections.add(new Section(name, base64.toString()));
        }
        name = null;
      } else if (stripped.startsWith("Proc-Type:") && stripped.endsWith("ENCRYPTED")) {
        name = "ENCRYPTED PRIVATE KEY";
      } else if (stripped.indexOf(':') < 0) {
        base64.append(stripped);
      }
    }
    return sections;
  }

  private static @Nullable String between(String line, String start) {
    return line.startsWith(start) && line.endsWith("-----") && line.length() >= start.length() + 5
        ? line.substring(start.length(), line.length() - 5)
        : null;
  }

  private static byte[] decode(String base64, String source) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new SymphonyException(source + " is no PEM text: " + e.getMessage(), e);
    }
  }
}
