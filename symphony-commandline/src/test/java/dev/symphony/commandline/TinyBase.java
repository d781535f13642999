package dev.symphony.commandline;

import net.sourceforge.argparse4j.inf.Namespace;

/** What programs of one house share. */
abstract class TinyBase extends SymphonyParser {
  protected int actionInheritedOne(Namespace args) {
    return 11;
  }

  protected int actionOverriddenOne(Namespace args) {
    return -1;
  }
}
