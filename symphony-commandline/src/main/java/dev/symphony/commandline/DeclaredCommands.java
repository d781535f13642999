package dev.symphony.commandline;

import dev.symphony.commandline.internal.parse.Command;
import dev.symphony.commandline.internal.parse.CommandTable;
import dev.symphony.engine.SymphonyException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands of a program with what carries them out, set up once when first needed. */
final class DeclaredCommands {
  private enum Stage {
    NEW,
    SETTING_UP,
    READY
  }

  private final SymphonyParser parser;
  private final Map<Command, Action> actions = new HashMap<>();
  private Stage stage = Stage.NEW;
  private @Nullable CommandTable table;

  DeclaredCommands(SymphonyParser parser) {
    this.parser = parser;
  }

  /** The commands so far. */
  CommandTable table() {
    CommandTable made = table;
    if (made == null) {
      made = new CommandTable(parser.programName());
      table = made;
    }
    return made;
  }

  Command add(String name, @Nullable Action action, String... aliases) {
    if (stage == Stage.READY) {
      throw new IllegalStateException("command '" + name + "' must be added in setup()");
    }
    Command command = table().add(name, List.of(aliases), null);
    if (action != null) {
      actions.put(command, action);
    }
    return command;
  }

  /**
   * All commands, set up and checked.
   *
   * @throws SymphonyException for a command without help, or without an action
   */
  CommandTable prepare() {
    if (stage == Stage.NEW) {
      stage = Stage.SETTING_UP;
      try {
        parser.setup();
        for (Command command : table().commands()) {
          check(command);
        }
        stage = Stage.READY;
      } finally {
        if (stage != Stage.READY) {
          stage = Stage.NEW;
          actions.clear();
          table = null;
        }
      }
    }
    return table();
  }

  private void check(Command command) {
    if (command.isBuiltin()) {
      return;
    }
    if (command.helpLine().isEmpty() && !command.isHidden()) {
      throw new SymphonyException(
          "command '"
              + command.name()
              + "' has no help: write addSubparser(\""
              + command.name()
              + "\").help(\"what it does\")");
    }
    if (!actions.containsKey(command)) {
      actions.put(command, ActionMethod.find(parser, command.name()));
    }
  }

  /** What carries out a command that the program added. */
  Action action(Command command) {
    Action action = actions.get(command);
    if (action == null) {
      throw new IllegalStateException("command " + command.name() + " was not set up");
    }
    return action;
  }
}
