package dev.symphony.commandline.internal.command;

import dev.symphony.engine.UsageException;
import java.time.Duration;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import net.sourceforge.argparse4j.inf.ArgumentType;

/** Lengths of time, as {@link Durations} reads them. */
final class DurationType implements ArgumentType<Duration> {
  @Override
  public Duration convert(ArgumentParser parser, Argument argument, String value)
      throws ArgumentParserException {
    try {
      return Durations.parse(argument.textualName(), value);
    } catch (UsageException e) {
      throw new ArgumentParserException(e.getMessage(), parser);
    }
  }
}
