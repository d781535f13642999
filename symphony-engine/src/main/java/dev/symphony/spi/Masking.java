package dev.symphony.spi;

import dev.symphony.engine.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Replaces the values of secrets wherever they occur in text. */
public final class Masking {
  /** Shorter values are masked only where they are the whole text: they occur everywhere. */
  private static final int SHORTEST_INSIDE = 4;

  private final List<String> values = new ArrayList<>();

  /** Masks these values. */
  public Masking(Collection<SecretText> secrets) {
    for (SecretText secret : secrets) {
      if (!secret.reveal().isEmpty()) {
        values.add(secret.reveal());
      }
    }
    values.sort((a, b) -> Integer.compare(b.length(), a.length()));
  }

  /** The text with stars for every value in it. */
  public String mask(String text) {
    String masked = text;
    for (String value : values) {
      if (masked.equals(value)) {
        return Secret.MASK;
      }
      if (value.length() >= SHORTEST_INSIDE && masked.contains(value)) {
        masked = masked.replace(value, Secret.MASK);
      }
    }
    return masked;
  }

  /** The texts with stars for every value in them. */
  public List<String> mask(List<String> texts) {
    List<String> masked = new ArrayList<>(texts.size());
    for (String text : texts) {
      masked.add(mask(text));
    }
    return masked;
  }
}
