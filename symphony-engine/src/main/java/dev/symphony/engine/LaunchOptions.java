package dev.symphony.engine;

/**
 * How to launch.
 *
 * @param force whether an existing experiment of the same name is deleted first
 * @param dryRun whether to stop once the plan is made
 */
public record LaunchOptions(boolean force, boolean dryRun) {
  /** Neither. */
  public static LaunchOptions defaults() {
    return new LaunchOptions(false, false);
  }

  /** Replaces an existing experiment. */
  public static LaunchOptions forced() {
    return new LaunchOptions(true, false);
  }
}
