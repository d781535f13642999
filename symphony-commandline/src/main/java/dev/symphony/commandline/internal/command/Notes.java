package dev.symphony.commandline.internal.command;

import java.util.function.Consumer;

/** Passes on what a cluster tells while it works. */
public final class Notes implements Consumer<String> {
  private final Invocation in;

  /** Passes it on to whoever runs a command. */
  public Notes(Invocation in) {
    this.in = in;
  }

  @Override
  public void accept(String line) {
    in.note(line);
  }
}
