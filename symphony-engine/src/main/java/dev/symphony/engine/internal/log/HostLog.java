package dev.symphony.engine.internal.log;

import java.nio.file.Path;

/**
 * Where the log of one process on this host is.
 *
 * @param number the process's place in declared order, from 0, as the samples name it
 * @param name what people call the process
 * @param files what the names of the process's files begin with: {@code .log} (all attempts in
 *     order), {@code .attempts} and {@code .sh}, which begins with its record
 * @param samples what {@link LogSampler} writes; its siblings are read too
 * @param terminal whether the log has the raw bytes of a terminal
 */
public record HostLog(int number, String name, Path files, Path samples, boolean terminal) {
  /** The file with the output. */
  public Path file() {
    return of(files, ".log");
  }

  /** The file that says where attempts begin, once there has been a second one. */
  static Path attempts(Path files) {
    return of(files, ".attempts");
  }

  /** The file that begins with the record of the process. */
  static Path record(Path files) {
    return of(files, ".sh");
  }

  private static Path of(Path files, String ending) {
    return files.resolveSibling(files.getFileName() + ending);
  }
}
