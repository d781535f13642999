package dev.symphony.spi;

import dev.symphony.engine.SymphonyException;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Makes images of the class path that runs, so that {@code main(…)} processes need none of their
 * own; found through {@link ServiceLoader}.
 *
 * <p>The constructor does nothing, so that finding one is cheap.
 */
public interface ImageMaker {
  /**
   * The one on the class path.
   *
   * @throws SymphonyException where there is none, or it cannot be loaded
   */
  static ImageMaker find() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context != null ? context : ImageMaker.class.getClassLoader();
    try {
      Iterator<ImageMaker> found = ServiceLoader.load(ImageMaker.class, loader).iterator();
      if (found.hasNext()) {
        return found.next();
      }
    } catch (ServiceConfigurationError e) {
      throw new SymphonyException("what makes images cannot be loaded: " + e.getMessage(), e);
    }
    throw new SymphonyException(
        "nothing on the class path makes images; add the artifact dev.symphony:symphony-image, or"
            + " name an image with --image REF");
  }

  /**
   * Finds out which image it is, and sends none of it: only what it keeps for the next time is
   * written.
   *
   * @param context what it may know of its surroundings
   * @throws SymphonyException in one line, for what cannot be made an image of, or a base image
   *     that cannot be had
   */
  PreparedImage prepare(ImageRequest request, ClusterContext context);
}
