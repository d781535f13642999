package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.parse.Command;
import dev.symphony.commandline.internal.parse.CommandTable;
import dev.symphony.commandline.internal.parse.RecordedArgument;
import dev.symphony.commandline.internal.parse.WordReader;
import dev.symphony.commandline.internal.view.Output;
import dev.symphony.engine.Cluster;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.ServiceAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * Says what may come next, for the scripts of {@code completion}: a candidate a line, with a tab
 * and an explanation where there is one; {@code :file} where paths are wanted too.
 */
public final class Completions {
  private static final String WORD = "__complete";
  private static final List<String> VALUED = List.of(WordReader.CLUSTER, WordReader.NAMESPACE);

  private final CommandTable table;
  private final boolean clusterOption;
  private final Invocation in;
  private final List<String> found = new ArrayList<>();
  private String current = "";

  /** Creates one for one question. */
  public Completions(CommandTable table, boolean clusterOption, Invocation in) {
    this.table = table;
    this.clusterOption = clusterOption;
    this.in = in;
  }

  /** Whether a program was run to be asked this. */
  public static boolean isAsked(String... args) {
    return args.length > 0 && args[0].equals(WORD);
  }

  /** The values that the words before the cursor give to the options of every command. */
  public static Namespace given(String... args) {
    Map<String, Object> values = new HashMap<>();
    List<String> words = words(args);
    for (int i = 0; i + 1 < words.size(); i++) {
      for (String flag : VALUED) {
        String word = words.get(i);
        if (word.equals(flag)) {
          values.put(flag.substring(2), words.get(i + 1));
        } else if (word.startsWith(flag + "=")) {
          values.put(flag.substring(2), word.substring(flag.length() + 1));
        }
      }
    }
    return new Namespace(values);
  }

  /**
   * Prints the candidates; whatever goes wrong leaves some out.
   *
   * @param args what the script passed: the words after the program's name up to the cursor
   */
  public int print(String... args) {
    List<String> words = words(args);
    current = words.remove(words.size() - 1);
    try {
      collect(words);
    } catch (RuntimeException e) {
      // A shell that asks for candidates has no place for errors.
      found.add("");
    }
    Output out = in.terminal().out();
    for (String line : found) {
      if (!line.isEmpty()) {
        out.println(line);
      }
    }
    return 0;
  }

