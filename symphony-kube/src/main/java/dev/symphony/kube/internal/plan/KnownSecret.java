package dev.symphony.kube.internal.plan;

import dev.symphony.spi.Masking;
import dev.symphony.spi.SecretText;
import java.util.ArrayList;
import java.util.List;

/**
 * The value of a secret, and what people know it by.
 *
 * @param text the value
 * @param title {@code secret TOKEN}, {@code secret file token.txt}
 * @param use how a process reads it: {@code $TOKEN}, {@code /etc/secrets/token.txt}
 */
record KnownSecret(SecretText text, String title, String use) {

  /** The values alone. */
  static List<SecretText> texts(List<KnownSecret> secrets) {
    List<SecretText> texts = new ArrayList<>(secrets.size());
    for (KnownSecret secret : secrets) {
      texts.add(secret.text);
    }
    return texts;
  }

  /** Masks these values also where they were written for Kubernetes. */
  static Masking masking(List<KnownSecret> secrets) {
    return Vault.masking(texts(secrets));
  }
}
