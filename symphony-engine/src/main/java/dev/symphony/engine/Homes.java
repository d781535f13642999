package dev.symphony.engine;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Expands a leading {@code ~} as shells do. */
final class Homes {
  private Homes() {}

  /** The path, absolute; relative ones are taken from the working directory. */
  static Path expand(String text, Path home) {
    try {
      if (text.equals("~")) {
        return home;
      }
      Path path = text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
      return path.toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new SymphonyException(
          "'" + text + "' cannot be used as a path here: " + e.getReason(), e);
    }
  }
}
