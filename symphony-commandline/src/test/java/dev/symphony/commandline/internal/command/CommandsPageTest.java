package dev.symphony.commandline.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.commandline.internal.parse.Command;
import dev.symphony.commandline.internal.parse.CommandTable;
import dev.symphony.commandline.internal.parse.RecordedArgument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/commands.md and the definitions of the commands say the same. */
class CommandsPageTest {
  private static final List<String> EVERYWHERE = List.of("-o", "--output", "-h", "--help");

  @Test
  void thePageNamesEveryCommandAliasAndOption() throws Exception {
    String page = Files.readString(page());
    CommandTable table = new CommandTable("symphony");
    new BuiltinCommands().addTo(table);
    List<String> missing = new ArrayList<>();
    for (Command command : table.commands()) {
      List<String> words = new ArrayList<>(command.aliasNames());
      words.add(command.name());
      for (RecordedArgument argument : command.arguments()) {
        words.addAll(argument.flags());
      }
      words.removeAll(EVERYWHERE);
      for (String word : words) {
        if (!page.contains("`" + word + "`") && !page.contains("`" + word + " ")) {
          missing.add(command.name() + ": " + word);
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(page.contains("`-o table|wide|json|yaml|name`"));
  }

  private static Path page() {
    Path here = Path.of("docs", "commands.md");
    return Files.exists(here) ? here : Path.of("..").resolve(here);
  }
}
