package dev.symphony.kube.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that say what is expected; {@code -Dsymphony.golden=write} writes them anew. */
public final class Golden {
  private static final Path DIRECTORY = Path.of("src/test/resources/golden");

  private Golden() {}

  /** Compares with {@code golden/NAME}. */
  public static void check(String name, String actual) {
    Path file = DIRECTORY.resolve(name);
    try {
      if ("write".equals(System.getProperty("symphony.golden"))) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, actual);
      }
      assertEquals(Files.readString(file), actual, file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
