package dev.symphony.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of a secret comes from; the value itself is read at launch and never printed.
 *
 * <p>A saved declaration keeps {@link #env} and {@link #file} as references. The value of {@link
 * #of} is not saved: whoever loads the declaration gives it again.
 */
public final class Secret {
  /** How a secret is given. */
  public enum Kind {
    /** The launching program's environment variable {@link #reference}. */
    ENV,
    /** The content of the file {@link #reference}, without one trailing newline. */
    FILE,
    /** A literal, which is not saved. */
    LITERAL
  }

  /** What is shown where a secret's value would stand. */
  public static final String MASK = "********";

  private final Kind kind;
  private final @Nullable String text;

  private Secret(Kind kind, @Nullable String text) {
    this.kind = kind;
    this.text = text;
  }

  /** The value of a variable of the launching program's environment. */
  public static Secret env(String variable) {
    return new Secret(Kind.ENV, Names.checkVariable(variable));
  }

  /**
   * The content of a file, without one trailing newline; a leading {@code ~} is the home folder.
   */
  public static Secret file(String path) {
    return new Secret(Kind.FILE, path);
  }

  /** The content of a file, without one trailing newline. */
  public static Secret file(Path path) {
    return file(path.toString());
  }

  /** A value given in the program. */
  public static Secret of(String value) {
    return new Secret(Kind.LITERAL, value);
  }

  /** A literal that a saved declaration mentions and does not hold. */
  public static Secret missing() {
    return new Secret(Kind.LITERAL, null);
  }

  /** How it is given. */
  public Kind kind() {
    return kind;
  }

  /** The variable or the file it is read from; null for a literal. */
  public @Nullable String reference() {
    return kind == Kind.LITERAL ? null : text;
  }

  /** The value given in the program; null where it is elsewhere, or has to be given again. */
  @Nullable String literal() {
    return kind == Kind.LITERAL ? text : null;
  }

  /**
   * Reads the value.
   *
   * @param name what the secret is called where it is declared, for the error
   * @param environment the launching program's environment
   * @param home the user's home folder
   * @throws SymphonyException where there is no value
   */
  public String resolve(String name, Map<String, String> environment, Path home) {
    if (text == null) {
      throw new SymphonyException(
          "secret "
              + name
              + ": a literal is not saved with a declaration; give it again with secret(\""
              + name
              + "\", Secret.of(…))");
    }
    return switch (kind) {
      case LITERAL -> text;
      case ENV -> fromEnvironment(name, text, environment);
      case FILE -> fromFile(name, text, home);
    };
  }

  private static String fromEnvironment(
      String name, String variable, Map<String, String> environment) {
    String value = environment.get(variable);
    if (value == null) {
      throw new SymphonyException(
          "secret " + name + ": the environment has no variable " + variable + "; export it first");
    }
    return value;
  }

  private static String fromFile(String name, String file, Path home) {
    Path path = Homes.expand(file, home);
    try {
      String value = Files.readString(path, StandardCharsets.UTF_8);
      return value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
    } catch (IOException e) {
      throw new SymphonyException(
          "secret " + name + ": cannot read " + path + ": it must be a readable text file", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret that
        && kind == that.kind
        && java.util.Objects.equals(text, that.text);
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + java.util.Objects.hashCode(text);
  }

  /** Never the value. */
  @Override
  public String toString() {
    return kind == Kind.LITERAL
        ? MASK
        : kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + text;
  }
}
