package dev.symphony.commandline.internal.parse;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import net.sourceforge.argparse4j.ArgumentParsers;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.ArgumentGroup;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import net.sourceforge.argparse4j.inf.FeatureControl;
import net.sourceforge.argparse4j.inf.MutuallyExclusiveGroup;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/**
 * One command: argparse4j's {@link Subparser} to whoever declares it, and a record of all that was
 * declared to help, completion and documentation, which argparse4j does not give back.
 *
 * <p>Its parser is a parser of its own, made when it is needed: a program with twenty commands
 * makes that of the one that was typed, and often none.
 */
public final class Command extends ForwardingSubparser {
  /** Declares the arguments of a command when they are first needed. */
  public interface Definition {
    /** Declares them. */
    void define(Command command);
  }

  private final String program;
  private final String name;
  private final List<String> aliases = new ArrayList<>();
  private final CommandTable table;
  private final @Nullable Definition definition;
  private final List<RecordedArgument> arguments = new ArrayList<>();
  private final List<RecordedGroup> groups = new ArrayList<>();
  private @Nullable ArgumentParser parser;
  private boolean defined;
  private boolean exclusive;
  private String help = "";
  private String description = "";
  private String epilog = "";
  private @Nullable String usage;
  private boolean hidden;
  private boolean defaultHelp;

  Command(String program, String name, CommandTable table, @Nullable Definition definition) {
    this.program = program;
    this.name = name;
    this.table = table;
    this.definition = definition;
  }

  /** Its name, such as {@code list-processes}. */
  public String name() {
    return name;
  }

  /** The other names it answers to, in declared order. */
  public List<String> aliasNames() {
    return Collections.unmodifiableList(aliases);
  }

  /** One line on what it does; empty until declared. */
  public String helpLine() {
    return help;
  }

  /** What its help says before the arguments; empty for the help line alone. */
  public String descriptionText() {
    return description;
  }

  /** What its help says at the end; empty for nothing. */
  public String epilogText() {
    return epilog;
  }

  /** The usage line its author wrote; null for the one made from its arguments. */
  public @Nullable String usageText() {
    return usage;
  }

  /** Whether the listing leaves it out. */
  public boolean isHidden() {
    return hidden;
  }

  /** Whether it is one of those that every program has. */
  public boolean isBuiltin() {
    return definition != null;
  }

  /** The program's name and its own. */
  public String fullName() {
    return program + " " + name;
  }

  /** Whether its help tells the defaults. */
  boolean tellsDefaults() {
    return defaultHelp;
  }

  /** All that was declared with {@code addArgument}, in order. */
  public List<RecordedArgument> arguments() {
    define();
    return Collections.unmodifiableList(arguments);
  }

  private void define() {
    if (!defined) {
      defined = true;
      if (definition != null) {
        definition.define(this);
      }
    }
  }

  /** The option with this flag, or null. */
  public @Nullable RecordedArgument option(String flag) {
    for (RecordedArgument argument : arguments()) {
      if (argument.flags().contains(flag)) {
        return argument;
      }
    }
    return null;
  }

  /** Whether more was declared than is recorded. */
  boolean needsParser() {
    return parser != null || exclusive;
  }

  @Override
  ArgumentParser parser() {
    ArgumentParser made = parser;
    if (made == null) {
      define();
      made =
          ArgumentParsers.newFor(fullName())
              .addHelp(false)
              .locale(Locale.ENGLISH)
              .terminalWidthDetection(false)
              .build();
      parser = made;
      for (RecordedGroup group : groups) {
        group.realize(made);
      }
      for (RecordedArgument argument : arguments) {
        argument.realize(this);
      }
    }
    return made;
  }

  @Override
  public Argument addArgument(String... nameOrFlags) {
    return record(null, nameOrFlags);
  }

  Argument record(@Nullable RecordedGroup group, String... nameOrFlags) {
    define();
    RecordedArgument argument = new RecordedArgument(group, nameOrFlags);
    for (RecordedArgument other : arguments) {
      for (String name : nameOrFlags) {
        if (other.flags().contains(name) || other.textualName().equals(name)) {
          throw new IllegalArgumentException(
              "command " + name() + " has two arguments of the name " + name);
        }
      }
    }
    arguments.add(argument);
    if (parser != null) {
      argument.realize(this);
    }
    return argument;
  }

  private <G extends RecordedGroup> G record(G group) {
    groups.add(group);
    if (parser != null) {
      group.realize(parser);
    }
    return group;
  }

  @Override
  public ArgumentGroup addArgumentGroup(String title) {
    return record(new RecordedGroup.Titled(this, title));
  }

  @Override
  public MutuallyExclusiveGroup addMutuallyExclusiveGroup() {
    return addMutuallyExclusiveGroup("");
  }

  @Override
  public MutuallyExclusiveGroup addMutuallyExclusiveGroup(String title) {
    exclusive = true;
    return record(new RecordedGroup.Exclusive(this, title));
  }

  @Override
  public Subparser usage(String text) {
    usage = text;
    return this;
  }

  @Override
  public Subparser description(String text) {
    description = text;
    return this;
  }

  @Override
  public Subparser epilog(String text) {
    epilog = text;
    return this;
  }

  @Override
  public Subparser defaultHelp(boolean tell) {
    defaultHelp = tell;
    return this;
  }

  @Override
  public Subparser help(String line) {
    help = line;
    return this;
  }

  /** Leaves the command out of the listing. */
  @Override
  public Subparser help(FeatureControl control) {
    hidden = control == FeatureControl.SUPPRESS;
    return this;
  }

  @Override
  public Subparser aliases(String... names) {
    for (String alias : names) {
      table.claim(alias, this);
      aliases.add(alias);
    }
    return this;
  }

  @Override
  public void printHelp() {
    parser().printHelp();
  }

  @Override
  public void printHelp(PrintWriter writer) {
    writer.print(formatHelp());
  }

  @Override
  public String formatHelp() {
    return new HelpText(80, false).command(this, List.of());
  }

  @Override
  public String formatUsage() {
    return HelpText.usage(this) + "\n";
  }
}