  /** The words, with what bash takes apart at {@code =} and {@code :} put right again. */
  private static List<String> words(String... args) {
    List<String> words = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      String word = args[i];
      int last = words.size() - 1;
      if (word.equals("=") && last >= 0) {
        if (i == args.length - 1) {
          words.add("");
        }
      } else if (word.equals(":") && last >= 0) {
        words.set(last, words.get(last) + ":" + (i + 1 < args.length ? args[++i] : ""));
      } else {
        words.add(word);
      }
    }
    if (words.isEmpty()) {
      words.add("");
    }
    return words;
  }

  private void collect(List<String> words) {
    Command command = null;
    RecordedArgument awaited = null;
    String global = null;
    List<String> positional = new ArrayList<>();
    for (String word : words) {
      if (word.equals("--")) {
        found.add(":file");
        return;
      }
      boolean value = awaited != null || global != null;
      awaited = null;
      global = null;
      if (value) {
        continue;
      }
      if (word.startsWith("-") && word.length() > 1) {
        RecordedArgument option = command == null ? null : command.option(word);
        awaited = option != null && option.takesValue() ? option : null;
        global = option == null && clusterOption && VALUED.contains(word) ? word : null;
      } else if (command == null) {
        command = table.find(word);
        if (command == null) {
          return;
        }
      } else {
        positional.add(word);
      }
    }
    if (global != null) {
      backendsAfter(global, "");
    } else if (awaited != null) {
      values(awaited, command, positional, "");
    } else if (command == null) {
      commandsOrFlags();
    } else if (current.startsWith("-")) {
      flagsOf(command, positional);
    } else {
      positional(command, positional);
    }
  }

  private void commandsOrFlags() {
    if (current.startsWith("-")) {
      globalFlags();
      offer("--version", "print the version");
      return;
    }
    for (Command command : table.commands()) {
      if (!command.isHidden()) {
        offer(command.name(), command.helpLine());
      }
    }
  }

  private void globalFlags() {
    if (current.startsWith(WordReader.CLUSTER + "=") && clusterOption) {
      backendsAfter(WordReader.CLUSTER, WordReader.CLUSTER + "=");
      return;
    }
    for (String flag : WordReader.globalFlags(clusterOption)) {
      if (flag.startsWith("--") || current.equals("-")) {
        offer(flag, "");
      }
    }
  }

  private void flagsOf(Command command, List<String> positional) {
    int equals = current.indexOf('=');
    if (equals > 0) {
      RecordedArgument option = command.option(current.substring(0, equals));
      if (option != null) {
        values(option, command, positional, current.substring(0, equals + 1));
        return;
      }
    }
    for (RecordedArgument argument : command.arguments()) {
      for (String flag : argument.flags()) {
        if (!argument.isHidden()) {
          offer(flag, argument.helpText());
        }
      }
    }
    globalFlags();
  }

  private void positional(Command command, List<String> before) {
    int index = before.size();
    RecordedArgument last = null;
    for (RecordedArgument argument : command.arguments()) {
      if (argument.isOption()) {
        continue;
      }
      last = argument;
      boolean many = argument.nargs().equals("+") || argument.nargs().equals("*");
      if (index-- == 0 || many) {
        values(argument, command, before, "");
        return;
      }
    }
    if (last == null && command.arguments().isEmpty()) {
      found.add("");
    }
  }

  /** Offers what may stand where an argument does; its placeholder says what that is. */
  private void values(
      RecordedArgument argument,
      @Nullable Command command,
      List<String> positional,
      String before) {
    String placeholder = argument.placeholder();
    if (!argument.choiceWords().isEmpty()) {
      for (String choice : argument.choiceWords()) {
        offer(before + choice, "");
      }
    } else if (placeholder.equals("EXP") || placeholder.equals("PATTERN")) {
      for (String experiment : in.cluster().listExperiments()) {
        offer(before + experiment, "");
      }
    } else if (placeholder.startsWith("PROC")) {
      processes(experiment(command, positional), before, placeholder.indexOf(',') > 0, "");
    } else if (placeholder.equals("SRC") || placeholder.equals("DST")) {
      found.add(":file");
      processes(experiment(command, positional), before, false, ":");
    } else if (placeholder.equals("SERVICE")) {
      for (ServiceAddress address : in.cluster().services(experiment(command, positional))) {
        if (address.exposed()) {
          offer(before + address.service(), address.url());
        }
      }
    } else if (placeholder.equals("FILE")) {
      found.add(":file");
    }
  }

  /** The experiment typed before the cursor, else the current one. */
  private String experiment(@Nullable Command command, List<String> positional) {
    int index = 0;
    if (command != null) {
      for (RecordedArgument argument : command.arguments()) {
        if (argument.placeholder().equals("EXP") && index < positional.size()) {
          return positional.get(index);
        }
        index += argument.isOption() ? 0 : 1;
      }
    }
    return in.cluster().currentExperiment();
  }

  private void processes(String experiment, String before, boolean several, String after) {
    int comma = several ? current.lastIndexOf(',') : -1;
    String kept = comma < 0 ? before : current.substring(0, comma + 1);
    List<ProcessStatus> all = in.cluster().describeExperiment(experiment).processes();
    Set<String> seen = new HashSet<>();
    Set<String> twice = new HashSet<>();
    for (ProcessStatus status : all) {
      if (!seen.add(status.name().name())) {
        twice.add(status.name().name());
      }
    }
    boolean whole = current.indexOf('/') >= 0;
    Set<String> groups = new HashSet<>();
    for (ProcessStatus status : all) {
      ProcessName name = status.name();
      String word = whole || twice.contains(name.name()) ? name.toString() : name.name();
      offer(kept + word + after, status.state().name());
      if (several && name.group() != null && groups.add(name.group())) {
        offer(kept + name.group() + "/", "the whole group");
      }
    }
  }

  private void backendsAfter(String flag, String before) {
    if (!flag.equals(WordReader.CLUSTER)) {
      return;
    }
    for (String backend : Cluster.backends()) {
      offer(before + backend, "");
    }
  }

  private void offer(String word, String explanation) {
    if (word.startsWith(current)) {
      found.add(explanation.isEmpty() ? word : word + "\t" + explanation);
    }
  }
}
