package dev.symphony.engine.internal.data;

import org.jspecify.annotations.Nullable;

/** Finds what somebody who mistyped a name may have meant. */
public final class NearName {
  private NearName() {}

  /** The name nearest to {@code typed}, in the given order; null where none is near. */
  public static @Nullable String among(String typed, Iterable<String> names) {
    String nearest = null;
    // One slip in a short name, one in three characters of a longer one.
    int least = Math.max(2, typed.length() / 3 + 1);
    for (String name : names) {
      int distance = distance(typed, name);
      if (distance < least) {
        least = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  /** Levenshtein's: characters to insert, to remove or to change; case does not count. */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        int change = above[j - 1] + (same ? 0 : 1);
        row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}
