package dev.symphony.commandline.internal.parse;

import dev.symphony.engine.SymphonyException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands of a program, each under its name and its aliases. */
public final class CommandTable {
  private final String program;
  private final Map<String, Command> byWord = new LinkedHashMap<>();
  private final List<Command> commands = new ArrayList<>();

  /** Creates one without commands. */
  public CommandTable(String program) {
    this.program = program;
  }

  /** The program's name. */
  public String program() {
    return program;
  }

  /**
   * Adds a command.
   *
   * @param definition declares its arguments when they are needed; null for one whose author does
   *     so at once
   * @throws SymphonyException where a name or alias is taken
   */
  public Command add(String name, List<String> aliases, Command.@Nullable Definition definition) {
    Command command = new Command(program, name, this, definition);
    claim(name, command);
    command.aliases(aliases.toArray(new String[0]));
    commands.add(command);
    return command;
  }

  void claim(String word, Command command) {
    Command holder = byWord.get(word);
    if (holder != null) {
      throw new SymphonyException(
          "command "
              + command.name()
              + ": "
              + (holder.name().equals(word)
                  ? "there is a command " + word + " already"
                  : word + " is an alias of " + holder.name() + " already")
              + (holder.isBuiltin() ? "; to change it, override its action" : ""));
    }
    if (word.isEmpty() || word.startsWith("-") || word.indexOf(' ') >= 0) {
      throw new SymphonyException("'" + word + "' cannot be the name of a command");
    }
    byWord.put(word, command);
  }

  /** The command of this name or alias, exactly; null for none. */
  public @Nullable Command find(String word) {
    return byWord.get(word);
  }

  /** All commands in the order of their declaration. */
  public List<Command> commands() {
    return commands;
  }

  /** All names and aliases. */
  public Collection<String> words() {
    return byWord.keySet();
  }
}
