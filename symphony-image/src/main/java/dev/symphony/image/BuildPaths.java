package dev.symphony.image;

import dev.symphony.engine.UsageException;
import dev.symphony.spi.ClusterContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * How paths of a build's settings are understood.
 *
 * @param home what {@code ~} stands for
 * @param base what relative ones start from
 */
record BuildPaths(Path home, Path base) {
  /** The path, absolute. */
  Path expand(String what, String text) {
    if (text.isBlank()) {
      throw new UsageException(what + " is empty");
    }
    if (text.equals("~")) {
      return home;
    }
    Path path =
        text.startsWith("~/") ? home.resolve(path(what, text.substring(2))) : path(what, text);
    return base.resolve(path).toAbsolutePath().normalize();
  }

  /** A name in the context, which it must not leave. */
  static Path name(String text) {
    if (text.isBlank()) {
      throw new UsageException("the name of a context is empty");
    }
    Path name = path("the name of a context", text);
    if (name.isAbsolute()) {
      throw refused(text, "is absolute");
    }
    for (Path step : name) {
      if (step.toString().equals("..")) {
        throw refused(text, "contains '..'");
      }
    }
    Path clean = name.normalize();
    if (clean.toString().isEmpty()) {
      throw refused(text, "is the context itself");
    }
    return clean;
  }

  /** One for each Dockerfile, so that builds do not undo one another's copies. */
  static Path usualTempDirectory(ClusterContext surroundings, Path dockerfile) {
    String cache = surroundings.environment().getOrDefault("XDG_CACHE_HOME", "");
    Path caches = cache.startsWith("/") ? Path.of(cache) : surroundings.home().resolve(".cache");
    byte[] name = dockerfile.toString().getBytes(StandardCharsets.UTF_8);
    return caches.resolve("symphony/docker").resolve(UUID.nameUUIDFromBytes(name).toString());
  }

  private static UsageException refused(String name, String why) {
    return new UsageException(
        "context name '" + name + "' " + why + "; use one such as 'data' or 'libs/data'");
  }

  private static Path path(String what, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException(what + " cannot be used as a path here: " + e.getReason());
    }
  }
}
