package dev.symphony.commandline.internal.parse;

import java.util.ArrayList;
import java.util.List;
import net.sourceforge.argparse4j.inf.FeatureControl;

/** Writes help for people: of a program, and of one of its commands. */
public final class HelpText {
  private static final int COLUMN = 24;

  private final int width;
  private final boolean bold;
  private final StringBuilder text = new StringBuilder();

  /**
   * Creates one for one text.
   *
   * @param width how many columns there are
   * @param bold whether headings are set in bold
   */
  public HelpText(int width, boolean bold) {
    this.width = Math.max(COLUMN + 20, Math.min(width, 100));
    this.bold = bold;
  }

  /**
   * The help of a program.
   *
   * @param description what the program is; empty for nothing
   * @param options the options before the command: flags, then what they do
   */
  public String program(CommandTable table, String description, List<String[]> options) {
    text.append(heading("usage:")).append(' ').append(table.program());
    text.append(" [options] COMMAND …\n");
    if (!description.isEmpty()) {
      text.append('\n');
      wrap(description, 0, 0);
    }
    List<Command> own = new ArrayList<>();
    List<Command> builtin = new ArrayList<>();
    for (Command command : table.commands()) {
      if (!command.isHidden()) {
        (command.isBuiltin() ? builtin : own).add(command);
      }
    }
    commands(own.isEmpty() || builtin.isEmpty() ? "commands:" : "commands of this program:", own);
    commands(own.isEmpty() ? "commands:" : "commands to watch and end experiments:", builtin);
    section("options:");
    for (String[] option : options) {
      entry(option[0], option[1]);
    }
    text.append('\n');
    wrap("'" + table.program() + " COMMAND --help' tells more about a command.", 0, 0);
    return text.toString();
  }

  private void commands(String title, List<Command> commands) {
    if (commands.isEmpty()) {
      return;
    }
    section(title);
    for (Command command : commands) {
      List<String> names = new ArrayList<>();
      names.add(command.name());
      names.addAll(command.aliasNames());
      entry(String.join(", ", names), command.helpLine());
    }
  }

  /**
   * The help of a command.
   *
   * @param options the options that every command has: flags, then what they do
   */
  public String command(Command command, List<String[]> options) {
    text.append(heading("usage:")).append(' ').append(usage(command)).append('\n');
    if (!command.aliasNames().isEmpty()) {
      text.append(heading("aliases:")).append(' ');
      text.append(String.join(", ", command.aliasNames())).append('\n');
    }
    text.append('\n');
    String about = command.descriptionText();
    wrap(about.isEmpty() ? sentence(command.helpLine()) : about, 0, 0);
    List<RecordedArgument> positional = new ArrayList<>();
    List<RecordedArgument> named = new ArrayList<>();
    for (RecordedArgument argument : command.arguments()) {
      if (!argument.isHidden()) {
        (argument.isOption() ? named : positional).add(argument);
      }
    }
    if (!positional.isEmpty()) {
      section("arguments:");
      for (RecordedArgument argument : positional) {
        entry(argument.placeholder(), explained(command, argument));
      }
    }
    if (!named.isEmpty() || !options.isEmpty()) {
      section("options:");
    }
    for (RecordedArgument argument : named) {
      String value = values(argument);
      entry(
          String.join(", ", argument.flags()) + (value.isEmpty() ? "" : " " + value),
          explained(command, argument));
    }
    for (String[] option : options) {
      entry(option[0], option[1]);
    }
    if (!command.epilogText().isEmpty()) {
      text.append('\n');
      wrap(command.epilogText(), 0, 0);
    }
    return text.toString();
  }

  /** The line that shows how a command is typed. */
  static String usage(Command command) {
    String own = command.usageText();
    if (own != null) {
      return own;
    }
    StringBuilder line = new StringBuilder(command.fullName());
    boolean options = false;
    StringBuilder words = new StringBuilder();
    for (RecordedArgument argument : command.arguments()) {
      if (argument.isHidden()) {
        continue;
      }
      if (argument.isOption() && argument.isRequired()) {
        line.append(' ').append(argument.flags().get(0));
        line.append(argument.takesValue() ? " " : "").append(values(argument));
      } else if (argument.isOption()) {
        options = true;
      } else {
        words.append(' ').append(values(argument));
      }
    }
    line.append(options ? " [options]" : "").append(words);
    return line.append(command.name().equals("exec") ? " -- CMD…" : "").toString();
  }

  /** The values an argument takes, as usage shows them. */
  private static String values(RecordedArgument argument) {
    if (!argument.takesValue()) {
      return "";
    }
    String one = argument.placeholder();
    return switch (argument.nargs()) {
      case "" -> one;
      case "?" -> "[" + one + "]";
      case "*" -> "[" + one + " …]";
      case "+" -> one + " …";
      default -> repeated(one, argument.nargs());
    };
  }

  private static String repeated(String one, String count) {
    StringBuilder all = new StringBuilder(one);
    for (int i = 1; i < Integer.parseInt(count); i++) {
      all.append(' ').append(one);
    }
    return all.toString();
  }

  private static String explained(Command command, RecordedArgument argument) {
    boolean tell =
        command.tellsDefaults()
            && argument.getDefault() != null
            && argument.getDefaultControl() != FeatureControl.SUPPRESS
            && argument.takesValue();
    return tell
        ? argument.helpText() + " (default " + argument.getDefault() + ")"
        : argument.helpText();
  }

  private static String sentence(String line) {
    if (line.isEmpty()) {
      return line;
    }
    char last = line.charAt(line.length() - 1);
    String whole = last == '.' || last == '!' || last == '?' ? line : line + ".";
    return Character.toUpperCase(whole.charAt(0)) + whole.substring(1);
  }

  private String heading(String title) {
    return bold ? "\u001b[1m" + title + "\u001b[0m" : title;
  }

  private void section(String title) {
    text.append('\n').append(heading(title)).append('\n');
  }

  private void entry(String left, String right) {
    text.append("  ").append(left);
    if (right.isEmpty()) {
      text.append('\n');
    } else if (left.length() + 4 > COLUMN) {
      text.append('\n');
      wrap(right, COLUMN, 0);
    } else {
      wrap(right, COLUMN, left.length() + 2);
    }
  }

  /** Appends text in lines that break at spaces only, and at the ends its author gave them. */
  private void wrap(String words, int indent, int used) {
    int column = used;
    int start = 0;
    while (start <= words.length()) {
      int end = start;
      while (end < words.length() && words.charAt(end) != ' ' && words.charAt(end) != '\n') {
        end++;
      }
      boolean fits = column + 1 + (end - start) <= width;
      if (column < indent) {
        column = pad(column, indent);
      } else if (column > indent && fits) {
        text.append(' ');
        column++;
      } else if (column > indent) {
        text.append('\n');
        column = pad(0, indent);
      }
      text.append(words, start, end);
      column += end - start;
      if (end < words.length() && words.charAt(end) == '\n') {
        text.append('\n');
        column = end + 1 < words.length() ? pad(0, indent) : 0;
      }
      start = end + 1;
    }
    text.append('\n');
  }

  private int pad(int from, int to) {
    for (int i = from; i < to; i++) {
      text.append(' ');
    }
    return to;
  }
}
