package dev.symphony.commandline.internal.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.symphony.commandline.internal.parse.Command;
import dev.symphony.commandline.internal.parse.CommandTable;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The script that starts programs knows which commands end soon, by all their names. */
class QuickCommandsTest {
  /** These may carry many megabytes. */
  private static final Set<String> CARRIERS = Set.of("logs", "visit", "exec", "ssh", "scp");

  @Test
  void theScriptNamesAllBuiltinCommandsButThoseThatCarryMuch() throws Exception {
    Set<String> named = new TreeSet<>();
    for (String word : choice().split("\\s*\\|\\s*(\\\\\\s+)?")) {
      if (!word.startsWith("-") && !word.startsWith("__")) {
        named.add(word);
      }
    }
    CommandTable table = new CommandTable("symphony");
    new BuiltinCommands().addTo(table);
    List<String> expected = new ArrayList<>();
    for (Command command : table.commands()) {
      if (!CARRIERS.contains(command.name())) {
        expected.add(command.name());
        expected.addAll(command.aliasNames());
      }
    }
    assertEquals(new TreeSet<>(expected), named);
  }

  /** The words of the case whose branch chooses the first compiler alone. */
  private static String choice() throws Exception {
    try (InputStream in =
        BuiltinCommands.class.getResourceAsStream("/dev/symphony/commandline/executable.sh")) {
      assertNotNull(in);
      String script = new String(in.readAllBytes(), UTF_8);
      int end = script.lastIndexOf(')', script.indexOf("compilers=-XX:TieredStopAtLevel=1"));
      int begin = script.lastIndexOf(";;", end) + 2;
      return script.substring(begin, end).strip();
    }
  }
}
