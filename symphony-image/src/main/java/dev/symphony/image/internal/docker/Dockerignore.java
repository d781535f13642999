package dev.symphony.image.internal.docker;

import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code .dockerignore} of a folder, by Docker's rules: of all lines that match, the last
 * counts.
 */
final class Dockerignore {
  private static final String NAME = ".dockerignore";

  private final List<IgnorePattern> patterns;

  private Dockerignore(List<IgnorePattern> patterns) {
    this.patterns = patterns;
  }

  /** That of a folder; one without any excludes nothing. */
  static Dockerignore of(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return new Dockerignore(List.of());
    }
    try {
      return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
    } catch (IOException e) {
      throw new SymphonyException("cannot read " + file + ": " + Problems.reason(e), e);
    }
  }

  /**
   * Reads its lines.
   *
   * @param source what errors call it
   */
  static Dockerignore parse(String text, String source) {
    String unmarked = text.startsWith("\ufeff") ? text.substring(1) : text;
    List<IgnorePattern> patterns = new ArrayList<>();
    int number = 0;
    for (String line : unmarked.lines().toList()) {
      number++;
      if (!line.startsWith("#") && !line.isBlank()) {
        patterns.add(IgnorePattern.parse(line.strip(), source + " line " + number));
      }
    }
    return new Dockerignore(patterns);
  }

  /**
   * Whether it keeps a file or a folder out of the context.
   *
   * @param path from the folder, with {@code /}
   */
  boolean excludes(String path) {
    boolean excluded = false;
    for (IgnorePattern pattern : patterns) {
      if (pattern.isException() == excluded && pattern.matches(path)) {
        excluded = !pattern.isException();
      }
    }
    return excluded;
  }

  /** Whether something in a folder that is excluded may yet belong to the context. */
  boolean hasExceptions() {
    return patterns.stream().anyMatch(IgnorePattern::isException);
  }
}
