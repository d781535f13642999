package dev.symphony.spi;

import dev.symphony.engine.Secret;

/** The value of a secret, in a type that never prints it. */
public final class SecretText {
  private final String value;

  /** Wraps a value. */
  public SecretText(String value) {
    this.value = value;
  }

  /** The value, for the one place that hands it to the process. */
  public String reveal() {
    return value;
  }

  /** Stars. */
  @Override
  public String toString() {
    return Secret.MASK;
  }
}
