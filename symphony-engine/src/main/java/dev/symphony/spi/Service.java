package dev.symphony.spi;

import dev.symphony.engine.ProcessName;
import org.jspecify.annotations.Nullable;

/**
 * A service of an experiment, once declarations have been checked.
 *
 * @param name as declared
 * @param provider the process that binds or exposes it
 * @param bound whether other processes may connect to it
 * @param exposed whether it is offered to the user's browser
 * @param port as declared; null for one that the backend chooses
 */
public record Service(
    String name, ProcessName provider, boolean bound, boolean exposed, @Nullable Integer port) {

  /** The name of its environment variables: {@code SYMPH_REPLAY_SERVER} for replay-server. */
  public String variable() {
    StringBuilder text = new StringBuilder("SYMPH_");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      text.append(c == '-' ? '_' : c >= 'a' && c <= 'z' ? (char) (c - 32) : c);
    }
    return text.toString();
  }
}
