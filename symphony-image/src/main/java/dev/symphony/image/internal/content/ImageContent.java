package dev.symphony.image.internal.content;

import dev.symphony.engine.ImageAdditions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an image holds above its base.
 *
 * @param layers in order of change, what changes least first
 * @param classPath of {@code main(…)} in the image, in the order it has here
 * @param labels of the image
 * @param additions whose files are among the layers, and whose labels among the labels
 */
public record ImageContent(
    List<Layer> layers, String classPath, Map<String, String> labels, ImageAdditions additions) {
  /** Copies. */
  public ImageContent {
    layers = List.copyOf(layers);
    labels = Map.copyOf(labels);
  }

  /** The same for the same names and bytes, wherever the files are. */
  public String fingerprint() {
    StringBuilder text = new StringBuilder(4096);
    for (Layer layer : layers) {
      text.append(layer.name()).append('\n');
      text.append(layer.description());
    }
    text.append(classPath).append('\n').append(new TreeMap<>(labels)).append('\n');
    text.append(additions.environment()).append('\n').append(additions.ports());
    return Sha256.of(text.toString());
  }
}
