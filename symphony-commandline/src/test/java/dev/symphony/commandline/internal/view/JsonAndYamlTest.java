package dev.symphony.commandline.internal.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class JsonAndYamlTest {
  private final Tree tree =
      new Tree()
          .put("name", "rl")
          .put("exitCode", (Integer) null)
          .put("restarts", 2)
          .put("ready", true)
          .put("nothing", List.of())
          .put("states", new Tree().put("RUNNING", 1))
          .put("empty", new Tree())
          .put("processes", List.of(new Tree().put("name", "a").put("words", List.of("x", "y z"))));

  @Test
  void writesJsonOnOneLine() {
    assertEquals(
        "{\"name\":\"rl\",\"exitCode\":null,\"restarts\":2,\"ready\":true,\"nothing\":[],"
            + "\"states\":{\"RUNNING\":1},\"empty\":{},"
            + "\"processes\":[{\"name\":\"a\",\"words\":[\"x\",\"y z\"]}]}\n",
        Json.line(tree));
  }

  @Test
  void writesJsonForReading() {
    assertEquals(
        """
        {
          "name": "rl",
          "exitCode": null,
          "restarts": 2,
          "ready": true,
          "nothing": [],
          "states": {
            "RUNNING": 1
          },
          "empty": {},
          "processes": [
            {
              "name": "a",
              "words": [
                "x",
                "y z"
              ]
            }
          ]
        }
        """,
        Json.document(tree));
  }

  @Test
  void writesYamlInBlocks() {
    assertEquals(
        """
        name: rl
        exitCode: null
        restarts: 2
        ready: true
        nothing: []
        states:
          RUNNING: 1
        empty: {}
        processes:
        - name: a
          words:
          - x
          - "y z"
        """,
        Yaml.document(tree));
    assertEquals("{}\n", Yaml.document(new Tree()));
  }

  @Test
  void everyTextComesBackAsItWas() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String text :
        Arrays.asList(
            "",
            " ",
            "null",
            "True",
            "no",
            "~",
            "1",
            "-1",
            "1e3",
            "0x1f",
            ".inf",
            "2026-01-31",
            "a: b",
            "a #b",
            "- a",
            "[x]",
            "{x}",
            "\"quoted\" 'too'",
            "back\\slash",
            "tab\there",
            "two\nlines\n",
            "\r",
            "\u001b[31m",
            "\u0085\u2028\u2029\ufeff",
            "größer 日本 😀",
            "=",
            "<<",
            "%a",
            "@a",
            "`a`",
            "!tag",
            "&anchor",
            "*alias",
            "a:",
            "/usr/bin",
            "0-1.2_x")) {
      texts.put("key " + texts.size(), text);
      texts.put("as key: " + text, "value");
    }
    Tree all = new Tree().put("texts", texts);
    Object expected = Map.of("texts", texts);
    assertEquals(expected, load(Yaml.document(all)));
    assertEquals(expected, load(Json.document(all)));
    assertEquals(expected, load(Json.line(all)));
  }

  @Test
  void jsonHoldsNoControlCharacterAndNoHalfOfACharacter() {
    String line =
        Json.line(new Tree().put("a", "\u0000\u001b\u007f\u009b\ud83d").put("b", "\ude00"));
    for (char c : line.substring(0, line.length() - 1).toCharArray()) {
      assertFalse(Text.isControl(c), line);
      assertFalse(Character.isSurrogate(c), line);
    }
  }

  private static Object load(String text) {
    return new Load(LoadSettings.builder().build()).loadFromString(text);
  }
}
