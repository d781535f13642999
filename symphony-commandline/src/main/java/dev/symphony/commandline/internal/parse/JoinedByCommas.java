package dev.symphony.commandline.internal.parse;

import java.util.Map;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.ArgumentAction;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import org.jspecify.annotations.Nullable;

/**
 * Reads an option that is given several times as one with a list: {@code -p a -p b} is {@code -p
 * a,b}. The last one alone would silently leave out what the user has named.
 */
public final class JoinedByCommas implements ArgumentAction {
  @Override
  @SuppressWarnings("deprecation") // the only one that must be there; the newer one ends here
  public void run(
      ArgumentParser parser,
      Argument argument,
      Map<String, Object> values,
      @Nullable String flag,
      @Nullable Object value) {
    if (value != null) {
      values.put(argument.getDest(), joined(values.get(argument.getDest()), value));
    }
  }

  static Object joined(@Nullable Object before, Object value) {
    return before == null ? value : before + "," + value;
  }

  @Override
  public void onAttach(Argument argument) {}

  @Override
  public boolean consumeArgument() {
    return true;
  }
}
