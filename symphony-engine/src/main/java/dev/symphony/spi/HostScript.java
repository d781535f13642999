package dev.symphony.spi;

import dev.symphony.engine.ProcessName;
import java.nio.file.Path;
import java.util.List;

/**
 * A process of this host, ready to be started: {@code /bin/sh script arguments…} in a session of
 * its own, with nothing to read and its output appended to the log.
 *
 * @param index the process's number within the experiment
 * @param name the process
 * @param script its run script
 * @param arguments what the script is given
 * @param log its log, made by who appends to it first
 * @param marker an entry {@code NAME=value} of its environment, which it needs from the start: who
 *     ends the experiment at that moment finds it by this entry, and without it the script does
 *     nothing
 */
public record HostScript(
    int index, ProcessName name, Path script, List<String> arguments, Path log, String marker) {
  /** Copies the list. */
  public HostScript {
    arguments = List.copyOf(arguments);
  }
}
