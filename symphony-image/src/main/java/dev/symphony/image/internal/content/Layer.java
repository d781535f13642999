package dev.symphony.image.internal.content;

import java.util.List;

/**
 * Files that go into an image together.
 *
 * @param name what people call it, such as {@code classes}
 * @param files in the order of their paths; never empty
 */
public record Layer(String name, List<LayerFile> files) {
  /** Copies. */
  public Layer {
    files = List.copyOf(files);
  }
}
