package dev.symphony.commandline.internal.command;

import dev.symphony.engine.SymphonyException;

/** A person was asked and wants nothing done: exit code 1, after one line. */
final class Declined extends SymphonyException {
  private static final long serialVersionUID = 1L;

  Declined() {
    super("nothing was done");
  }
}
