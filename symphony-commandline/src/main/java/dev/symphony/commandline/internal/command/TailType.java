package dev.symphony.commandline.internal.command;

import dev.symphony.engine.UsageException;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import net.sourceforge.argparse4j.inf.ArgumentType;

/** A number of lines, or {@code all}, which is -1. */
final class TailType implements ArgumentType<Integer> {
  @Override
  public Integer convert(ArgumentParser parser, Argument argument, String value)
      throws ArgumentParserException {
    try {
      return ShowLogs.parseTail(value);
    } catch (UsageException e) {
      throw new ArgumentParserException(e.getMessage(), parser);
    }
  }
}
