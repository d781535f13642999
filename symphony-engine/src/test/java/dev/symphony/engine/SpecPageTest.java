package dev.symphony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/spec-files.md and what reads spec files say the same. */
class SpecPageTest {
  private static final String PROCESS = "{name: rl, processes: [{name: p, ";
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern BLOCK = Pattern.compile("```(yaml|json)\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "## Experiment     | {name: rl, zzzzzz: 1}",
        "## Process group  | {name: rl, groups: [{name: g, zzzzzz: 1}]}",
        "## Process        | " + PROCESS + "zzzzzz: 1}]}",
        "### Resources     | " + PROCESS + "resources: {zzzzzz: 1}}]}",
        "### Restart       | " + PROCESS + "restart: {zzzzzz: 1}}]}",
        "### Replica       | " + PROCESS + "replica: {zzzzzz: 1}}]}",
      })
  void thePageHasTheKeysThatTheReaderKnows(String heading, String wrong) throws Exception {
    String said =
        assertThrows(SymphonyException.class, () -> ExperimentSpec.fromYaml(wrong)).getMessage();
    String known = said.substring(said.indexOf("those known are ") + "those known are ".length());
    assertEquals(new TreeSet<>(Set.of(known.split(", "))), keys(heading));
  }

  /** What stands in the first column of the table below a heading. */
  private static Set<String> keys(String heading) throws Exception {
    String page = Files.readString(page());
    int begin = page.indexOf("\n" + heading + "\n");
    assertTrue(begin >= 0, heading);
    Set<String> keys = new TreeSet<>();
    int table = page.indexOf("\n| key |", begin);
    for (String row : page.substring(table, page.indexOf("\n\n", table)).split("\n")) {
      Matcher code = CODE.matcher(row.substring(0, Math.max(0, row.indexOf('|', 1))));
      while (code.find()) {
        assertTrue(keys.add(code.group(1)), row);
      }
    }
    return keys;
  }

  @Test
  void everyExampleLoads() throws Exception {
    Matcher block = BLOCK.matcher(Files.readString(page()));
    Set<String> kinds = new TreeSet<>();
    while (block.find()) {
      kinds.add(block.group(1));
      ExperimentSpec spec =
          block.group(1).equals("json")
              ? ExperimentSpec.fromJson(block.group(2))
              : ExperimentSpec.fromYaml(block.group(2));
      assertFalse(spec.listAllProcesses().isEmpty(), block.group());
    }
    assertEquals(Set.of("json", "yaml"), kinds);
  }

  private static Path page() {
    Path here = Path.of("docs", "spec-files.md");
    return Files.exists(here) ? here : Path.of("..").resolve(here);
  }
}
