package dev.symphony.example;

import java.util.List;
import java.util.StringJoiner;

/**
 * What the workers say to each other: one line of words, the first of which says what it is.
 *
 * <p>Lines can be read by people, typed by people ({@code nc 127.0.0.1 7000}), and parsed by
 * anything. The whole conversation of this example:
 *
 * <pre>
 * to parameter-server   hello NAME           -&gt; ok
 *                       policy               -&gt; policy GENERATION WEIGHT...   or done
 *                       score GENERATION RETURN  -&gt; ok                        or done
 *                       curve FROM           -&gt; curve EPISODES SECONDS RETURN ...  or done
 * to replay-server      hello NAME           -&gt; ok
 *                       trial NOISE FORTH BACK  -&gt; ok
 *                       take                 -&gt; batch NOISE FORTH BACK ...
 * to either             done                 -&gt; done
 * </pre>
 *
 * @param words at least one; none holds white space
 */
public record Message(List<String> words) {
  /** The word that ends a conversation in peace, whoever says it. */
  public static final String DONE = "done";

  /** Makes a message of these words, which are copied. */
  public Message {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a message has at least one word");
    }
    for (String word : words) {
      if (word.isEmpty() || word.chars().anyMatch(Character::isWhitespace)) {
        throw new IllegalArgumentException("not one word: '" + word + "'");
      }
    }
  }

  /** Makes a message of words and numbers. */
  public static Message of(String verb, Object... rest) {
    String[] words = new String[rest.length + 1];
    words[0] = verb;
    for (int i = 0; i < rest.length; i++) {
      words[i + 1] = String.valueOf(rest[i]);
    }
    return new Message(List.of(words));
  }

  /** Makes a message of a verb, one whole number and many numbers; doubles arrive exactly. */
  static Message of(String verb, int first, double[] rest) {
    Object[] words = new Object[rest.length + 1];
    words[0] = first;
    for (int i = 0; i < rest.length; i++) {
      words[i + 1] = rest[i];
    }
    return of(verb, words);
  }

  /** Reads a message from its line. */
  static Message parse(String line) {
    return new Message(List.of(line.strip().split("\\s+")));
  }

  /** The line, without its end. */
  String line() {
    StringJoiner line = new StringJoiner(" ");
    words.forEach(line::add);
    return line.toString();
  }

  /** The first word. */
  public String verb() {
    return words.get(0);
  }

  /** Whether this ends the conversation. */
  public boolean isDone() {
    return verb().equals(DONE);
  }

  /** How many words follow the verb. */
  int size() {
    return words.size() - 1;
  }

  /** The word at this place after the verb, counted from 0. */
  public String word(int index) {
    if (index >= size()) {
      throw new WorkerFailure("message too short: '" + line() + "'");
    }
    return words.get(index + 1);
  }

  /** The whole number at this place after the verb, counted from 0. */
  public int whole(int index) {
    try {
      return Integer.parseInt(word(index));
    } catch (NumberFormatException e) {
      throw new WorkerFailure("not a whole number: '" + word(index) + "' in '" + line() + "'");
    }
  }

  /** The number at this place after the verb, counted from 0. */
  public double number(int index) {
    try {
      return Double.parseDouble(word(index));
    } catch (NumberFormatException e) {
      throw new WorkerFailure("not a number: '" + word(index) + "' in '" + line() + "'");
    }
  }

  /** All numbers from this place after the verb on. */
  double[] numbers(int from) {
    double[] numbers = new double[size() - from];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(from + i);
    }
    return numbers;
  }
}
