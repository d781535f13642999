package dev.symphony.commandline.internal.command;

import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import net.sourceforge.argparse4j.inf.ArgumentType;

/** A port that a program can listen on: 1 to 65535. */
final class PortType implements ArgumentType<Integer> {
  private static final int LAST = 65535;

  @Override
  public Integer convert(ArgumentParser parser, Argument argument, String value)
      throws ArgumentParserException {
    try {
      int port = Integer.parseInt(value);
      if (port >= 1 && port <= LAST) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Told below, as any other word that is no port.
    }
    throw new ArgumentParserException(
        "'" + value + "' is no port: give a number from 1 to " + LAST, parser);
  }
}
