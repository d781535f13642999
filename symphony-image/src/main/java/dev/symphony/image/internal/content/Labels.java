package dev.symphony.image.internal.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Labels that the program itself gives reason for: the version and commit of its manifest, or of
 * the {@code git.properties} that builds write. What is not in the class path, such as a repository
 * around it, is not asked, so that the same class path gives the same image.
 */
final class Labels {
  private static final String PREFIX = "org.opencontainers.image.";
  private static final String PROPERTIES = "git.properties";
  private static final List<String> COMMITS =
      List.of(
          "Git-Commit",
          "Git-Revision",
          "Git-SHA",
          "SCM-Revision",
          "Implementation-Build",
          "Build-Revision");

  private Labels() {}

  /**
   * The labels; empty where it says nothing.
   *
   * @param program the first element of the class path
   */
  static Map<String, String> of(Path program) {
    Properties git = new Properties();
    Attributes main = new Attributes();
    try {
      if (Files.isDirectory(program)) {
        Path file = program.resolve(PROPERTIES);
        if (Files.exists(file)) {
          try (InputStream in = Files.newInputStream(file)) {
            git.load(in);
          }
        }
      } else {
        try (JarFile jar = new JarFile(program.toFile(), false)) {
          Manifest manifest = jar.getManifest();
          if (manifest != null) {
            main = manifest.getMainAttributes();
          }
          ZipEntry entry = jar.getEntry(PROPERTIES);
          if (entry != null) {
            try (InputStream in = jar.getInputStream(entry)) {
              git.load(in);
            }
          }
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      // A class path may hold what is no jar, and anything under any name; Java passes over it too.
    }
    return of(main, git);
  }

  private static Map<String, String> of(Attributes main, Properties git) {
    Map<String, String> labels = new TreeMap<>();
    put(labels, "title", main.getValue("Implementation-Title"));
    put(labels, "version", git.getProperty("git.build.version"));
    put(labels, "version", main.getValue("Implementation-Version"));
    for (String value : commits(main, git)) {
      if (value.matches("[0-9a-f]{7,64}")) {
        put(labels, "revision", value);
        break;
      }
    }
    return labels;
  }

  private static List<String> commits(Attributes main, Properties git) {
    List<String> commits = new ArrayList<>();
    for (String name : COMMITS) {
      commits.add(String.valueOf(main.getValue(name)));
    }
    commits.add(git.getProperty("git.commit.id.full", ""));
    commits.add(git.getProperty("git.commit.id", ""));
    return commits;
  }

  private static void put(Map<String, String> labels, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      labels.put(PREFIX + name, value);
    }
  }
}
