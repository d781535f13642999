package dev.symphony.commandline.internal.parse;

import java.util.Collection;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.ArgumentAction;
import net.sourceforge.argparse4j.inf.ArgumentChoice;
import net.sourceforge.argparse4j.inf.ArgumentType;
import net.sourceforge.argparse4j.inf.FeatureControl;
import org.jspecify.annotations.Nullable;

/**
 * One call that declared something about an argument, to be made again on argparse4j's own.
 *
 * @param method which of the methods of {@link Argument}
 * @param value what it was given
 */
record Setting(Method method, @Nullable Object value) {
  enum Method {
    NARGS_NUMBER,
    NARGS,
    CONST,
    CONSTS,
    DEFAULT,
    DEFAULTS,
    DEFAULT_CONTROL,
    TYPE_CLASS,
    TYPE,
    REQUIRED,
    ACTION,
    CHOICE,
    CHOICES,
    DEST,
    METAVAR,
    HELP,
    HELP_CONTROL
  }

  /** Makes the call again. */
  @SuppressWarnings({"unchecked", "NullAway"})
  void applyTo(Argument argument) {
    switch (method) {
      case NARGS_NUMBER -> argument.nargs((Integer) value);
      case NARGS -> argument.nargs((String) value);
      case CONST -> argument.setConst(value);
      case CONSTS -> argument.setConst((Object[]) value);
      case DEFAULT -> argument.setDefault(value);
      case DEFAULTS -> argument.setDefault((Object[]) value);
      case DEFAULT_CONTROL -> argument.setDefault((FeatureControl) value);
      case TYPE_CLASS -> argument.type((Class<Object>) value);
      case TYPE -> argument.type((ArgumentType<Object>) value);
      case REQUIRED -> argument.required((Boolean) value);
      case ACTION -> argument.action((ArgumentAction) value);
      case CHOICE -> argument.choices((ArgumentChoice) value);
      case CHOICES -> argument.choices((Collection<Object>) value);
      case DEST -> argument.dest((String) value);
      case METAVAR -> argument.metavar((String[]) value);
      case HELP -> argument.help((String) value);
      case HELP_CONTROL -> argument.help((FeatureControl) value);
    }
  }
}
