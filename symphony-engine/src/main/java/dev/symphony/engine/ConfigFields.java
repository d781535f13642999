package dev.symphony.engine;

import dev.symphony.engine.internal.data.NearName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a configuration: what was given, by whom, and what their handlers made of it.
 *
 * <p>A value waits here for its handler. Not thread-safe.
 */
final class ConfigFields {
  /** Who gave a value; a later one in this list beats an earlier one. */
  enum Giver {
    /** A configuration file; of several the first that was read. */
    FILE,
    /** A variable of the environment. */
    ENVIRONMENT,
    /** The program; the last time. */
    PROGRAM
  }

  /**
   * Where a value comes from.
   *
   * @param words what errors call it, the field included
   * @param base what a relative path in it starts from
   */
  record Origin(Giver giver, String words, Path base) {}

  /** Makes a value of what was given. */
  interface Handler {
    /** The exceptions it throws need not say where the value comes from. */
    @Nullable Object parse(Object given, Origin origin);
  }

  private record Given(Object value, Origin origin) {}

  private final Map<String, Given> given = new LinkedHashMap<>();
  private final Map<String, Handler> handlers = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> parsed = new HashMap<>();

  boolean isHandled(String field) {
    return handlers.containsKey(field);
  }

  /** Hands over what was given already; keeps the handler only where it could use that. */
  void handle(String field, Handler handler) {
    if (isHandled(field)) {
      throw new SymphonyException(
          "the configuration's field '" + field + "' has a handler already; choose another name");
    }
    Given waiting = given.get(field);
    if (waiting != null) {
      parsed.put(field, parse(handler, waiting));
    }
    handlers.put(field, handler);
  }

  /** Takes a value unless somebody who counts more has given one. */
  void give(String field, Object value, Origin origin) {
    Given before = given.get(field);
    if (before != null) {
      int rank = origin.giver.compareTo(before.origin.giver);
      if (rank < 0 || (rank == 0 && origin.giver == Giver.FILE)) {
        return;
      }
    }
    Given now = new Given(value, origin);
    Handler handler = handlers.get(field);
    if (handler != null) {
      parsed.put(field, parse(handler, now));
    }
    given.put(field, now);
  }

  /** What the field's handler made of it; null where nothing was given. */
  @Nullable Object get(String field) {
    return parsed.get(field);
  }

  private static @Nullable Object parse(Handler handler, Given given) {
    try {
      return handler.parse(given.value, given.origin);
    } catch (RuntimeException e) {
      String message = e.getMessage();
      String why = message == null || message.isBlank() ? e.toString() : message;
      throw new SymphonyException(given.origin.words + ": " + why, e);
    }
  }

  /** A line for each value that nobody has asked for, but for {@code expected}. */
  List<String> unread(@Nullable String expected) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Given> entry : given.entrySet()) {
      String field = entry.getKey();
      if (!isHandled(field) && !field.equals(expected)) {
        String near = NearName.among(field, handlers.keySet());
        lines.add(
            entry.getValue().origin.words
                + ": nobody reads this field; "
                + (near == null
                    ? "those known are " + String.join(", ", handlers.keySet())
                    : "did you mean '" + near + "'?"));
      }
    }
    return lines;
  }
}
