package dev.symphony.engine.internal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class DataReaderTest {
  private static final String YAML =
      """
      # An experiment
      name: rl
      processes:
        - name: learner
          command: [python, "learner.py"]
          binds:
            replay: 7000
            parameter-server:
        - name: agent
          port: abc
          ratio: .5
          on: true
      """;

  @TempDir Path folder;

  @Test
  void knowsWhereEachValueOfYamlStands() {
    DataNode root = DataReader.yaml(YAML, "experiment.yaml");
    DataNode learner = root.requireField("processes").items().get(0);
    DataNode agent = root.requireField("processes").items().get(1);
    assertEquals("rl", root.getString("name"));
    assertEquals(List.of("python", "learner.py"), learner.requireField("command").asStrings());
    assertEquals(7000, learner.requireField("binds").getInt("replay", 0));
    assertNull(learner.requireField("binds").field("parameter-server"));
    assertTrue(learner.requireField("binds").entries().get("parameter-server").isNull());
    assertEquals(0.5, agent.requireField("ratio").asDouble());
    assertTrue(agent.getBoolean("on", false));
    assertEquals("processes[1].port", agent.requireField("port").path());
    assertEquals(10, agent.requireField("port").line());
    assertProblem(
        "experiment.yaml line 10: processes[1].port: expected a whole number, found 'abc'",
        () -> agent.getInt("port", 1));
    assertProblem(
        "experiment.yaml line 4: processes[0]: 'image' is missing",
        () -> learner.requireField("image"));
    assertProblem(
        "experiment.yaml line 6: processes[0]: there is no field 'binds'; did you mean 'bind'?",
        () -> learner.rejectUnknown("name", "command", "bind"));
    assertProblem(
        "experiment.yaml line 9: processes[1]: there is no field 'name';"
            + " those known are command, bind",
        () -> agent.rejectUnknown("command", "bind"));
  }

  @Test
  void knowsWhereEachValueOfJsonStands() {
    DataNode root =
        DataReader.json("{\n\"a\": [1,\n {\"b c\":\n\"text\"}, 2.5, null, false]\n}", "x.json");
    List<DataNode> items = root.requireField("a").items();
    DataNode text = items.get(1).requireField("b c");
    assertEquals(4, text.line());
    assertEquals("a[1]['b c']", text.path());
    assertProblem(
        "x.json line 3: a[1]: there is no field 'b c'; did you mean 'bc'?",
        () -> items.get(1).rejectUnknown("bc"));
    assertProblem("x.json line 4: a[1]['b c']: expected a map, found 'text'", text::entries);
    assertProblem("x.json line 4: a[2]: expected a whole number, found 2.5", items.get(2)::asLong);
    assertProblem("x.json line 4: a[3]: expected text, found nothing", items.get(3)::asString);
    assertProblem(
        "x.json line 2: a[0]: expected text, found 1; put it in quotes", items.get(0)::asString);
    assertProblem("x.json line 1: expected a list, found a map", root::items);
    assertEquals(1.0, items.get(0).asDouble());
    assertEquals(
        Map.of("a", Arrays.asList(1L, Map.of("b c", "text"), 2.5, null, false)), root.toPlain());
  }

  @Test
  void givesNumbersAsTheyAreSpelledWhereTextIsMeant() {
    DataNode root = DataReader.yaml("a: 1.10\nb: 0x1F\nc: True\nd: 007\ne: '8'\nf: -0o7", "x");
    assertEquals("1.10", root.requireField("a").asText());
    assertEquals("0x1F", root.requireField("b").asText());
    assertEquals(31, root.requireField("b").asLong());
    assertEquals("True", root.requireField("c").asText());
    assertEquals("007", root.requireField("d").asText());
    assertEquals(7, root.requireField("d").asInt());
    assertEquals("8", root.requireField("e").asText());
    assertEquals("-0o7", root.requireField("f").asString());
  }

  @Test
  void understandsTheCoreSchemaAndNothingOfYaml11() {
    DataNode root =
        DataReader.yaml(
            "[~, null, yes, off, 1:30, 2024-01-01, 1_000, .inf, -.INF, .NaN, 1e3]", "x");
    assertEquals(
        Arrays.asList(
            null,
            null,
            "yes",
            "off",
            "1:30",
            "2024-01-01",
            "1_000",
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN,
            1000.0),
        root.toPlain());
  }

  @Test
  void refusesNamesThatAreGivenTwice() {
    assertProblem(
        "x line 3: a: 'b' is given twice, first in line 2",
        () -> DataReader.yaml("a:\n  b: 1\n  b: 2\n", "x"));
    assertProblem(
        "x line 2: 'b' is given twice, first in line 1",
        () -> DataReader.json("{\"b\": 1,\n\"b\": 1}", "x"));
  }

  @Test
  void refusesNumbersThatDoNotFit() {
    assertProblem(
        "x line 1: a: the number 9223372036854775808 is too large",
        () -> DataReader.yaml("a: 9223372036854775808", "x"));
    assertProblem(
        "x line 2: [1]: the number 1e999 is too large", () -> DataReader.json("[1,\n1e999]", "x"));
    assertProblem(
        "x line 1: a: the number 2147483648 is too large",
        () -> DataReader.yaml("a: 2147483648", "x").getInt("a", 0));
  }

  @Test
  void expandsAnchorsEachWithItsOwnPath() {
    DataNode root = DataReader.yaml("a: &x {port: no}\nb: [*x, *x]\n", "x");
    assertEquals("b[1].port", root.requireField("b").items().get(1).requireField("port").path());
  }

  @Test
  void mergesTheFieldsOfAnAnchorBehindThoseOfTheMap() {
    DataNode root = DataReader.yaml("a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}\n'<<': 4\n", "x");
    assertEquals(Map.of("p", 1L, "q", 3L), root.requireField("b").toPlain());
    assertEquals(4, root.getInt("<<", 0));
  }

  @Test
  void refusesAnchorsThatExplode() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      laughs.append("a" + i + ": &a" + i + " [");
      laughs.append(("*a" + (i - 1) + ",").repeat(10)).append("]\n");
    }
    assertProblem(
        "x: its anchors make more than 1000000 values",
        () -> DataReader.yaml(laughs.toString(), "x"));
    String self = assertProblem("x line ", () -> DataReader.yaml("a: &a\n  b: *a\n", "x"));
    assertTrue(self.endsWith("an anchor must not contain itself"), self);
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 100_000})
  void refusesWhatIsNestedTooDeeply(int depth) {
    String text = "[".repeat(depth) + "]".repeat(depth);
    assertTrue(assertProblem("x", () -> DataReader.yaml(text, "x")).contains("nested"));
    assertTrue(assertProblem("x line 1: ", () -> DataReader.json(text, "x")).contains("nested"));
  }

  @Test
  void saysInWhichLineYamlIsMalformed() {
    assertProblem(
        "x line 3: expected ',' or ']', but got <stream end> while parsing a flow sequence from line 2",
        () -> DataReader.yaml("a: 1\nb: [1, 2\n", "x"));
    assertProblem("x line 2: ", () -> DataReader.yaml("a: b\n  c: d\n", "x"));
    assertProblem("x line 2: ", () -> DataReader.yaml("a:\n\tb: 1\n", "x"));
    assertProblem(
        "x line 4: found unexpected end of stream while scanning a quoted scalar from line 3",
        () -> DataReader.yaml("a: 1\n\n'b: 2\n", "x"));
    assertProblem("x line 2: ", () -> DataReader.yaml("a: 1\n--- \nb: 1\n", "x"));
    assertProblem("x line 1: ", () -> DataReader.yaml("a: *nowhere\n", "x"));
    assertProblem(
        "x line 2: the character U+0007 is not allowed",
        () -> DataReader.yaml("a: 1\nb: \u0007\n", "x"));
    assertProblem(
        "x line 1: a: the tag !!java does not fit here",
        () -> DataReader.yaml("a: !!java x", "x").path());
    assertProblem("x line 1: a: the tag !x does not", () -> DataReader.yaml("a: !x {b: 1}", "x"));
    assertProblem("x line 1: a: the tag !!int does", () -> DataReader.yaml("a: !!int abc", "x"));
    assertProblem(
        "x line 3: Expected mapping node", () -> DataReader.yaml("a: &a 1\n<<: *a\n", "x"));
    assertProblem("x line 1: a field's name must be", () -> DataReader.yaml("[1, 2]: 3\n", "x"));
  }

  @Test
  void saysInWhichLineJsonIsMalformed() {
    assertProblem("x line 1: there is nothing in it", () -> DataReader.json(" ", "x"));
    assertProblem(
        "x line 2: expected a value, found '}'", () -> DataReader.json("{\"a\":\n}", "x"));
    assertProblem(
        "x line 2: expected ',' or '}', found 'b'", () -> DataReader.json("{\"a\":1\nb", "x"));
    assertProblem("x line 1: expected ',' or ']', found the end", () -> DataReader.json("[1", "x"));
    assertProblem("x line 1: a string has no end", () -> DataReader.json("[\"a", "x"));
    assertProblem("x line 1: expected a name in double", () -> DataReader.json("{'a':1}", "x"));
    assertProblem("x line 3: expected the end, found '2'", () -> DataReader.json("1\n\n2", "x"));
  }

  @Test
  void acceptsAndRefusesTheSameJsonAsJackson() {
    JsonMapper jackson =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    String[] pieces = {
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      "\"a\"",
      "\"b\\n\"",
      "\"\\u00e9\"",
      "\"\\x\"",
      "\"\\u00g0\"",
      "1",
      "-",
      "0",
      ".5",
      "e2",
      "E+",
      "12.5",
      "01",
      "true",
      "null",
      "nul",
      " ",
      "\n",
      "\t",
      "/",
      "'"
    };
    Random random = new Random(7);
    int accepted = 0;
    for (int i = 0; i < 60_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = 1 + random.nextInt(7);
      for (int j = 0; j < length; j++) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      Object expected = null;
      boolean fits = true;
      try {
        expected = jackson.readValue(text.toString(), Object.class);
      } catch (JacksonException e) {
        fits = false;
      }
      if (fits && isHuge(text.toString())) {
        continue;
      }
      if (fits && !text.toString().isBlank()) {
        accepted++;
        Object found = DataReader.json(text.toString(), "x").toPlain();
        assertEquals(String.valueOf(expected), String.valueOf(found), text.toString());
      } else {
        assertThrows(
            SymphonyException.class, () -> DataReader.json(text.toString(), "x"), text::toString);
      }
    }
    assertTrue(accepted > 1_000, "accepted " + accepted);
  }

  /** Jackson's doubles may be infinite, ours not. */
  private static boolean isHuge(String json) {
    return json.toLowerCase(Locale.ROOT).replaceAll("[^0-9e]", "").matches(".*e[0-9]{3,}.*");
  }

  @Test
  void readsFilesByTheirExtension() throws IOException {
    Path yaml = Files.writeString(folder.resolve("a.yml"), "\ufeffa: 1\n");
    Path json = Files.writeString(folder.resolve("a.json"), "\ufeff{\"a\": 1}");
    assertEquals(Map.of("a", 1L), DataReader.file(yaml).toPlain());
    assertEquals(Map.of("a", 1L), DataReader.file(json).toPlain());
    assertTrue(DataReader.yaml("", "x").isNull());
    Path text = Files.writeString(folder.resolve("a.txt"), "a: 1\n");
    assertProblem(
        text + ": the name must end in .yaml, .yml or .json", () -> DataReader.file(text));
    Path none = folder.resolve("none.yaml");
    assertProblem("cannot read " + none + ": there is no such file", () -> DataReader.file(none));
    assertThrows(NotFoundException.class, () -> DataReader.file(none));
    Path directory = Files.createDirectory(folder.resolve("d.yaml"));
    assertProblem(
        "cannot read " + directory + ": is a directory", () -> DataReader.file(directory));
    Path latin = Files.write(folder.resolve("l.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
    assertProblem("cannot read " + latin + ": it is not UTF-8 text", () -> DataReader.file(latin));
  }

  private static String assertProblem(String start, Executable run) {
    String said = assertThrows(SymphonyException.class, run).getMessage();
    assertTrue(said.startsWith(start), said);
    assertFalse(said.contains("\n"), said);
    return said;
  }
}
