package dev.symphony.engine;

import org.jspecify.annotations.Nullable;

/**
 * One end of a copy: a path here, or in the place of a process.
 *
 * @param process whose place; null for here
 * @param path where; a relative one is taken from the process's working directory
 */
public record FileLocation(@Nullable ProcessName process, String path) {
  /** A path of the machine that the program runs on. */
  public static FileLocation here(String path) {
    return new FileLocation(null, path);
  }

  /** A path in the place of a process. */
  public static FileLocation at(ProcessName process, String path) {
    return new FileLocation(process, path);
  }
}
