package dev.symphony.commandline.internal.parse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.sourceforge.argparse4j.impl.action.StoreTrueArgumentAction;
import net.sourceforge.argparse4j.inf.ArgumentAction;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import net.sourceforge.argparse4j.inf.ArgumentType;
import net.sourceforge.argparse4j.inf.FeatureControl;
import org.jspecify.annotations.Nullable;

/**
 * Reads words that are in good order into the values that argparse4j would read, and gives up on
 * all others, which argparse4j then reads or refuses.
 *
 * <p>The first parser of argparse4j costs a cold virtual machine as much as its own start, most of
 * it for a resource bundle of error messages.
 */
final class QuickReading {
  private final Command command;
  private final Map<String, Object> values = new HashMap<>();
  private final List<String> positional = new ArrayList<>();

  private QuickReading(Command command) {
    this.command = command;
  }

  /** The values by name; null where only argparse4j can tell. */
  static @Nullable Map<String, Object> read(Command command, List<String> words) {
    QuickReading reading = new QuickReading(command);
    return !command.needsParser()
            && reading.defaults()
            && reading.options(words)
            && reading.positionals()
        ? reading.values
        : null;
  }

  @SuppressWarnings("NullAway") // A name without a value has null in a namespace.
  private boolean defaults() {
    for (RecordedArgument argument : command.arguments()) {
      ArgumentAction action = argument.action();
      boolean flag = action instanceof StoreTrueArgumentAction;
      if (argument.choosesOtherwise()
          || (action != null && !flag && !(action instanceof JoinedByCommas))) {
        return false;
      }
      if (argument.isOption() ? argument.isRequired() || !argument.nargs().isEmpty() : flag) {
        return false;
      }
      if (argument.getDefaultControl() != FeatureControl.SUPPRESS) {
        Object value = argument.getDefault();
        values.put(argument.getDest(), value == null && flag ? false : value);
      }
    }
    return true;
  }

  private boolean options(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.length() < 2 || word.charAt(0) != '-') {
        positional.add(word);
        continue;
      }
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      RecordedArgument option = command.option(equals < 0 ? word : word.substring(0, equals));
      if (option == null) {
        return false;
      }
      if (!option.takesValue()) {
        values.put(option.getDest(), true);
        if (equals >= 0) {
          return false;
        }
        continue;
      }
      String value = equals >= 0 ? word.substring(equals + 1) : null;
      if (value == null && i + 1 < words.size()) {
        value = words.get(++i);
      }
      if (value == null || (equals < 0 && value.startsWith("-")) || !put(option, value)) {
        return false;
      }
    }
    return true;
  }

  /** Gives the words to the positional arguments: to each what it needs, then from the left. */
  private boolean positionals() {
    List<RecordedArgument> arguments = new ArrayList<>();
    int needed = 0;
    for (RecordedArgument argument : command.arguments()) {
      if (!argument.isOption()) {
        arguments.add(argument);
        needed += argument.isRequired() ? 1 : 0;
      }
    }
    int next = 0;
    for (RecordedArgument argument : arguments) {
      boolean required = argument.isRequired();
      needed -= required ? 1 : 0;
      int free = positional.size() - next - needed;
      if (required && free < 1) {
        return false;
      }
      int taken;
      switch (argument.nargs()) {
        case "" -> taken = 1;
        case "?" -> taken = Math.min(1, free);
        case "+" -> taken = free;
        default -> {
          return false;
        }
      }
      boolean one = argument.nargs().isEmpty() || argument.nargs().equals("?");
      if (taken > 0
          && !(one ? put(argument, positional.get(next)) : putAll(argument, next, taken))) {
        return false;
      }
      next += Math.max(0, taken);
    }
    return next == positional.size();
  }

  private boolean put(RecordedArgument argument, String word) {
    Object value = convert(argument, word);
    if (value != null) {
      boolean joins = argument.action() instanceof JoinedByCommas;
      Object before = joins ? values.get(argument.getDest()) : null;
      values.put(argument.getDest(), JoinedByCommas.joined(before, value));
    }
    return value != null;
  }

  private boolean putAll(RecordedArgument argument, int from, int count) {
    List<Object> list = new ArrayList<>(count);
    for (int i = from; i < from + count; i++) {
      Object value = convert(argument, positional.get(i));
      if (value == null) {
        return false;
      }
      list.add(value);
    }
    values.put(argument.getDest(), list);
    return true;
  }

  /** The value of a word; null where it has none, or only argparse4j can tell. */
  private @Nullable Object convert(RecordedArgument argument, String word) {
    Object type = argument.type();
    Object value;
    try {
      if (type == null || type == String.class) {
        value = word;
      } else if (type == Integer.class) {
        value = Integer.valueOf(word);
      } else if (type instanceof ArgumentType<?> own) {
        value = own.convert(command, argument, word);
      } else {
        return null;
      }
    } catch (NumberFormatException | ArgumentParserException e) {
      return null;
    }
    Collection<?> choices = argument.choices();
    return choices == null || choices.contains(value) ? value : null;
  }
}
