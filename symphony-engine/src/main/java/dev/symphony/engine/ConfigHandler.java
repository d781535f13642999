package dev.symphony.engine;

import dev.symphony.engine.ConfigFields.Origin;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The handlers of the fields that Symphony itself knows. */
final class ConfigHandler implements ConfigFields.Handler {
  enum Kind {
    USERNAME,
    FOLDER,
    CLUSTER,
    OPTIONS
  }

  /** The longest that leaves room for a dash and a letter in an experiment's name. */
  private static final int LONGEST_USERNAME = 61;

  private final Kind kind;
  private final Path home;

  ConfigHandler(Kind kind, Path home) {
    this.kind = kind;
    this.home = home;
  }

  @Override
  public @Nullable Object parse(Object given, Origin origin) {
    return switch (kind) {
      case USERNAME -> username(text(given));
      case FOLDER -> folder(text(given), origin.base());
      case CLUSTER -> {
        String name = text(given).strip();
        yield name.isEmpty() ? null : name;
      }
      case OPTIONS -> options(given);
    };
  }

  private static String text(Object given) {
    if (given instanceof String text) {
      return text;
    }
    if (given instanceof Path path) {
      return path.toString();
    }
    throw new SymphonyException("expected text, found " + inWords(given));
  }

  private static @Nullable String username(String name) {
    if (name.isEmpty()) {
      return null;
    }
    boolean good =
        isLetter(name.charAt(0))
            && name.charAt(name.length() - 1) != '-'
            && name.length() <= LONGEST_USERNAME;
    for (int i = 0; i < name.length() && good; i++) {
      char c = name.charAt(i);
      good = isLetter(c) || (c >= '0' && c <= '9') || c == '-';
    }
    if (!good) {
      throw new SymphonyException(
          "'"
              + name
              + "' cannot begin the name of an experiment; use at most "
              + LONGEST_USERNAME
              + " lower-case letters, digits and dashes, starting with a letter");
    }
    return name;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  private @Nullable Path folder(String text, Path base) {
    if (text.isEmpty()) {
      return null;
    }
    if (text.startsWith("~") && !text.equals("~") && !text.startsWith("~/")) {
      throw new SymphonyException(
          "'" + text + "': only one's own home can be written as ~; give the whole path");
    }
    try {
      Path path =
          text.startsWith("~")
              ? home.resolve(text.substring(Math.min(2, text.length())))
              : base.resolve(text);
      return path.normalize();
    } catch (InvalidPathException e) {
      throw new SymphonyException("'" + text + "' cannot be a path: " + e.getReason(), e);
    }
  }

  private static Map<String, Object> options(Object given) {
    if (!(given instanceof Map<?, ?> map)) {
      throw new SymphonyException(
          "expected a map of the backend's options, found " + inWords(given));
    }
    Map<String, Object> options = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object value = entry.getValue();
      // An option without a value is as good as not given.
      if (value != null) {
        options.put(String.valueOf(entry.getKey()), value);
      }
    }
    return Collections.unmodifiableMap(options);
  }

  private static String inWords(Object given) {
    if (given instanceof Map) {
      return "a map";
    }
    return given instanceof Iterable ? "a list" : given + "; put it in quotes";
  }
}
