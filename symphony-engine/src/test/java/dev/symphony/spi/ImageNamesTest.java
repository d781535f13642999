package dev.symphony.spi;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.symphony.engine.ImageAdditions;
import dev.symphony.engine.UsageException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNamesTest {
  private static final String PATH =
      " is no part of a path; use lower-case letters and digits, with '.', '_', '__' or '-' between"
          + " them";
  private static final String HEX = "0a".repeat(32);

  private static String refusal(Executable check) {
    return String.valueOf(assertThrows(UsageException.class, check).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eclipse-temurin:17-jre",
        "me/app",
        "me/a.b_c__d---e/0:V_1.x-y",
        "docker.io/library/java:17",
        "localhost/app",
        "localhost:5000/me/app:1",
        "127.0.0.1:5000/app",
        "[::1]:5000/app",
        "Registry.Lab:5000/me/app"
      })
  void takesReferences(String reference) {
    assertDoesNotThrow(() -> ImageNames.check("image", reference));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ghcr.io",
        "ghcr.io/me",
        "localhost",
        "localhost:5000",
        "10.250.0.2:5000/symphony-test/a.b",
        "[::1]:5000/me",
        "docker.io/me",
        "me"
      })
  void takesPlaces(String place) {
    assertDoesNotThrow(() -> ImageNames.checkPlace("registry", place));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "localhost:5000/UPPER/x,UPPER",
        "localhost:5000/me/my app,my app",
        "Me,Me",
        "ghcr.io/me/,\"\"",
        "ghcr.io//me,\"\"",
        "ghcr.io/-me,-me",
        "ghcr.io/me_,me_",
        "ghcr.io/a..b,a..b",
        "ghcr.io/a___b,a___b",
        "ghcr.io/a._b,a._b",
        "ghcr.io/größe,größe",
        "ghcr.io/me:1,me:1",
        "ghcr.io/me@sha256:12,me@sha256:12"
      })
  void refusesPathsThatNoRegistryTakes(String place, String part) {
    assertEquals(
        "registry '" + place + "': '" + part + "'" + PATH,
        refusal(() -> ImageNames.checkPlace("registry", place)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http:", "reg_istry.lab:5000", "lab:", "lab:x", "-lab.io", "a..b"})
  void refusesHosts(String host) {
    String why = "'" + host + "' is no host; use letters, digits, '.' and '-', and perhaps :PORT";
    assertEquals(
        "registry '" + host + "/me': " + why,
        refusal(() -> ImageNames.checkPlace("registry", host + "/me")));
    assertEquals(
        "image '" + host + "/me': " + why, refusal(() -> ImageNames.check("image", host + "/me")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "a b", "ü", "a+b"})
  void refusesTags(String tag) {
    assertEquals(
        "image 'me/app:"
            + tag
            + "': '"
            + tag
            + "' is no tag; use letters, digits, '_', '.' and '-', 128 at most",
        refusal(() -> ImageNames.check("image", "me/app:" + tag)));
  }

  @Test
  void takesTagsOf128Characters() {
    String tag = "x".repeat(128);
    assertDoesNotThrow(() -> ImageNames.check("image", "me/app:" + tag));
    assertThrows(UsageException.class, () -> ImageNames.check("image", "me/app:" + tag + "x"));
  }

  @Test
  void refusesDigests() {
    for (String digest :
        List.of(
            "",
            "sha256:12",
            "sha256:" + HEX + "0",
            "sha256:" + HEX.toUpperCase(Locale.ROOT),
            HEX)) {
      assertEquals(
          "image 'me/app@"
              + digest
              + "': '"
              + digest
              + "' is no digest; use sha256: and 64 of the digits 0-9 and a-f",
          refusal(() -> ImageNames.check("image", "me/app@" + digest)));
    }
  }

  @Test
  void refusesNothing() {
    assertEquals("image '' has no name", refusal(() -> ImageNames.check("image", "")));
    assertEquals("image ':1' has no name", refusal(() -> ImageNames.check("image", ":1")));
    assertEquals("registry '' has no name", refusal(() -> ImageNames.checkPlace("registry", "")));
  }

  @Test
  void takesDigestsWithAndWithoutATag() {
    assertDoesNotThrow(() -> ImageNames.check("image", "ghcr.io/me/app@sha256:" + HEX));
    assertDoesNotThrow(() -> ImageNames.check("image", "me/app:1@sha256:" + HEX));
    assertDoesNotThrow(() -> ImageNames.check("image", "app@sha512:" + HEX + HEX));
  }

  // ---- requests

  private static ImageRequest request(String registry, String base) {
    return new ImageRequest(registry, base, false, List.of("linux/amd64"), ImageAdditions.none());
  }

  @Test
  void noRequestHasAnImproperName() {
    assertEquals("ghcr.io/me", request("ghcr.io/me", null).registry());
    assertEquals("registry 'ghcr.io/Me': 'Me'" + PATH, refusal(() -> request("ghcr.io/Me", null)));
    assertEquals(
        "base image 'Java:17': 'Java'" + PATH, refusal(() -> request("ghcr.io/me", "Java:17")));
  }
}
