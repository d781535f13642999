package dev.symphony.spi;

import dev.symphony.engine.internal.data.DataReader;
import dev.symphony.engine.internal.data.DataWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads plain values for people and programs: maps with names that are strings, lists,
 * strings, numbers, booleans and nulls. Only reading YAML loads a library.
 */
public final class PlainText {
  private PlainText() {}

  /** YAML in block style. */
  public static String yaml(@Nullable Object plain) {
    return DataWriter.yaml(plain);
  }

  /** JSON on one line. */
  public static String json(@Nullable Object plain) {
    return DataWriter.json(plain, false);
  }

  /**
   * What a file of YAML or JSON holds: ordered maps, lists, strings, longs, doubles, booleans and
   * nulls.
   *
   * @param file its name ends in {@code .yaml}, {@code .yml} or {@code .json}
   * @throws dev.symphony.engine.NotFoundException where there is no such file
   * @throws dev.symphony.engine.SymphonyException in one line for what cannot be read
   */
  public static @Nullable Object readFile(Path file) {
    return DataReader.file(file).toPlain();
  }

  /**
   * What a JSON document holds: maps, lists, strings, longs, doubles, booleans and nulls.
   *
   * @param source what an error calls it, such as its file
   * @throws dev.symphony.engine.SymphonyException in one line with the line number, for what is
   *     none
   */
  public static @Nullable Object readJson(String text, String source) {
    return DataReader.json(text, source).toPlain();
  }
}
