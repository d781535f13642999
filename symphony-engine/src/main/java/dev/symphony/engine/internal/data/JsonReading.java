package dev.symphony.engine.internal.data;

import dev.symphony.engine.SymphonyException;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a JSON text, as RFC 8259 has it.
 *
 * <p>Of our own, because the first use of jackson-core costs a cold JVM 40 ms, on the way of every
 * command that looks at the state.
 */
final class JsonReading {
  private final String text;
  private final String source;
  private int at;
  private int line = 1;
  private int depth;

  JsonReading(String text, String source) {
    this.text = text;
    this.source = source;
  }

  DataNode read() {
    skipSpace();
    if (at == text.length()) {
      throw problem("there is nothing in it");
    }
    DataNode root = value(null, null, line);
    skipSpace();
    if (at < text.length()) {
      throw problem("expected the end, found " + found());
    }
    return root;
  }

  private DataNode value(@Nullable DataNode parent, @Nullable String name, int nameLine) {
    Place place = new Place(source, line, parent, name, nameLine);
    switch (at < text.length() ? text.charAt(at) : 0) {
      case '{' -> {
        return map(place);
      }
      case '[' -> {
        return list(place);
      }
      case '"' -> {
        return DataNode.string(string(), place);
      }
      case 't' -> {
        word("true");
        return DataNode.bool(true, "true", place);
      }
      case 'f' -> {
        word("false");
        return DataNode.bool(false, "false", place);
      }
      case 'n' -> {
        word("null");
        return DataNode.nothing(place);
      }
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        return number(place);
      }
      default -> throw problem("expected a value, found " + found());
    }
  }

  private DataNode map(Place place) {
    DataNode map = DataNode.map(place);
    enter();
    if (!next('}')) {
      do {
        skipSpace();
        if (at == text.length() || text.charAt(at) != '"') {
          throw problem("expected a name in double quotes, found " + found());
        }
        int nameLine = line;
        String name = string();
        if (!next(':')) {
          throw problem("expected ':', found " + found());
        }
        skipSpace();
        map.put(name, value(map, name, nameLine));
      } while (next(','));
      if (!next('}')) {
        throw problem("expected ',' or '}', found " + found());
      }
    }
    depth--;
    return map;
  }

  private DataNode list(Place place) {
    DataNode list = DataNode.list(place);
    enter();
    if (!next(']')) {
      do {
        skipSpace();
        list.add(value(list, null, line));
      } while (next(','));
      if (!next(']')) {
        throw problem("expected ',' or ']', found " + found());
      }
    }
    depth--;
    return list;
  }

  private void enter() {
    at++;
    depth++;
    if (depth > DataReader.DEEPEST) {
      throw problem("nested deeper than " + DataReader.DEEPEST);
    }
  }

  private void word(String word) {
    if (!text.startsWith(word, at)) {
      throw problem("expected a value, found " + found());
    }
    at += word.length();
  }

  private DataNode number(Place place) {
    int start = at;
    if (text.charAt(at) == '-') {
      at++;
    }
    int first = at;
    digits();
    if (at - first > 1 && text.charAt(first) == '0') {
      throw problem("a number must not begin with 0");
    }
    boolean whole = true;
    if (at < text.length() && text.charAt(at) == '.') {
      whole = false;
      at++;
      digits();
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      whole = false;
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      digits();
    }
    return Numbers.node(whole, text.substring(start, at), place);
  }

  private void digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw problem("expected a digit, found " + found());
    }
  }

  private String string() {
    int start = ++at;
    StringBuilder out = null;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        String rest = text.substring(start, at++);
        return out == null ? rest : out.append(rest).toString();
      }
      if (c < ' ') {
        throw problem(
            "a string must not hold a " + (c == '\n' ? "line break" : "control character"));
      }
      at++;
      if (c == '\\') {
        out = out == null ? new StringBuilder() : out;
        out.append(text, start, at - 1).append(escaped());
        start = at;
      }
    }
    throw problem("a string has no end");
  }

  private char escaped() {
    char c = at < text.length() ? text.charAt(at++) : 0;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> throw problem("a string holds a '\\' that begins no escape");
    };
  }

  private char unit() {
    int code = 0;
    for (int end = at + 4; at < end; at++) {
      char c = at < text.length() ? text.charAt(at) : 0;
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw problem("expected four hexadecimal digits after \\u");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private boolean next(char wanted) {
    skipSpace();
    boolean there = at < text.length() && text.charAt(at) == wanted;
    if (there) {
      at++;
    }
    return there;
  }

  private void skipSpace() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        line++;
      } else if (c != ' ' && c != '\t' && c != '\r') {
        return;
      }
      at++;
    }
  }

  private String found() {
    if (at >= text.length()) {
      return "the end";
    }
    int end = at;
    while (end < text.length() && end < at + 20 && Character.isLetterOrDigit(text.charAt(end))) {
      end++;
    }
    return "'" + text.substring(at, Math.max(end, at + 1)) + "'";
  }

  private SymphonyException problem(String what) {
    return new SymphonyException(source + " line " + line + ": " + what);
  }
}
