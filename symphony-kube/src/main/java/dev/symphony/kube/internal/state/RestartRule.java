package dev.symphony.kube.internal.state;

import java.util.List;

/**
 * A rule of a container that goes before its restart policy.
 *
 * @param in whether it is for these exit codes; else for all others
 * @param codes exit codes
 */
record RestartRule(boolean in, List<Integer> codes) {

  /** Whether a container that returned this runs again. */
  boolean restarts(int exitCode) {
    return codes.contains(exitCode) == in;
  }
}
