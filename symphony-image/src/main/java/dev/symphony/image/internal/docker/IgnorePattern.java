package dev.symphony.image.internal.docker;

import dev.symphony.engine.SymphonyException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A line of a {@code .dockerignore}. It matches a path, and all that lies below one that it
 * matches.
 *
 * @param isException whether it begins with {@code !}: what it matches is not ignored
 */
record IgnorePattern(Pattern regex, boolean isException) {
  /**
   * Reads one.
   *
   * @param line neither blank nor a comment
   * @param place what an error begins with
   */
  static IgnorePattern parse(String line, String place) {
    boolean exception = line.startsWith("!");
    String glob = exception ? line.substring(1).strip() : line;
    if (glob.isEmpty()) {
      throw new SymphonyException(place + ": '!' stands alone; write what is not to be ignored");
    }
    try {
      String regex = regex(clean(glob)) + "(/.*)?";
      return new IgnorePattern(Pattern.compile(regex, Pattern.DOTALL), exception);
    } catch (PatternSyntaxException e) {
      throw new SymphonyException(place + ": '" + line + "' is no pattern of a .dockerignore", e);
    }
  }

  boolean matches(String path) {
    return regex.matcher(path).matches();
  }

  /** Without {@code .}, {@code ..} and needless slashes, and from the folder. */
  private static String clean(String glob) {
    Deque<String> steps = new ArrayDeque<>();
    for (String step : glob.split("/")) {
      if (step.equals("..") && !steps.isEmpty() && !steps.getLast().equals("..")) {
        steps.removeLast();
      } else if (!step.isEmpty() && !step.equals(".")) {
        steps.addLast(step);
      }
    }
    return String.join("/", steps);
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int at = 0; at < glob.length(); ) {
      at = append(regex, glob, at);
    }
    return regex.toString();
  }

  /** Appends what stands at a place, and returns the place behind it. */
  private static int append(StringBuilder regex, String glob, int at) {
    char c = glob.charAt(at);
    switch (c) {
      case '*' -> {
        return appendStars(regex, glob, at);
      }
      case '?' -> regex.append("[^/]");
      case '[' -> {
        return appendSet(regex, glob, at);
      }
      case '\\' -> {
        if (at + 1 == glob.length()) {
          throw new PatternSyntaxException("nothing is escaped", glob, at);
        }
        appendLiteral(regex, glob.charAt(at + 1));
        return at + 2;
      }
      default -> appendLiteral(regex, c);
    }
    return at + 1;
  }

  private static int appendStars(StringBuilder regex, String glob, int at) {
    if (!glob.startsWith("**", at)) {
      regex.append("[^/]*");
      return at + 1;
    }
    int next = glob.startsWith("/", at + 2) ? at + 3 : at + 2;
    regex.append(next == glob.length() ? ".*" : "(.*/)?");
    return next;
  }

  private static void appendLiteral(StringBuilder regex, char c) {
    if (c < 128 && !Character.isLetterOrDigit(c)) {
      regex.append('\\');
    }
    regex.append(c);
  }

  /** Only {@code ^}, {@code -} and {@code \} mean something in a set. */
  private static int appendSet(StringBuilder regex, String glob, int at) {
    int next = at + 1;
    regex.append('[');
    if (glob.startsWith("^", next)) {
      regex.append("^/");
      next++;
    }
    for (boolean first = true; next < glob.length(); first = false, next++) {
      char c = glob.charAt(next);
      if (c == ']' && !first) {
        regex.append(']');
        return next + 1;
      }
      if (c == '\\' && next + 1 < glob.length()) {
        appendLiteral(regex, glob.charAt(++next));
      } else if (c == '-') {
        regex.append(c);
      } else {
        appendLiteral(regex, c);
      }
    }
    throw new PatternSyntaxException("the set does not end", glob, at);
  }
}
