package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.view.StateText;
import dev.symphony.commandline.internal.view.Terminal;
import dev.symphony.engine.Cluster;
import java.time.InstantSource;

/**
 * What every command works with.
 *
 * @param terminal whom it answers
 * @param cluster whom it asks
 * @param clock what ages are counted from
 */
public record Session(Terminal terminal, Cluster cluster, InstantSource clock) {
  /** The words for states of this cluster's processes. */
  StateText words() {
    return new StateText(cluster.hasContainers());
  }
}
