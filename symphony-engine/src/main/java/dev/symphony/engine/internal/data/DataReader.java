package dev.symphony.engine.internal.data;

import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads YAML and JSON into {@link DataNode}s.
 *
 * <p>What cannot be read ends in a {@link SymphonyException} of one line with the line number. No
 * class of the YAML library is loaded where only JSON is read.
 */
public final class DataReader {
  /** Deeper is a mistake or an attack; what people write stays below ten. */
  static final int DEEPEST = 100;

  private DataReader() {}

  /**
   * Reads one YAML document: the core schema of YAML 1.2, with anchors and {@code <<}, without
   * tags.
   *
   * @param source what errors call it; the file, or {@code <string>}
   */
  public static DataNode yaml(String text, String source) {
    return new YamlReading(source).read(withoutMark(text));
  }

  /**
   * Reads one JSON document.
   *
   * @param source what errors call it; the file, or {@code <string>}
   */
  public static DataNode json(String text, String source) {
    return new JsonReading(withoutMark(text), source).read();
  }

  /**
   * Reads a file, whose extension says how: {@code .yaml}, {@code .yml} or {@code .json}.
   *
   * @throws NotFoundException where there is no such file
   * @throws SymphonyException for another extension, or what cannot be read
   */
  public static DataNode file(Path file) {
    return isJson(file) ? json(text(file), file.toString()) : yaml(text(file), file.toString());
  }

  /**
   * Whether the extension stands for JSON, or else for YAML.
   *
   * @throws SymphonyException where it stands for neither
   */
  public static boolean isJson(Path file) {
    String name = file.toString();
    if (name.endsWith(".json")) {
      return true;
    }
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return false;
    }
    throw new SymphonyException(
        file + ": the name must end in .yaml, .yml or .json, which says how it is written");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new NotFoundException("cannot read " + file + ": there is no such file");
    } catch (IOException e) {
      throw new SymphonyException("cannot read " + file + ": " + FileProblem.reason(e), e);
    }
  }

  /** Some editors begin a file with a byte order mark. */
  private static String withoutMark(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }
}
