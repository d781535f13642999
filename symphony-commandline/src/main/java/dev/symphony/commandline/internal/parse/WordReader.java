package dev.symphony.commandline.internal.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart what was typed: the options that every command has, the command, its own words, and
 * what follows {@code --}.
 *
 * <p>argparse4j takes any beginning of a flag for the flag, and moves words around {@code --}; so
 * it is given one command's words only, with every flag known to be whole.
 */
public final class WordReader {
  /** The flag that names the backend. */
  public static final String CLUSTER = "--cluster";

  /** The flag that names the place within a backend. */
  public static final String NAMESPACE = "--namespace";

  private final CommandTable table;
  private final boolean clusterOption;

  private @Nullable Command command;
  private final List<String> own = new ArrayList<>();
  private @Nullable String cluster;
  private @Nullable String namespace;
  private boolean help;
  private boolean version;
  private boolean debug;

  /**
   * Creates one for one line of words.
   *
   * @param clusterOption whether the program has the options {@code --cluster} and {@code
   *     --namespace}
   */
  public WordReader(CommandTable table, boolean clusterOption) {
    this.table = table;
    this.clusterOption = clusterOption;
  }

  /** The flags that may stand before and after every command. */
  public static List<String> globalFlags(boolean clusterOption) {
    return clusterOption
        ? List.of(CLUSTER, NAMESPACE, "--debug", "--help", "-h")
        : List.of("--debug", "--help", "-h");
  }

  /** Whether errors are to come with stack traces, also where the words cannot be taken apart. */
  public static boolean wantsDebug(String... typed) {
    for (String word : typed) {
      if (word.equals("--debug") || word.equals("--")) {
        return word.equals("--debug");
      }
    }
    return false;
  }

  /** Takes the words apart. */
  public Words take(String... typed) throws UsageFailure {
    int cut = 0;
    while (cut < typed.length && !typed[cut].equals("--")) {
      cut++;
    }
    List<String> remainder = new ArrayList<>();
    for (int i = cut + 1; i < typed.length; i++) {
      remainder.add(typed[i]);
    }
    for (int i = 0; i < cut; i++) {
      i = takeOne(typed, i, cut);
    }
    Command chosen = command;
    if (chosen != null && cut < typed.length && !help) {
      checkRemainder(chosen, remainder);
    }
    return new Words(chosen, own, remainder, cluster, namespace, help, version, debug);
  }

  /** Takes the word at an index; returns the index of the last word taken. */
  private int takeOne(String[] typed, int index, int end) throws UsageFailure {
    String word = typed[index];
    Command chosen = command;
    if (chosen != null && isFlag(word) && chosen.option(flagOf(word)) != null) {
      own.add(word);
      return index;
    }
    if (word.equals("-h") || word.equals("--help")) {
      help = true;
    } else if (word.equals("--debug")) {
      debug = true;
    } else if (word.equals("--version") && chosen == null) {
      version = true;
    } else if (clusterOption && isOption(CLUSTER, word)) {
      cluster = value(typed, index, end, "the name of a backend");
      return word.equals(CLUSTER) ? index + 1 : index;
    } else if (clusterOption && isOption(NAMESPACE, word)) {
      namespace = value(typed, index, end, "the name of a namespace");
      return word.equals(NAMESPACE) ? index + 1 : index;
    } else if (chosen != null) {
      own.add(word);
    } else if (isFlag(word)) {
      throw unknownGlobal(word);
    } else {
      command = find(word);
    }
    return index;
  }

  private static boolean isOption(String flag, String word) {
    return word.startsWith(flag)
        && (word.length() == flag.length() || word.charAt(flag.length()) == '=');
  }

  /** The value of the option at an index: what follows its equals sign, else the next word. */
  private String value(String[] typed, int index, int end, String wanted) throws UsageFailure {
    String word = typed[index];
    String flag = flagOf(word);
    boolean inside = word.length() > flag.length();
    if (!inside && (index + 1 == end || isFlag(typed[index + 1]))) {
      throw new UsageFailure(command, flag + " needs " + wanted);
    }
    String value = inside ? word.substring(flag.length() + 1) : typed[index + 1];
    if (value.isEmpty()) {
      throw new UsageFailure(command, flag + " needs " + wanted);
    }
    return value;
  }

  private Command find(String word) throws UsageFailure {
    Command found = table.find(word);
    if (found == null) {
      throw new UsageFailure(
          null, "there is no command '" + word + "'" + Nearest.question(word, visibleWords()));
    }
    return found;
  }

