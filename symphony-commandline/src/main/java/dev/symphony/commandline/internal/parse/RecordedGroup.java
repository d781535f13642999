package dev.symphony.commandline.internal.parse;

import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.ArgumentContainer;
import net.sourceforge.argparse4j.inf.ArgumentGroup;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import net.sourceforge.argparse4j.inf.MutuallyExclusiveGroup;
import org.jspecify.annotations.Nullable;

/** A group of arguments, which are recorded with those of its command. */
abstract class RecordedGroup {
  private final Command command;
  private final String title;
  private String about = "";
  private @Nullable ArgumentContainer real;

  RecordedGroup(Command command, String title) {
    this.command = command;
    this.title = title;
  }

  /** Declares it to argparse4j. */
  void realize(ArgumentParser parser) {
    ArgumentContainer made = make(parser, title);
    if (!about.isEmpty()) {
      made.description(about);
    }
    real = made;
  }

  abstract ArgumentContainer make(ArgumentParser parser, String groupTitle);

  /** Argparse4j's own. */
  final ArgumentContainer real() {
    command.parser();
    ArgumentContainer made = real;
    if (made == null) {
      throw new IllegalStateException("group " + title + " is not declared yet");
    }
    return made;
  }

  final @Nullable ArgumentContainer realIfAny() {
    return real;
  }

  final Argument add(String... nameOrFlags) {
    return command.record(this, nameOrFlags);
  }

  final void describe(String text) {
    about = text;
    if (real != null) {
      real.description(text);
    }
  }

  /** Arguments under a title of their own. */
  static final class Titled extends RecordedGroup implements ArgumentGroup {
    Titled(Command command, String title) {
      super(command, title);
    }

    @Override
    ArgumentContainer make(ArgumentParser parser, String groupTitle) {
      return parser.addArgumentGroup(groupTitle);
    }

    @Override
    public Argument addArgument(String... nameOrFlags) {
      return add(nameOrFlags);
    }

    @Override
    public ArgumentGroup description(String text) {
      describe(text);
      return this;
    }
  }

  /** Arguments of which at most one may be given. */
  static final class Exclusive extends RecordedGroup implements MutuallyExclusiveGroup {
    private boolean needed;

    Exclusive(Command command, String title) {
      super(command, title);
    }

    @Override
    ArgumentContainer make(ArgumentParser parser, String groupTitle) {
      return parser.addMutuallyExclusiveGroup(groupTitle).required(needed);
    }

    @Override
    public Argument addArgument(String... nameOrFlags) {
      return add(nameOrFlags);
    }

    @Override
    public MutuallyExclusiveGroup description(String text) {
      describe(text);
      return this;
    }

    @Override
    public MutuallyExclusiveGroup required(boolean required) {
      needed = required;
      if (realIfAny() instanceof MutuallyExclusiveGroup made) {
        made.required(required);
      }
      return this;
    }
  }
}
