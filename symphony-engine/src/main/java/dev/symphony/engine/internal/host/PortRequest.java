package dev.symphony.engine.internal.host;

import dev.symphony.engine.PortTakenException;

/**
 * A port that a launch needs.
 *
 * @param port the port, 1 to 65535
 * @param fixed whether the user named it; else it was planned and another would do
 * @param purpose what for, as error messages say it in parentheses, like {@code learner binds
 *     replay-server}
 */
public record PortRequest(int port, boolean fixed, String purpose) {
  /** What to throw when somebody else has it. */
  PortTakenException taken(String why) {
    return new PortTakenException(this + " " + why, !fixed);
  }

  /** {@code port 7001 (learner binds replay-server)}. */
  @Override
  public String toString() {
    return purpose.isEmpty() ? "port " + port : "port " + port + " (" + purpose + ")";
  }
}
