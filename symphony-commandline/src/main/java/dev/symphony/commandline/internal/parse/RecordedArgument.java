package dev.symphony.commandline.internal.parse;

import dev.symphony.commandline.internal.parse.Setting.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.ArgumentAction;
import net.sourceforge.argparse4j.inf.ArgumentChoice;
import net.sourceforge.argparse4j.inf.ArgumentType;
import net.sourceforge.argparse4j.inf.FeatureControl;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a command: a record of all that was declared of it, which argparse4j's own
 * argument gets when that is needed.
 */
public final class RecordedArgument implements Argument {
  private final List<String> names;
  private final boolean option;
  private final @Nullable RecordedGroup group;
  private final List<Setting> settings = new ArrayList<>();
  private @Nullable Argument real;

  private String nargs = "";
  private String metavar = "";
  private String help = "";
  private @Nullable String dest;
  private boolean hidden;
  private boolean required;
  private @Nullable ArgumentAction action;
  private @Nullable Object type;
  private @Nullable Object constant;
  private @Nullable Object defaultValue;
  private @Nullable FeatureControl defaultControl;
  private @Nullable Collection<?> choices;
  private boolean choosesOtherwise;

  RecordedArgument(@Nullable RecordedGroup group, String... nameOrFlags) {
    this.group = group;
    this.names = List.of(nameOrFlags);
    this.option = nameOrFlags[0].startsWith("-");
  }

  /** Its flags, such as {@code -f} and {@code --follow}; empty for a positional one. */
  public List<String> flags() {
    return option ? names : List.of();
  }

  /** Whether it is given by a flag. */
  public boolean isOption() {
    return option;
  }

  /** Whether words follow its flag. */
  public boolean takesValue() {
    return action == null || action.consumeArgument();
  }

  /** How many words it takes: empty for one, else {@code ?}, {@code *}, {@code +} or a number. */
  public String nargs() {
    return nargs;
  }

  /** Whether the command cannot do without it. */
  public boolean isRequired() {
    return option ? required : !nargs.equals("?") && !nargs.equals("*");
  }

  /** Whether help leaves it out. */
  public boolean isHidden() {
    return hidden;
  }

  /** What help says of it; empty for nothing. */
  public String helpText() {
    return help;
  }

  /** The words it may be; empty where it may be any. */
  public List<String> choiceWords() {
    List<String> words = new ArrayList<>();
    if (choices != null) {
      for (Object choice : choices) {
        words.add(String.valueOf(choice));
      }
    }
    return words;
  }

  /** What stands for its value in help. */
  public String placeholder() {
    if (!metavar.isEmpty()) {
      return metavar;
    }
    if (choices != null && !choices.isEmpty()) {
      return String.join("|", choiceWords());
    }
    return option ? upper(getDest()) : names.get(0);
  }

  private static String upper(String dest) {
    StringBuilder text = new StringBuilder(dest.length());
    for (int i = 0; i < dest.length(); i++) {
      char c = dest.charAt(i);
      text.append(c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c);
    }
    return text.toString();
  }

  /** What is done with its words; null for keeping them. */
  @Nullable ArgumentAction action() {
    return action;
  }

  /** A class or an {@link ArgumentType}; null for words as they are. */
  @Nullable Object type() {
    return type;
  }

  /** The values it may have; null where it may have any. */
  @Nullable Collection<?> choices() {
    return choices;
  }

  /** Whether only argparse4j can tell which values it may have. */
  boolean choosesOtherwise() {
    return choosesOtherwise;
  }

  /** Declares it to argparse4j, whose own argument follows from now on. */
  void realize(Command command) {
    String[] nameOrFlags = names.toArray(new String[0]);
    Argument made =
        group == null
            ? command.parser().addArgument(nameOrFlags)
            : group.real().addArgument(nameOrFlags);
    for (Setting setting : settings) {
      setting.applyTo(made);
    }
    real = made;
  }

  private Argument set(Method method, @Nullable Object value) {
    Setting setting = new Setting(method, value);
    settings.add(setting);
    if (real != null) {
      setting.applyTo(real);
    }
    return this;
  }

  @Override
  public Argument nargs(int n) {
    nargs = Integer.toString(n);
    return set(Method.NARGS_NUMBER, n);
  }

  @Override
  public Argument nargs(String n) {
    nargs = n;
    return set(Method.NARGS, n);
  }

  @Override
  public Argument setConst(Object value) {
    constant = value;
    return set(Method.CONST, value);
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final <E> Argument setConst(E... values) {
    constant = Arrays.asList(values);
    return set(Method.CONSTS, values);
  }

  @Override
  public Argument setDefault(Object value) {
    defaultValue = value;
    return set(Method.DEFAULT, value);
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final <E> Argument setDefault(E... values) {
    defaultValue = Arrays.asList(values);
    return set(Method.DEFAULTS, values);
  }

  @Override
  public Argument setDefault(FeatureControl control) {
    defaultControl = control;
    return set(Method.DEFAULT_CONTROL, control);
  }

  @Override
  public <T> Argument type(Class<T> wanted) {
    type = wanted;
    return set(Method.TYPE_CLASS, wanted);
  }

  @Override
  public <T> Argument type(ArgumentType<T> wanted) {
    type = wanted;
    return set(Method.TYPE, wanted);
  }

  @Override
  public Argument required(boolean value) {
    required = value;
    return set(Method.REQUIRED, value);
  }

  @Override
  public Argument action(ArgumentAction wanted) {
    action = wanted;
    return set(Method.ACTION, wanted);
  }

  @Override
  public Argument choices(ArgumentChoice choice) {
    choosesOtherwise = true;
    return set(Method.CHOICE, choice);
  }

  @Override
  public <E> Argument choices(Collection<E> values) {
    choices = values;
    return set(Method.CHOICES, values);
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final <E> Argument choices(E... values) {
    return choices(Arrays.asList(values));
  }

  @Override
  public Argument dest(String name) {
    dest = name;
    return set(Method.DEST, name);
  }

  @Override
  public Argument metavar(String... words) {
    metavar = String.join(" ", words);
    return set(Method.METAVAR, words);
  }

  @Override
  public Argument help(String text) {
    help = text;
    return set(Method.HELP, text);
  }

  @Override
  public Argument help(FeatureControl control) {
    hidden = control == FeatureControl.SUPPRESS;
    return set(Method.HELP_CONTROL, control);
  }

  @Override
  public String textualName() {
    return String.join("/", names);
  }

  /** The name of its value: what was set, else the first long flag, else the first name. */
  @Override
  public String getDest() {
    if (dest != null) {
      return dest;
    }
    String name = names.get(0);
    for (int i = names.size() - 1; i >= 0 && option; i--) {
      name = names.get(i).startsWith("--") ? names.get(i) : name;
    }
    int start = 0;
    while (option && start < name.length() && name.charAt(start) == '-') {
      start++;
    }
    return name.substring(start).replace('-', '_');
  }

  @Override
  public @Nullable Object getConst() {
    return constant;
  }

  @Override
  public @Nullable Object getDefault() {
    return defaultValue;
  }

  @Override
  public @Nullable FeatureControl getDefaultControl() {
    return defaultControl;
  }

  @Override
  public @Nullable FeatureControl getHelpControl() {
    return hidden ? FeatureControl.SUPPRESS : null;
  }
}
