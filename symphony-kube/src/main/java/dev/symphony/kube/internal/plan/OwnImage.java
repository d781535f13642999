package dev.symphony.kube.internal.plan;

import dev.symphony.spi.PreparedImage;

/** The image of this program's class path, made when a process first needs it. */
public interface OwnImage {
  /** None: what runs has to name its image. */
  OwnImage NONE =
      new OwnImage() {
        @Override
        public boolean isWanted() {
          return false;
        }

        @Override
        public boolean holds(String mainClass) {
          return false;
        }

        @Override
        public PreparedImage get() {
          throw new IllegalStateException("there is none");
        }
      };

  /** Whether the options say where it goes. */
  boolean isWanted();

  /** Whether a class is on the class path. */
  boolean holds(String mainClass);

  /**
   * The image, the same each time.
   *
   * @throws dev.symphony.engine.SymphonyException in one line, where it cannot be made
   */
  PreparedImage get();
}
