package dev.symphony.image;

import dev.symphony.engine.ImageAdditions;
import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.ImageRequest;
import dev.symphony.spi.PreparedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pushes an image from a Java of its own; prints how it is named, or what went wrong. */
final class PushProgram {
  private PushProgram() {}

  /**
   * Pushes.
   *
   * @param words the registry and path, the base image, and the elements of the class path
   */
  public static void main(String[] words) {
    List<Path> elements = new ArrayList<>();
    for (String element : List.of(words).subList(2, words.length)) {
      elements.add(Path.of(element));
    }
    ImageRequest request =
        new ImageRequest(
            words[0],
            words[1],
            Boolean.getBoolean("insecure"),
            List.of("linux/amd64"),
            ImageAdditions.none());
    ClusterContext context = ClusterContext.of(System.getenv(), Path.of(""));
    try {
      PreparedImage image = new ClassPathImages().prepare(request, elements, context);
      image.push(line -> {});
      System.out.println(image.reference());
    } catch (SymphonyException e) {
      System.out.println("error: " + e.getMessage());
    }
  }
}
