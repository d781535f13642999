package dev.symphony.commandline;

import net.sourceforge.argparse4j.inf.Namespace;

/** What a command does, and the exit code it ends with; usually a method reference. */
@FunctionalInterface
public interface Action {
  /**
   * Does it.
   *
   * @param args the values of the command's arguments by their names
   * @return the exit code: 0 for success
   * @throws Exception for whatever goes wrong; a {@link dev.symphony.engine.SymphonyException} is
   *     told in one line
   */
  int run(Namespace args) throws Exception;
}
