package dev.symphony.commandline.internal.parse;

import org.jspecify.annotations.Nullable;

/** Words that cannot be taken, before any command has begun. */
public final class UsageFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Command command;

  UsageFailure(@Nullable Command command, String message) {
    super(message);
    this.command = command;
  }

  /** The command that was typed; null where none was understood. */
  public @Nullable Command command() {
    return command;
  }
}
