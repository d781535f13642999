package dev.symphony.commandline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The version of Symphony, from a resource that the build writes. */
final class Versions {
  private Versions() {}

  /**
   * {@code myproject 1.2 (Symphony 0.1.0)}; a version that is not known, or the same, is left out.
   */
  static String line(String program, @Nullable String version) {
    String own = symphony();
    if (own.equals(version)) {
      return program + " " + own;
    }
    return program
        + (version == null ? "" : " " + version)
        + (own.isEmpty() ? "" : " (Symphony " + own + ")");
  }

  private static String symphony() {
    try (InputStream in = Versions.class.getResourceAsStream("version.txt")) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      // The jar was replaced while the program ran: the version is not worth an error.
      return "";
    }
  }
}
