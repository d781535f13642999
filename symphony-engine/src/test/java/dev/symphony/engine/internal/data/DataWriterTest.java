package dev.symphony.engine.internal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataWriterTest {
  @Test
  void yamlReadsAsPeopleWriteIt() {
    Map<String, Object> process = new LinkedHashMap<>();
    process.put("name", "learner");
    process.put("command", List.of("python", "learner.py", "--lr", "0.5", "a b", "it's: so"));
    process.put("shell", "cd $HOME # go\npython -c 'print(\"x\")'\n");
    process.put("binds", map("replay", 7000, "parameter-server", null));
    process.put("environment", map());
    process.put("nested", List.of(List.of(1, 2), map("a", true, "b", List.of()), "yes"));
    process.put("path", "C:\\x");
    assertEquals(
        """
        processes:
          - name: learner
            command:
              - python
              - learner.py
              - --lr
              - "0.5"
              - a b
              - "it's: so"
            shell: |
              cd $HOME # go
              python -c 'print("x")'
            binds:
              replay: 7000
              parameter-server: null
            environment: {}
            nested:
              - - 1
                - 2
              - a: true
                b: []
              - "yes"
            path: C:\\x
        """,
        DataWriter.yaml(map("processes", List.of(process))));
  }

  @Test
  void jsonReadsAsPeopleWriteIt() {
    Map<String, Object> plain = map("a", List.of(1, map(), List.of()), "b", "é\n\u2028", "c", 1.5);
    assertEquals(
        "{\"a\":[1,{},[]],\"b\":\"é\\n\\u2028\",\"c\":1.5}", DataWriter.json(plain, false));
    assertEquals(
        """
        {
          "a": [
            1,
            {},
            []
          ],
          "b": "é\\n\\u2028",
          "c": 1.5
        }
        """,
        DataWriter.json(plain, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "  a",
        "a  ",
        "\t",
        "\ta\nb",
        "a\tb",
        "'",
        "\"",
        "'\"",
        "\\",
        "\\n",
        "$HOME",
        "${X}",
        "$(rm -rf /)",
        "`x`",
        "a;b",
        "#",
        "a #b",
        "a#b",
        "%",
        "@x",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "-",
        "- a",
        "--",
        "---",
        "...",
        "--- a\nb",
        "? a",
        ":",
        "a:",
        "a: b",
        "a:b",
        ": a",
        "{",
        "}",
        "[",
        "]",
        "{}",
        "[]",
        ",",
        "~",
        "~/x",
        "./x",
        "null",
        "Null",
        "NULL",
        "nul",
        "true",
        "TRUE",
        "yes",
        "No",
        "on",
        "off",
        "y",
        "n",
        "1",
        "-1",
        "+1",
        "0",
        "01",
        "1.5",
        ".5",
        "1.",
        "1e5",
        "1e",
        "0x",
        "10s",
        "512Mi",
        "1s2",
        "-a",
        "--a",
        "-1a",
        "-.5",
        "-.inf",
        "0x1f",
        "0o17",
        "1_000",
        "1:30",
        "2024-01-01",
        ".inf",
        "-.INF",
        ".nan",
        "=",
        "<<",
        "\n",
        "\n\n",
        "a\n",
        "a\n\n",
        "a\n\n\n",
        "\na",
        "\n a\nb",
        "a\nb",
        " a\nb",
        "a\n b\n",
        "a\n\n b",
        "a\n \nb",
        "a\n ",
        "a \nb\n",
        "a\r\nb",
        "a\rb",
        "\r",
        "a\n# b\n",
        "a\n---\nb",
        "\u0000",
        "a\u0007b",
        "\u001b[31m",
        "\u007f",
        "\u0085",
        "a\u0085b",
        "\u00a0",
        "\u00a0\nx",
        "é",
        "日本語\nx",
        "😀",
        "😀\n😀",
        "\u2028",
        "a\u2029b",
        "\ufeff",
        "a\ufeff",
        "\ufffd",
        "\ufffe",
        "\uffff",
        "\ud800",
        "a\udc00b",
        "\udc00\ud800",
        "\ud83d"
      })
  void everyStringComesBackAsItWas(String text) {
    assertRoundTrip(text);
    assertRoundTrip(List.of(text));
    assertRoundTrip(map(text, text));
    assertRoundTrip(map("a", text, "b", List.of(text, text), text, map(text, 1L)));
    assertRoundTrip(List.of(List.of(text, List.of(text)), map("x", text, "y", text)));
    assertRoundTrip(map("a", text.repeat(1000) + "end", text.repeat(1000) + "end", "b"));
  }

  @Test
  void randomStringsAndShapesComeBackAsTheyWere() {
    Random random = new Random(11);
    for (int i = 0; i < 8_000; i++) {
      Object plain = value(random, 4);
      assertRoundTrip(plain);
    }
  }

  @Test
  void numbersComeBackAsTheyWere() {
    assertRoundTrip(
        Arrays.asList(
            0L,
            -1L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            0.0,
            -0.0,
            1.0,
            0.1,
            1e300,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            true,
            false,
            null));
    List<Object> special = List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    assertEquals(special, DataReader.yaml(DataWriter.yaml(special), "x").toPlain());
    assertThrows(IllegalArgumentException.class, () -> DataWriter.json(List.of(Double.NaN), false));
  }

  @Test
  void linesAreNeverFolded() {
    String yaml = DataWriter.yaml(map("a", "word ".repeat(100_000) + "end"));
    assertEquals(yaml.indexOf('\n'), yaml.length() - 1);
  }

  @Test
  void whatIsNotPlainIsABug() {
    assertThrows(IllegalArgumentException.class, () -> DataWriter.yaml(List.of(new Object())));
    assertThrows(IllegalArgumentException.class, () -> DataWriter.json(new Object(), false));
    assertThrows(IllegalArgumentException.class, () -> DataWriter.yaml(Map.of(1, 2)));
  }

  private static Object value(Random random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(4);
    if (kind < 2) {
      return text(random);
    }
    if (kind == 2) {
      List<Object> list = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        list.add(value(random, depth - 1));
      }
      return list;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(text(random), value(random, depth - 1));
    }
    return map;
  }

  private static String text(Random random) {
    String alphabet = "aZ09 \n\t\r'\"\\:#-?,[]{}&*!|>%@`$~.=<_/+\u0001\u0085\u00a0é\u2028\ufeff日";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(10); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static void assertRoundTrip(Object plain) {
    String yaml = DataWriter.yaml(plain);
    assertEquals(plain, DataReader.yaml(yaml, "yaml").toPlain(), yaml);
    String compact = DataWriter.json(plain, false);
    assertFalse(compact.contains("\n"));
    assertEquals(plain, DataReader.json(compact, "json").toPlain(), compact);
    assertEquals(plain, DataReader.json(DataWriter.json(plain, true), "json").toPlain());
  }

  private static Map<String, Object> map(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
