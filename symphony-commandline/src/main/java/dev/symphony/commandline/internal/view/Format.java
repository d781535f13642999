package dev.symphony.commandline.internal.view;

import dev.symphony.engine.UsageException;
import java.util.Locale;

/** How a query answers: the values of {@code -o}. */
public enum Format {
  /** For people. */
  TABLE,
  /** For people, with more columns. */
  WIDE,
  /** One JSON document, or one object a line where the answer goes on. */
  JSON,
  /** The same tree as YAML. */
  YAML,
  /** Only names, one a line. */
  NAME;

  /** The names that {@code -o} takes. */
  public static final String CHOICES = "table, wide, json, yaml, name";

  /** Reads the value of {@code -o}. */
  public static Format parse(String text) {
    for (Format format : values()) {
      if (format.toString().equals(text)) {
        return format;
      }
    }
    throw new UsageException("output format '" + text + "': choose one of " + CHOICES);
  }

  /** Whether programs read it: then nothing else is printed on standard output. */
  public boolean isForPrograms() {
    return this == JSON || this == YAML;
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
