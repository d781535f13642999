package dev.symphony.image.internal.content;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a program is called, as the name of a repository. */
public final class ProgramName {
  private static final Pattern VERSION = Pattern.compile("-v?\\d[^/]*$");
  private static final String[] BUILDS = {
    "pom.xml", "build.gradle", "build.gradle.kts", "build.sbt", "BUILD", "BUILD.bazel"
  };

  private ProgramName() {}

  /**
   * That of its jar, without the version; of classes in a folder, the name of the project's folder
   * above.
   *
   * @param first the first element of the class path
   * @param working where the program runs, for want of anything better
   */
  public static String of(Path first, Path working) {
    if (!Files.isDirectory(first)) {
      String name = String.valueOf(first.getFileName());
      int dot = name.lastIndexOf('.');
      String stem = dot > 0 ? name.substring(0, dot) : name;
      return proper(VERSION.matcher(stem).replaceFirst(""));
    }
    for (Path folder = first; folder != null; folder = folder.getParent()) {
      for (String build : BUILDS) {
        if (Files.exists(folder.resolve(build))) {
          return proper(nameOf(folder));
        }
      }
    }
    return proper(nameOf(working));
  }

  private static @Nullable String nameOf(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? null : name.toString();
  }

  /** As registries take it: lower-case letters, digits and single separators between them. */
  private static String proper(@Nullable String name) {
    String text = name == null ? "" : name.toLowerCase(Locale.ROOT);
    text = text.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return text.isEmpty() ? "program" : text;
  }
}
