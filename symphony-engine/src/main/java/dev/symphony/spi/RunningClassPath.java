package dev.symphony.spi;

import dev.symphony.engine.SymphonyException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;

/** The class path of this program. */
public final class RunningClassPath {
  private RunningClassPath() {}

  /**
   * Its jars and folders that exist, each once and absolute, in order, with those that a jar's
   * manifest names behind the jar.
   *
   * @throws SymphonyException for a jar that cannot be read
   */
  public static List<Path> elements() {
    Set<Path> found = new LinkedHashSet<>();
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!element.isEmpty()) {
        add(Path.of(element).toAbsolutePath().normalize(), found);
      }
    }
    return List.copyOf(found);
  }

  /** Adds what exists; a jar's manifest may name more. */
  private static void add(Path element, Set<Path> found) {
    if (!Files.exists(element) || !found.add(element) || Files.isDirectory(element)) {
      return;
    }
    try (JarFile jar = new JarFile(element.toFile(), false)) {
      Manifest manifest = jar.getManifest();
      String more = manifest == null ? null : manifest.getMainAttributes().getValue("Class-Path");
      if (more != null) {
        for (String url : more.trim().split(" +", -1)) {
          if (!url.isEmpty()) {
            add(Path.of(element.toUri().resolve(url)).normalize(), found);
          }
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new SymphonyException("cannot read " + element + " of the class path: " + e, e);
    }
  }

  /**
   * Whether one of these jars and folders has a class.
   *
   * @param elements as {@link #elements} has them
   * @param type the class's full name, with dollars for nested ones
   * @throws SymphonyException for a jar that cannot be read
   */
  public static boolean holds(List<Path> elements, String type) {
    String file = type.replace('.', '/') + ".class";
    for (Path element : elements) {
      if (Files.isDirectory(element)) {
        if (Files.exists(element.resolve(file))) {
          return true;
        }
      } else {
        try (ZipFile jar = new ZipFile(element.toFile())) {
          if (jar.getEntry(file) != null) {
            return true;
          }
        } catch (IOException e) {
          throw new SymphonyException("cannot read " + element + " of the class path", e);
        }
      }
    }
    return false;
  }
}
