package dev.symphony.spi;

/** What a declaration may say on every backend; {@code docs/backends.md} lists who does what. */
public enum Attribute {
  /** A program and its arguments. */
  COMMAND("command(…)"),
  /** Lines of one shell. */
  SHELL("shell(…)"),
  /** The main method of a Java class. */
  MAIN("main(…), jvmOptions(…)"),
  /** Shell lines that run before. */
  PREAMBLE("preamble(…) of experiments and groups"),
  /** Variables of the environment. */
  ENV("env(…)"),
  /** Variables whose values are never shown. */
  SECRET("secret(…)"),
  /** The launching program's environment. */
  INHERIT_ENV("inheritEnv(…)"),
  /** Single variables of the launching program. */
  PASS_ENV("passEnv(…)"),
  /** The directory a process runs in. */
  WORKING_DIRECTORY("workingDirectory(…)"),
  /** The container image. */
  IMAGE("image(…)"),
  /** What a process asks of the machine. */
  RESOURCES("resources(…)"),
  /** The time between SIGTERM and SIGKILL. */
  GRACE_PERIOD("gracePeriod(…)"),
  /** Running again after an end. */
  RESTART("restart(…)"),
  /** Exit codes that are a success. */
  SUCCESS_EXIT_CODES("successExitCodes(…)"),
  /** Services for the other processes. */
  BINDS("binds(…), connects(…)"),
  /** Services for the user's browser. */
  EXPOSES("exposes(…)");

  private final String text;

  Attribute(String text) {
    this.text = text;
  }

  /** How it is written in a declaration. */
  public String text() {
    return text;
  }
}
