package dev.symphony.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A project whose classes and jars are to be an image. */
final class Project {
  private Project() {}

  /** Makes one of the name {@code train}; returns its class path. */
  static List<Path> in(Path folder) throws IOException {
    Path root = folder.resolve("train");
    Path classes = root.resolve("target/classes");
    write(root.resolve("pom.xml"), "<project/>");
    write(classes.resolve("a/Main.class"), "main");
    write(classes.resolve("a/b/Other.class"), "other");
    write(classes.resolve("settings.yml"), "x: 1");
    Path one = jar(root.resolve("lib/dep-1.0.jar"), "dep");
    Path same = jar(root.resolve("lib2/dep-1.0.jar"), "another of the same name");
    Path snapshot = jar(root.resolve("lib/ours-1.1-SNAPSHOT.jar"), "ours");
    return List.of(classes, one, same, snapshot);
  }

  static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** A jar of one entry, the same bytes each time. */
  static Path jar(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
      JarEntry entry = new JarEntry("x.txt");
      entry.setTime(0);
      out.putNextEntry(entry);
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
