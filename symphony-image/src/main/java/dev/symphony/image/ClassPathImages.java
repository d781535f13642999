package dev.symphony.image;

import dev.symphony.engine.ImageAdditions;
import dev.symphony.engine.SymphonyException;
import dev.symphony.image.internal.build.Preparation;
import dev.symphony.image.internal.content.ClassPathScan;
import dev.symphony.image.internal.content.ImageContent;
import dev.symphony.image.internal.content.ProgramName;
import dev.symphony.image.internal.registry.Reference;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.ImageMaker;
import dev.symphony.spi.ImageRequest;
import dev.symphony.spi.PreparedImage;
import dev.symphony.spi.RunningClassPath;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes images of the class path that runs: its jars, classes and resources in layers above a
 * public Java runtime, for a user that is not root, the same bytes on every machine.
 */
public final class ClassPathImages implements ImageMaker {
  /** Called once, by who finds it. */
  public ClassPathImages() {}

  @Override
  public PreparedImage prepare(ImageRequest request, ClusterContext context) {
    return prepare(request, RunningClassPath.elements(), context);
  }

  PreparedImage prepare(ImageRequest request, List<Path> elements, ClusterContext context) {
    if (elements.isEmpty()) {
      throw new SymphonyException("the class path is empty, so no image can be made of it");
    }
    BuildPaths paths = new BuildPaths(context.home(), context.workingDirectory());
    ClassPathScan scan = new ClassPathScan(context);
    elements.forEach(scan::add);
    for (ImageAdditions.File file : request.additions().files()) {
      scan.add(paths.expand("a file of the image", file.from()), file.to());
    }
    ImageContent content = scan.content(request.additions());
    String base = request.baseImage();
    Reference below = Reference.parse(base != null ? base : usualBase());
    String name = ProgramName.of(elements.get(0), context.workingDirectory());
    return new Preparation(request, name, below, content, context);
  }

  private static String usualBase() {
    return "eclipse-temurin:" + Runtime.version().feature() + "-jre";
  }
}
