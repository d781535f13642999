package dev.symphony.spi;

import java.util.function.Consumer;

/**
 * Makes images of the class path that runs, so that {@code main(…)} processes need none of their
 * own; found through {@link java.util.ServiceLoader}.
 *
 * <p>The constructor does nothing, so that finding one is cheap.
 */
public interface ImageMaker {
  /**
   * Finds out which image it is, and sends none of it: only what it keeps for the next time is
   * written.
   *
   * @param context what it may know of its surroundings
   * @param progress told what a slow step does
   * @throws dev.symphony.engine.SymphonyException in one line, for what cannot be made an image of,
   *     or a base image that cannot be had
   */
  PreparedImage prepare(ImageRequest request, ClusterContext context, Consumer<String> progress);
}
