package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.UsageException;
import dev.symphony.engine.Work;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.ImageNames;
import dev.symphony.spi.PreparedImage;
import dev.symphony.spi.Problems;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which image a process runs in: its own, the one for all, or that of this program's class path.
 */
final class ImageChoice {
  private final Settings settings;
  private final OwnImage own;
  private final Problems problems;

  ImageChoice(Settings settings, OwnImage own, Problems problems) {
    this.settings = settings;
    this.own = own;
    this.problems = problems;
  }

  /** An image, null for none, and the class path of {@code main(…)} in it. */
  record Chosen(@Nullable String reference, String classPath) {}

  /**
   * Chooses.
   *
   * @param fragment what the declaration says of the container, which is laid over it
   */
  Chosen choose(ProcessSpec process, Map<String, Object> fragment) {
    String named = process.getImage() == null ? settings.image() : process.getImage();
    if (named != null || Tree.text(fragment, "image") != null || !isOwn(process)) {
      return new Chosen(named, settings.classPath());
    }
    PreparedImage image = own.get();
    return new Chosen(image.reference(), image.classPath());
  }

  private boolean isOwn(ProcessSpec process) {
    Work work = process.getWork();
    if (!own.isWanted() || work.kind() != Work.Kind.MAIN) {
      return false;
    }
    if (own.holds(String.valueOf(work.mainClass()))) {
      return true;
    }
    problems.add(
        "process "
            + process
            + ": class "
            + work.mainClass()
            + " is not on the class path of this program, so an image of it cannot run it; give"
            + " image(…), or --image REF");
    return false;
  }

  /** Refuses an image that is none, and a process without any. */
  void check(ProcessSpec process, @Nullable String image) {
    boolean isMain = process.getWork().kind() == Work.Kind.MAIN;
    if (image != null) {
      try {
        ImageNames.check("image", image);
      } catch (UsageException e) {
        problems.add("process " + process + ": " + e.getMessage());
      }
    } else if (!isMain) {
      problems.add("process " + process + " has no image; give image(…), or --image REF");
    } else if (!own.isWanted()) {
      problems.add(
          "process "
              + process
              + " has no image; give --registry REG, or the option registry, to have one made of"
              + " this program's class path; or image(…), or --image REF");
    }
  }
}
