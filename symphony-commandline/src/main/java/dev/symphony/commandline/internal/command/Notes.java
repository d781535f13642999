package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.view.Output;
import dev.symphony.commandline.internal.view.Terminal;
import dev.symphony.engine.Progress;

/** Passes on what a cluster tells while it works; how far it has come, to a terminal only. */
public final class Notes implements Progress {
  private final Terminal terminal;

  /** Passes it on to whoever runs a command. */
  public Notes(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void tell(String line) {
    terminal.err().println(line);
  }

  @Override
  public void step(String line, boolean done) {
    Output err = terminal.err();
    if (!err.isTerminal()) {
      return;
    }
    if (done) {
      err.println(line);
    } else {
      // A line that is broken in two could not be taken back.
      err.show(line.substring(0, Math.min(line.length(), terminal.width() - 1)));
    }
  }
}
