package dev.symphony.kube.internal.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Kubernetes objects as plain data: maps in order, lists, strings, numbers, booleans and nulls.
 *
 * <p>Reading by path answers null, or what is empty, wherever a step is missing or of another type.
 */
public final class Tree {
  private Tree() {}

  /** What stands at a path; null for nothing. */
  public static @Nullable Object at(@Nullable Object tree, String... path) {
    Object now = tree;
    for (String step : path) {
      if (!(now instanceof Map<?, ?> map)) {
        return null;
      }
      now = map.get(step);
    }
    return now;
  }

  /** The text at a path; null for none. */
  public static @Nullable String text(@Nullable Object tree, String... path) {
    return at(tree, path) instanceof String text ? text : null;
  }

  /** The whole number at a path, else another. */
  public static long number(@Nullable Object tree, long otherwise, String... path) {
    return at(tree, path) instanceof Number number ? number.longValue() : otherwise;
  }

  /** Whether true stands at a path. */
  public static boolean isTrue(@Nullable Object tree, String... path) {
    return Boolean.TRUE.equals(at(tree, path));
  }

  /** The map at a path; empty and immutable where there is none. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> map(@Nullable Object tree, String... path) {
    return at(tree, path) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /** The list at a path; empty and immutable where there is none. */
  @SuppressWarnings("unchecked")
  public static List<Object> list(@Nullable Object tree, String... path) {
    return at(tree, path) instanceof List<?> list ? (List<Object>) list : List.of();
  }

  /** A map of pairs, in order; pairs with a null value are left out. */
  public static Map<String, Object> of(@Nullable Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      Object value = pairs[i + 1];
      if (value != null) {
        map.put(String.valueOf(pairs[i]), value);
      }
    }
    return map;
  }

  /** The map at a path for writing, made with all that lead to it where missing. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> make(Map<String, Object> tree, String... path) {
    Map<String, Object> now = tree;
    for (String step : path) {
      Object next = now.get(step);
      if (!(next instanceof Map)) {
        next = new LinkedHashMap<String, Object>();
        now.put(step, next);
      }
      now = (Map<String, Object>) next;
    }
    return now;
  }

  /** The list at a path for writing, made where missing. */
  @SuppressWarnings("unchecked")
  public static List<Object> makeList(Map<String, Object> tree, String field) {
    Object list = tree.get(field);
    if (!(list instanceof List)) {
      list = new ArrayList<>();
      tree.put(field, list);
    }
    return (List<Object>) list;
  }

  /** A copy that shares nothing. */
  public static Map<String, Object> copy(Map<String, Object> tree) {
    Map<String, Object> copy = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : tree.entrySet()) {
      copy.put(entry.getKey(), copyOf(entry.getValue()));
    }
    return copy;
  }

  @SuppressWarnings("unchecked")
  private static Object copyOf(Object value) {
    if (value instanceof Map<?, ?> map) {
      return copy((Map<String, Object>) map);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      for (Object item : list) {
        copy.add(copyOf(item));
      }
      return copy;
    }
    return value;
  }

  /**
   * Lays a fragment over an object, in place: maps field by field; lists of maps with a key ({@code
   * name}, for mounts {@code mountPath}, for ports {@code containerPort}) item by item, new ones
   * after the old; other lists (of tolerations, of arguments) after what is there or instead of it,
   * see {@link #APPENDED}; all else replaces.
   */
  public static void merge(Map<String, Object> object, Map<String, Object> fragment) {
    for (Map.Entry<String, Object> entry : fragment.entrySet()) {
      Object old = object.get(entry.getKey());
      object.put(entry.getKey(), merged(entry.getKey(), old, entry.getValue()));
    }
  }

  private static final List<String> APPENDED =
      List.of("tolerations", "imagePullSecrets", "envFrom");
  private static final List<String> KEYS = List.of("mountPath", "name", "containerPort");

  @SuppressWarnings("unchecked")
  private static Object merged(String field, @Nullable Object old, Object fresh) {
    if (old instanceof Map<?, ?> map && fresh instanceof Map<?, ?> fragment) {
      merge((Map<String, Object>) map, (Map<String, Object>) fragment);
      return map;
    }
    if (old instanceof List<?> list && fresh instanceof List<?> fragment) {
      if (APPENDED.contains(field)) {
        List<Object> all = new ArrayList<>(list);
        all.addAll((List<Object>) copyOf(fragment));
        return all;
      }
      String key = keyOf(list, fragment);
      if (key != null) {
        return mergedByKey(key, (List<Object>) list, (List<Object>) fragment);
      }
    }
    return copyOf(fresh);
  }

  private static @Nullable String keyOf(List<?> old, List<?> fresh) {
    for (String key : KEYS) {
      if (allHave(old, key) && allHave(fresh, key)) {
        return key;
      }
    }
    return null;
  }

  private static boolean allHave(List<?> items, String key) {
    for (Object item : items) {
      if (at(item, key) == null) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> mergedByKey(String key, List<Object> old, List<Object> fresh) {
    List<Object> all = new ArrayList<>(old);
    for (Object item : fresh) {
      int place = 0;
      while (place < all.size() && !Objects.equals(at(item, key), at(all.get(place), key))) {
        place++;
      }
      if (place == all.size()) {
        all.add(copyOf(item));
      } else {
        merge((Map<String, Object>) all.get(place), map(item));
      }
    }
    return all;
  }
}
