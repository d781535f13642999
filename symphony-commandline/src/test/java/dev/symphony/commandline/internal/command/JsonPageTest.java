package dev.symphony.commandline.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symphony.commandline.internal.view.Documents;
import dev.symphony.commandline.internal.view.Json;
import dev.symphony.commandline.internal.view.Tree;
import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.ProcessDescription;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** docs/json.md names every key that is written. */
class JsonPageTest {
  private static final Set<String> OF_THE_USER = Set.of("states", "environment", "details");

  @Test
  void thePageNamesEveryKey() throws Exception {
    ExperimentStatus status =
        Given.experiment("rl", Given.ended("g/a", State.FAILED, 1, null, null, null));
    ServiceAddress service =
        new ServiceAddress("board", ProcessName.parse("g/a"), "127.0.0.1", 7000, true);
    ProcessDescription description =
        new ProcessDescription(
            status.processes().get(0),
            List.of("a"),
            List.of(),
            null,
            Map.of(),
            Map.of(),
            List.of(service),
            null,
            Map.of());
    Set<String> keys = new TreeSet<>();
    for (Tree tree :
        List.of(
            Documents.experiment("local", status),
            Documents.experimentLine("local", status),
            Documents.processLine("rl", status.processes().get(0)),
            new Tree().put("experiments", List.of(Documents.listed(status, true))),
            Documents.unreadable("rl", false, "why"),
            Documents.description("rl", description),
            Documents.services("rl", List.of(service)),
            Documents.logLine(ProcessName.parse("g/a"), 0, "text"))) {
      collect(new Load(LoadSettings.builder().build()).loadFromString(Json.line(tree)), keys);
    }
    Path here = Path.of("docs", "json.md");
    String page = Files.readString(Files.exists(here) ? here : Path.of("..").resolve(here));
    keys.removeIf(key -> page.contains("`" + key + "`"));
    assertEquals(Set.of(), keys);
  }

  private static void collect(Object value, Set<String> keys) {
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        keys.add((String) entry.getKey());
        if (!OF_THE_USER.contains(entry.getKey())) {
          collect(entry.getValue(), keys);
        }
      }
    } else if (value instanceof List<?> list) {
      for (Object item : list) {
        collect(item, keys);
      }
    }
  }
}
