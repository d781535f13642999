package dev.symphony.image.internal.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Labels that the program's own jar gives reason for: its manifest's version and commit. What is
 * not in the class path is not asked, so that the same class path gives the same image.
 */
final class Labels {
  private static final String[] COMMITS = {
    "Git-Commit",
    "Git-Revision",
    "Git-SHA",
    "SCM-Revision",
    "Implementation-Build",
    "Build-Revision"
  };

  private Labels() {}

  /** The labels; empty where the jar says nothing, or it is a folder. */
  static Map<String, String> of(Path program) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (!Files.isRegularFile(program)) {
      return labels;
    }
    try (JarFile jar = new JarFile(program.toFile(), false)) {
      Manifest manifest = jar.getManifest();
      if (manifest != null) {
        Attributes main = manifest.getMainAttributes();
        put(labels, "org.opencontainers.image.title", main.getValue("Implementation-Title"));
        put(labels, "org.opencontainers.image.version", main.getValue("Implementation-Version"));
        for (String name : COMMITS) {
          String value = main.getValue(name);
          if (value != null && value.matches("[0-9a-f]{7,64}")) {
            put(labels, "org.opencontainers.image.revision", value);
            break;
          }
        }
      }
    } catch (IOException e) {
      // A class path may hold what is no jar; Java passes over it too.
    }
    return labels;
  }

  private static void put(
      Map<String, String> labels, String name, @org.jspecify.annotations.Nullable String value) {
    if (value != null && !value.isEmpty()) {
      labels.put(name, value);
    }
  }
}
