package dev.symphony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What an image has beside the class path, in code and in configuration. */
class ImageAdditionsTest {
  private static final ImageAdditions NONE = ImageAdditions.none();

  @Test
  void areTheSameInCodeAndConfiguration() {
    ImageAdditions inCode =
        NONE.file("models", "/data/models")
            .file("~/run.sh", "/usr/bin/")
            .environment("LANG", "C.UTF-8")
            .environment("THREADS", "2")
            .port(6006)
            .label("org.example.team", "blue");
    Map<String, String> files = new LinkedHashMap<>();
    files.put("models", "/data/models");
    files.put("~/run.sh", "/usr/bin/");
    Map<String, Object> section =
        Map.of(
            "files", files,
            "environment", Map.of("LANG", "C.UTF-8", "THREADS", 2L),
            "ports", List.of(6006L),
            "labels", Map.of("org.example.team", "blue"));
    assertEquals(inCode, ImageAdditions.of(section));
    assertEquals(inCode, ImageAdditions.of(inCode));
    assertEquals(NONE, ImageAdditions.of(Map.of()));
    assertEquals(NONE.port(80), ImageAdditions.of(Map.of("ports", 80L)));
  }

  private static void assertRefused(String line, Supplier<ImageAdditions> declared) {
    assertEquals(line, assertThrows(UsageException.class, declared::get).getMessage());
  }

  @Test
  void refusesWhatCannotBeInAnImage() {
    for (String to : List.of("data", "", "/a/../b", "/a//b", "/./a", "/a\nb")) {
      assertRefused(
          "'" + to + "' is no place in an image; write an absolute path, such as /data/x",
          () -> NONE.file("x", to));
    }
    assertRefused(
        "a file of an image has no name here; give file(from, to)", () -> NONE.file("", "/x"));
    assertRefused(
        "'2X' is no name of an environment variable of an image", () -> NONE.environment("2X", ""));
    assertRefused(
        "environment variable X of an image has a zero byte", () -> NONE.environment("X", "\0"));
    assertRefused("port 0 of an image is not between 1 and 65535", () -> NONE.port(0));
    assertRefused("port 65536 of an image is not between 1 and 65535", () -> NONE.port(65536));
    assertRefused(
        "'a b' is no name of a label of an image; write one such as org.example.team",
        () -> NONE.label("a b", "c"));
  }

  @Test
  void refusesConfigurationOfAnotherShape() {
    assertRefused("imageAdditions must be a map, not [x]", () -> ImageAdditions.of(List.of("x")));
    assertRefused(
        "imageAdditions has no 'env'; it has files, environment, ports, labels",
        () -> ImageAdditions.of(Map.of("env", Map.of())));
    assertRefused(
        "files of imageAdditions must be a map, not data",
        () -> ImageAdditions.of(Map.of("files", "data")));
    assertRefused(
        "labels of imageAdditions: a must be a text, not [b]",
        () -> ImageAdditions.of(Map.of("labels", Map.of("a", List.of("b")))));
    assertRefused(
        "ports of imageAdditions must be numbers, not web",
        () -> ImageAdditions.of(Map.of("ports", List.of("web"))));
    assertRefused(
        "ports of imageAdditions must be numbers, not 1.5",
        () -> ImageAdditions.of(Map.of("ports", List.of(1.5))));
  }
}
