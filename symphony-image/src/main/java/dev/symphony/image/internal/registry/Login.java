package dev.symphony.image.internal.registry;

/**
 * How somebody shows who they are.
 *
 * @param user the name; {@code <token>} where the secret is a refresh token
 * @param secret the password or token
 */
public record Login(String user, String secret) {
  /** Says nothing of the secret. */
  @Override
  public String toString() {
    return "login of " + user;
  }
}
