package dev.symphony.commandline.internal.parse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What somebody may have meant who typed a word that is none. */
public final class Nearest {
  private Nearest() {}

  /**
   * The known words that begin with what was typed, else those few letters away; at most three.
   *
   * @param typed what was typed
   * @param known the words there are
   */
  public static List<String> to(String typed, Collection<String> known) {
    List<String> found = new ArrayList<>();
    for (String word : known) {
      if (typed.length() > 1 && word.startsWith(typed) && !typed.equals("--")) {
        found.add(word);
      }
    }
    int limit = typed.length() <= 2 ? 0 : typed.length() <= 3 ? 1 : typed.length() <= 6 ? 2 : 3;
    for (int distance = 1; distance <= limit && found.isEmpty(); distance++) {
      for (String word : known) {
        if (word.length() > distance && distance(typed, word) == distance) {
          found.add(word);
        }
      }
    }
    return found.size() > 3 ? found.subList(0, 3) : found;
  }

  /** {@code ; did you mean x or y?}, or nothing. */
  public static String question(String typed, Collection<String> known) {
    List<String> found = to(typed, known);
    return found.isEmpty() ? "" : "; did you mean " + String.join(" or ", found) + "?";
  }

  /** How many letters must be put in, taken out, changed, or swapped with their neighbours. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
      }
    }
    return cost[a.length()][b.length()];
  }
}