  private List<String> visibleWords() {
    List<String> words = new ArrayList<>();
    for (Command each : table.commands()) {
      if (!each.isHidden()) {
        words.add(each.name());
        words.addAll(each.aliasNames());
      }
    }
    return words;
  }

  private UsageFailure unknownGlobal(String word) {
    List<String> known = new ArrayList<>(globalFlags(clusterOption));
    known.add("--version");
    String flag = flagOf(word);
    return new UsageFailure(
        null,
        "there is no option '" + flag + "' before the command" + Nearest.question(flag, known));
  }

  private static void checkRemainder(Command command, List<String> remainder) throws UsageFailure {
    if (command.isBuiltin() && !command.name().equals("exec")) {
      throw new UsageFailure(command, command.name() + " takes nothing after '--'");
    }
    if (remainder.contains("--")) {
      throw new UsageFailure(
          command,
          "there is a second '--' after the first; where a command needs one, write the command as"
              + " sh -c '…'");
    }
  }

  /** Reads a command's own words into values by their names. */
  public Namespace read(Words words) throws UsageFailure {
    Command chosen = words.command();
    if (chosen == null) {
      return new Namespace(new HashMap<>());
    }
    Map<String, Object> values = QuickReading.read(chosen, words.own());
    if (values == null) {
      values = readSlowly(chosen, words.own());
    }
    if (clusterOption) {
      values.putIfAbsent("cluster", words.cluster());
    }
    values.putIfAbsent("debug", words.debug());
    return new Namespace(values);
  }

  private Map<String, Object> readSlowly(Command chosen, List<String> own) throws UsageFailure {
    for (String word : own) {
      checkWhole(chosen, word);
    }
    Map<String, Object> values = new HashMap<>();
    try {
      chosen.parseArgs(own.toArray(new String[0]), values);
    } catch (ArgumentParserException e) {
      throw new UsageFailure(chosen, explain(chosen, own, String.valueOf(e.getMessage())));
    }
    return values;
  }

  /** Refuses beginnings of flags, which argparse4j would take for the flags themselves. */
  private void checkWhole(Command chosen, String word) throws UsageFailure {
    if (!isFlag(word) || isNumber(word)) {
      return;
    }
    String flag = flagOf(word);
    if (chosen.option(flag) != null) {
      return;
    }
    if (!word.startsWith("--")) {
      String unknown = unknownLetter(chosen, word);
      if (unknown == null) {
        return;
      }
      flag = word.length() == 2 ? flag : unknown.equals(word.substring(0, 2)) ? flag : unknown;
    }
    List<String> known = new ArrayList<>(globalFlags(clusterOption));
    for (RecordedArgument argument : chosen.arguments()) {
      known.addAll(argument.flags());
    }
    throw new UsageFailure(
        chosen, chosen.name() + " has no option '" + flag + "'" + Nearest.question(flag, known));
  }

  /** The first letter of {@code -abc} that is no flag, with its dash; null where all are. */
  private static @Nullable String unknownLetter(Command chosen, String word) {
    for (int i = 1; i < word.length(); i++) {
      String flag = "-" + word.charAt(i);
      RecordedArgument option = chosen.option(flag);
      if (option == null) {
        return flag;
      }
      if (option.takesValue()) {
        return null;
      }
    }
    return null;
  }

  private static String explain(Command chosen, List<String> own, String message) {
    if (message.equals("too few arguments")) {
      List<String> needed = new ArrayList<>();
      for (RecordedArgument argument : chosen.arguments()) {
        if (!argument.isOption() && argument.isRequired()) {
          needed.add(argument.placeholder());
        }
      }
      return chosen.name() + " needs " + String.join(" ", needed);
    }
    for (int i = 0; i < own.size(); i++) {
      // The first that is too much, and whatever follows it.
      String rest = String.join(" ", own.subList(i, own.size()));
      if (message.equals("unrecognized arguments: '" + rest + "'")) {
        return chosen.name() + " takes no more words: '" + own.get(i) + "'";
      }
    }
    return chosen.name() + ": " + message;
  }

  private static boolean isFlag(String word) {
    return word.length() > 1 && word.charAt(0) == '-';
  }

  private static boolean isNumber(String word) {
    for (int i = 1; i < word.length(); i++) {
      if (word.charAt(i) < '0' || word.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static String flagOf(String word) {
    int equals = word.indexOf('=');
    return equals < 0 ? word : word.substring(0, equals);
  }
}
