package dev.symphony.spi;

import dev.symphony.engine.Progress;
import java.nio.file.Path;

/** An image whose digest is known, whether a registry has it or not. */
public interface PreparedImage {
  /** How pods name it: {@code REGISTRY/NAME@sha256:…}. */
  String reference();

  /** The class path of {@code main(…)} within it. */
  String classPath();

  /**
   * Sends what the registry does not have; where it has all, this only asks.
   *
   * @param progress told layer by layer how much is sent or was there, and then what that comes to
   * @throws dev.symphony.engine.SymphonyException in one line, where the registry refuses or is not
   *     reached, or the class path has changed since the image was prepared
   */
  void push(Progress progress);

  /**
   * Writes it to a file that {@code docker load} takes, as {@code NAME:latest}.
   *
   * @param file replaced where it exists
   * @param progress told how much was written
   * @throws dev.symphony.engine.SymphonyException in one line, where the file cannot be written,
   *     the base image cannot be had, or the image is one of several platforms
   */
  void writeTar(Path file, Progress progress);
}
