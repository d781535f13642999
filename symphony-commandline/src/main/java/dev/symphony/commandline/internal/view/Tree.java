package dev.symphony.commandline.internal.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of the documented schema: keys in order, with values of text, numbers, truth values,
 * other objects, and lists of these; null stays null.
 */
public final class Tree {
  private final Map<String, @Nullable Object> entries = new LinkedHashMap<>();

  /** Adds text; null stays null. */
  public Tree put(String key, @Nullable String value) {
    entries.put(key, value);
    return this;
  }

  /** Adds a number; null stays null. */
  public Tree put(String key, @Nullable Integer value) {
    entries.put(key, value);
    return this;
  }

  /** Adds a truth value. */
  public Tree put(String key, boolean value) {
    entries.put(key, value);
    return this;
  }

  /** Adds an object; null stays null. */
  public Tree put(String key, @Nullable Tree value) {
    entries.put(key, value);
    return this;
  }

  /** Adds a list of objects or of texts. */
  public Tree put(String key, List<?> values) {
    entries.put(key, new ArrayList<>(values));
    return this;
  }

  /** Adds an object of texts, in the order of the map. */
  public Tree put(String key, Map<String, String> values) {
    Tree tree = new Tree();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      tree.put(entry.getKey(), entry.getValue());
    }
    return put(key, tree);
  }

  Map<String, @Nullable Object> entries() {
    return entries;
  }
}
