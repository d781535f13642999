package dev.symphony.kube.internal.remote;

import dev.symphony.engine.SymphonyException;
import java.util.List;

/** A command that the container could not run. */
final class NotStartedException extends SymphonyException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  NotStartedException(Target target, List<String> command, String why) {
    super(
        "process "
            + target.process()
            + " cannot run "
            + command.get(0)
            + ": "
            + (isMissing(why) ? "there is no such program in its container" : brief(why)));
    exitCode = isMissing(why) ? 127 : why.contains("permission denied") ? 126 : 1;
  }

  private static boolean isMissing(String why) {
    return why.contains("executable file not found") || why.contains("no such file or directory");
  }

  /** The innermost reason, without the layers that hand it on. */
  private static String brief(String why) {
    int start = why.lastIndexOf("exec: ");
    String inner = (start < 0 ? why : why.substring(start + "exec: ".length())).strip();
    return inner.endsWith(": unknown")
        ? inner.substring(0, inner.length() - ": unknown".length())
        : inner;
  }

  /** As a shell says it: 127 for a missing program, 126 for one that cannot be run. */
  @Override
  public int exitCode() {
    return exitCode;
  }

  /** Whether the program is not there. */
  boolean isMissing() {
    return exitCode == 127;
  }
}
