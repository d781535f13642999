package dev.symphony.kube.internal.plan;

import dev.symphony.spi.Masking;
import dev.symphony.spi.Problems;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Refuses values of secrets in what whoever reads pods, ConfigMaps or Services would see. One is
 * where a printed plan would have it masked.
 */
final class Leaks {
  private final List<KnownSecret> secrets;
  private final Masking masking;
  private final Problems problems;

  Leaks(List<KnownSecret> secrets, Masking masking, Problems problems) {
    this.secrets = secrets;
    this.masking = masking;
    this.problems = problems;
  }

  /**
   * Complains of each text with a secret in it.
   *
   * @param title how a place in the tree, such as {@code pods[0].spec.volumes[1].nfs.path}, is
   *     called in errors
   */
  void check(Map<String, Object> tree, UnaryOperator<String> title) {
    if (secrets.isEmpty()) {
      return;
    }
    MaskedTree.map(
        tree,
        (place, text) -> {
          String masked = masking.mask(text);
          if (!masked.equals(text)) {
            complain(title.apply(place), text);
          }
          return masked;
        });
  }

  private void complain(String title, String text) {
    for (KnownSecret secret : secrets) {
      if (!KnownSecret.masking(List.of(secret)).mask(text).equals(text)) {
        problems.add(
            title
                + " holds the value of "
                + secret.title()
                + ", which the cluster would keep in clear; have a shell read "
                + secret.use()
                + " instead, or mount a Secret volume");
        return;
      }
    }
  }
}
