package dev.symphony.commandline;

import net.sourceforge.argparse4j.inf.Namespace;

/** What a command does that ends with 0 unless it throws; usually a method reference. */
@FunctionalInterface
public interface VoidAction {
  /**
   * Does it.
   *
   * @param args the values of the command's arguments by their names
   * @throws Exception for whatever goes wrong; a {@link dev.symphony.engine.SymphonyException} is
   *     told in one line
   */
  void run(Namespace args) throws Exception;
}
