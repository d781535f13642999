package dev.symphony.engine.internal.log;

import java.nio.file.Path;

/**
 * Where the log of one process on this host is.
 *
 * @param number the process's place in declared order, from 0, as the samples name it
 * @param name what people call the process
 * @param directory the process's directory, with {@code log} (all attempts in order), {@code
 *     attempts} and {@code record}
 * @param samples what {@link LogSampler} writes; its siblings are read too
 * @param terminal whether the log has the raw bytes of a terminal
 */
public record HostLog(int number, String name, Path directory, Path samples, boolean terminal) {
  /** The file with the output. */
  public Path file() {
    return directory.resolve("log");
  }
}
