package dev.symphony.spi;

import dev.symphony.engine.internal.data.DataWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes plain values for people and programs: maps with names that are strings, lists, strings,
 * numbers, booleans and nulls. Loads no library.
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
}
