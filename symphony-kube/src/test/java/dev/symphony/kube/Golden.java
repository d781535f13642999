package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts kept below {@code src/test/resources/golden}; {@code -Dsymphony.golden=write} rewrites. */
final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  static void check(String name, String text) {
    Path file = FOLDER.resolve(name + ".yaml");
    try {
      if ("write".equals(System.getProperty("symphony.golden"))) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
      }
      assertEquals(Files.readString(file), text, file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
